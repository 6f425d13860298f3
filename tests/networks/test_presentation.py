"""What a space keeps of itself: links, contact, logo, documents; who may, who reads, and that nothing hostile gets in."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image

from networks import logos, services
from networks.models import MAX_DOCUMENTS, MAX_LINKS, Network, SpaceDocument
from networks.services import Refused
from networks.states import Visibility
from tests.factories import NetworkFactory


def picture(form="PNG", size=(800, 400), colour=(200, 10, 10, 128)):
    """A picture as a browser sends it."""
    kept = BytesIO()
    image = Image.new("RGBA", size, colour)
    (image if form != "JPEG" else image.convert("RGB")).save(kept, form)
    return SimpleUploadedFile(f"logo.{form.lower()}", kept.getvalue())


def links(*pairs):
    """The fields of links, as the form sends them."""
    found = {"liens-TOTAL_FORMS": str(len(pairs)), "liens-INITIAL_FORMS": "0"}
    for number, (label, url) in enumerate(pairs):
        found |= {f"liens-{number}-label": label, f"liens-{number}-url": url}
    return found


@pytest.fixture
def save(client, network, facilitator):
    """`save(**values)`: what the page of the presentation answers the facilitator."""
    client.force_login(facilitator)
    address = reverse("networks:presentation", args=[network.slug])
    return lambda **values: client.post(address, {"colour": "earth", **links(), **values})


def pdf(name="Compte rendu.pdf"):
    return SimpleUploadedFile(name, b"%PDF-1.7 ...")


@pytest.fixture
def document(network, facilitator):
    return services.add_document(network, by=facilitator, title="Compte rendu", upload=pdf(), for_members=True)


def test_links_and_contact_are_shown_to_who_may_know_of_the_space(client, save, network, reader):
    save(
        contact="Ada, 01 02 03 04 05",
        contact_email="ada@example.org",
        **links(("Notre site", "exemple.fr/a"), ("", ""), ("", "https://b.fr")),
    )
    client.force_login(reader)

    page = client.get(network.get_absolute_url()).text

    assert '<a href="https://exemple.fr/a" rel="noopener">Notre site</a>' in page
    assert '<a href="https://b.fr" rel="noopener">https://b.fr</a>' in page
    assert "mailto:ada@example.org" in page


def test_links_keep_their_order_and_go_when_they_are_cleared(save, network):
    save(**links(("B", "https://b.fr"), ("A", "https://a.fr")))
    assert list(network.links.values_list("label", flat=True)) == ["B", "A"]

    save(**links(("", ""), ("A", "https://a.fr")))

    assert list(network.links.values_list("label", flat=True)) == ["A"]


@pytest.mark.parametrize("pair", [("Mots", ""), ("Mots", "javascript:alert(1)"), ("", "data:text/html,x"), ("M" * 121, "https://a.fr")])
def test_a_link_that_cannot_be_is_said_at_its_line_and_nothing_is_saved(save, network, pair):
    answer = save(tagline="Gardée", **links(pair))

    assert answer.status_code == 200
    assert answer.context["links"].forms[0].errors
    assert 'value="Gardée"' in answer.text
    assert not Network.objects.get(pk=network.pk).tagline


def test_only_so_many_links(save, network, facilitator):
    many = [("L", f"https://a.fr/{number}") for number in range(MAX_LINKS + 1)]

    assert save(**links(*many)).context["links"].non_form_errors()
    with pytest.raises(Refused):
        services.save_presentation(network, by=facilitator, links=many)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_logo_is_made_small_and_shown(client, save, network, form):
    save(logo=picture(form))
    network.refresh_from_db()

    answer = client.get(network.own_logo_url)

    with Image.open(BytesIO(answer.getvalue())) as kept:
        assert (kept.format, kept.size) == ("PNG", (480, 240))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert network.own_logo_url in client.get(network.get_absolute_url()).text


def test_a_logo_keeps_nothing_else_of_its_file():
    sent = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "48.85, 2.35"
    Image.new("RGB", (10, 10)).save(sent, "JPEG", exif=exif)

    kept = logos.logo_from(SimpleUploadedFile("a.jpg", sent.getvalue())).read()

    assert b"48.85" in sent.getvalue()
    assert b"48.85" not in kept


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK"])
def test_a_logo_of_any_kind_of_colours_stands_upright_and_fits(mode):
    turned, sent = Image.Exif(), BytesIO()
    turned[ExifTags.Base.Orientation] = 6
    Image.new(mode, (1200, 900)).save(sent, "JPEG" if mode == "CMYK" else "PNG", exif=turned)

    kept = Image.open(logos.logo_from(SimpleUploadedFile("logo.png", sent.getvalue())))

    assert kept.size == (180, 240)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("logo.png", b"<script>alert(1)</script>"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40),
        ("logo.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"),
    ],
)
def test_what_is_no_picture_is_no_logo(save, network, name, content):
    answer = save(logo=SimpleUploadedFile(name, content))

    assert answer.context["form"].errors["logo"]
    assert not Network.objects.get(pk=network.pk).own_logo


def test_a_picture_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(logos, "MAX_SIDE", 100)
    with pytest.raises(ValidationError, match="100"):
        logos.logo_from(picture(size=(101, 10)))

    monkeypatch.setattr(logos, "MAX_SIZE", 10)
    with pytest.raises(ValidationError):
        logos.logo_from(picture(size=(50, 50)))


def test_the_file_of_a_logo_goes_with_it(save, network, django_capture_on_commit_callbacks):
    save(logo=picture())
    first = Network.objects.get(pk=network.pk).own_logo
    with django_capture_on_commit_callbacks(execute=True):
        save(logo=picture(colour=(0, 0, 0, 255)))
    second = Network.objects.get(pk=network.pk).own_logo
    assert not first.storage.exists(first.name)

    with django_capture_on_commit_callbacks(execute=True):
        save(remove_logo="on")

    assert not second.storage.exists(second.name)
    assert not Network.objects.get(pk=network.pk).own_logo


def test_a_document_is_added_listed_and_handed_out_as_a_download(client, network, facilitator, member):
    client.force_login(facilitator)
    client.post(reverse("networks:document_new", args=[network.slug]), {"title": "Compte rendu", "file": pdf(), "for_members": "on"})
    document = SpaceDocument.objects.get()
    client.force_login(member)

    page = client.get(reverse("networks:documents", args=[network.slug])).text
    answer = client.get(document.get_absolute_url())

    assert "Compte rendu.pdf" in page
    assert answer.getvalue() == b"%PDF-1.7 ..."
    assert answer["Content-Disposition"].startswith("attachment")
    assert "/media/" not in page


@pytest.mark.parametrize("visibility", Visibility.values)
def test_a_document_for_members_is_theirs_in_any_space(client, network, document, reader, member, visibility):
    Network.objects.filter(pk=network.pk).update(visibility=visibility)
    client.force_login(reader)
    assert client.get(document.get_absolute_url()).status_code == 404
    assert "Compte rendu" not in client.get(reverse("networks:documents", args=[network.slug])).text

    client.force_login(member)
    assert client.get(document.get_absolute_url()).status_code == 200


def test_a_document_for_everyone_is_read_with_the_presentation(client, network, facilitator):
    document = services.add_document(network, by=facilitator, title="Charte", upload=pdf(), for_members=False)
    assert client.get(document.get_absolute_url()).status_code == 200
    assert "Charte" in client.get(network.get_absolute_url()).text

    Network.objects.filter(pk=network.pk).update(visibility=Visibility.SECRET)

    assert client.get(document.get_absolute_url()).status_code == 404


def test_a_document_of_another_space_has_no_address_here(client, facilitator, network, other_network, admin):
    foreign = services.add_document(other_network, by=admin, title="Ailleurs", upload=pdf(), for_members=False)
    client.force_login(facilitator)

    for name in ("document", "document_remove"):
        address = reverse(f"networks:{name}", args=[network.slug, foreign.pk])
        assert client.get(address).status_code == client.post(address).status_code == 404 or name == "document"
    assert SpaceDocument.objects.get() == foreign


def test_a_removed_document_takes_its_file_along(client, network, document, facilitator, django_capture_on_commit_callbacks):
    stored = document.file
    client.force_login(facilitator)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("networks:document_remove", args=[network.slug, document.pk]))

    assert not SpaceDocument.objects.exists()
    assert not stored.storage.exists(stored.name)


def test_the_files_of_a_deleted_network_go_with_it(network, document, django_capture_on_commit_callbacks):
    stored = document.file

    with django_capture_on_commit_callbacks(execute=True):
        Network.objects.get(pk=network.pk).delete()

    assert not stored.storage.exists(stored.name)


@pytest.mark.parametrize("person", ["member", "network_moderator", "reader"])
def test_only_who_runs_the_space_changes_what_it_keeps(client, request, network, document, person):
    client.force_login(request.getfixturevalue(person))
    values = {"title": "Autre", "file": pdf()}

    assert client.post(reverse("networks:document_new", args=[network.slug]), values).status_code == 403
    assert client.post(reverse("networks:document_remove", args=[network.slug, document.pk])).status_code == 403
    with pytest.raises(Refused):
        services.add_document(network, by=request.getfixturevalue(person), title="Autre", upload=pdf(), for_members=False)

    assert SpaceDocument.objects.get() == document


def test_what_is_no_document_is_said_at_the_field(client, network, facilitator):
    client.force_login(facilitator)
    sent = {"title": "Page à garder", "file": SimpleUploadedFile("page.pdf", b"<script>alert(1)</script>")}

    answer = client.post(reverse("networks:document_new", args=[network.slug]), sent)

    assert answer.context["form"].errors["file"]
    assert 'value="Page à garder"' in answer.text
    assert not SpaceDocument.objects.exists()


def test_a_document_sent_twice_is_one_and_another_version_is_another(client, network, facilitator):
    client.force_login(facilitator)

    def send(content):
        upload = SimpleUploadedFile("notes.txt", content)
        client.post(reverse("networks:document_new", args=[network.slug]), {"title": "Notes", "file": upload})

    for content in (b"Une version", b"Une version", b"Une Version"):
        send(content)

    kept = [document.file.read() for document in network.documents.order_by("pk")]
    assert kept == [b"Une version", b"Une Version"]


def test_only_so_many_documents(network, facilitator, monkeypatch):
    assert MAX_DOCUMENTS == 100
    monkeypatch.setattr("networks.services.presentation.MAX_DOCUMENTS", 1)
    services.add_document(network, by=facilitator, title="Un", upload=pdf(), for_members=False)

    with pytest.raises(Refused):
        services.add_document(network, by=facilitator, title="Deux", upload=pdf(), for_members=False)


def test_documents_are_paged_and_cost_the_same(client, network, member, django_assert_max_num_queries):
    rows = [SpaceDocument(network=network, title=f"D{number}", file="x.txt", name="x.txt", size=1) for number in range(35)]
    SpaceDocument.objects.bulk_create(rows)
    client.force_login(member)
    address = reverse("networks:documents", args=[network.slug])
    client.get(address)

    with django_assert_max_num_queries(20):
        first = client.get(address)

    assert [row.title for row in first.context["documents"]] == [f"D{number}" for number in range(34, 4, -1)]
    assert [row.title for row in client.get(f"{address}?after={first.context['next_key']}").context["documents"]] == [
        "D4",
        "D3",
        "D2",
        "D1",
        "D0",
    ]


def test_a_space_with_a_logo_nobody_finds_answers_as_without(client, db):
    network = NetworkFactory(own_logo="logos/absent.png")

    assert client.get(reverse("networks:logo", args=[network.slug])).status_code == 404
    assert client.get(reverse("networks:logo", args=[NetworkFactory().slug])).status_code == 404
