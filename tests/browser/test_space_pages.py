"""What a facilitator keeps in a space, in the browser: a switch of visibility, documents, dates; and every page legible to everybody."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from comments.models import Consultation
from comments.services import Author, Plan, discussion_of, plan, post
from networks.models import AgendaDate, SpaceDocument
from tests.factories import TopicFactory, published_article


@pytest.fixture
def full(network, member, admin):
    """The space with one of everything."""
    chapter = published_article("Qui influence ?")
    topic = TopicFactory(network=network, title="Nos dates", chapter=chapter, author=member)
    topic.tags.add(network.topic_tags.create(name="Méthode", slug="methode"))
    post(discussion_of(topic), author=Author(user=member, network_id=network.pk), text="Le **douze** ?", notify=False)
    SpaceDocument.objects.create(network=network, title="Charte", file="documents/x.pdf", name="charte.pdf", size=2048, for_members=True)
    soon = timezone.now() + timedelta(days=3)
    AgendaDate.objects.create(
        network=network, title="Assemblée", starts_at=soon, ends_at=soon + timedelta(days=1), place="Brest", text="Venez."
    )
    now = timezone.now()
    plan(Plan("Vos priorités", now - timedelta(days=9), soon, (chapter,), words="Dites **tout**."), by=admin)
    network.links.create(label="Notre site", url="https://example.org/")
    network.contact, network.contact_email = "Ada", "ada@example.org"
    network.save()
    return network


BELOW = ["", "?etat=archived", "presentation/", "documents/", "agenda/", "agenda/nouvelle/", "visibilite/?after=public", "animer/"]
BESIDE = ["/mon-accueil/", "/participation/", "/participation/evolution/", "/consultations/", "/guide/qui-influence/"]


def addresses(network):
    below = [f"{network.get_absolute_url()}{part}" for part in [*BELOW, "sujets/nouveau/"]]
    exported = [f"/discussions/espaces/{network.slug}/export/{query}" for query in ("", "?format=html")]
    return [*below, *exported, *BESIDE, Consultation.objects.get().get_absolute_url()]


def test_every_page_is_accessible_in_light_and_dark(page, signed_in, assert_accessible, full, facilitator):
    signed_in(page, facilitator)
    for address in addresses(full):
        page.goto(address)
        assert_accessible(page)


def test_every_page_fits_a_phone(phone, signed_in, full, facilitator):
    topic = full.topics.get()
    topic.title = "Interminable" * 12
    topic.save()
    signed_in(phone, facilitator)

    for address in addresses(full):
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_switch_shows_what_it_opens_then_opens_it(request, new_context, signed_in, full, facilitator, scripts):
    page = request.getfixturevalue("page" if scripts else "without_javascript")
    topic = full.topics.get()
    signed_in(page, facilitator).goto(full.get_absolute_url())
    page.get_by_role("link", name="Animer").click()
    page.get_by_role("link", name="Visibilité").click()
    page.get_by_label("Public").check()
    page.get_by_role("button", name="Voir ce que cela change").click()

    row = page.get_by_role("row").filter(has_text="1 commentaire de 1 personne")
    expect(row.get_by_role("cell").last).to_contain_text("tout le monde")
    expect(page.get_by_role("row").filter(has_text="1 document réservé").get_by_role("cell").last).to_have_text("les membres")
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_text("L’espace est désormais").wait_for()

    page.context.clear_cookies()
    page.goto(topic.get_absolute_url())
    expect(page.locator("#commentaires")).to_contain_text("douze")


def test_a_date_and_a_document_come_and_go_without_javascript(without_javascript, signed_in, network, facilitator):
    page = signed_in(without_javascript, facilitator)
    page.goto(f"{network.get_absolute_url()}agenda/")
    page.get_by_role("link", name="Ajouter une date").click()
    page.get_by_label("Ce qui a lieu").fill("Assemblée")
    page.get_by_label("Jour", exact=True).fill((timezone.localdate() + timedelta(days=9)).isoformat())
    page.get_by_label("Commence à").fill("09:30")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".agenda")).to_contain_text("Assemblée")
    with page.expect_download() as download:
        page.get_by_role("link", name="Ajouter à mon agenda").click()
    assert download.value.suggested_filename.endswith(".ics")

    page.get_by_role("link", name="Documents", exact=True).click()
    page.get_by_label("Titre").fill("Charte")
    page.get_by_label("Fichier").set_input_files({"name": "charte.txt", "mimeType": "text/plain", "buffer": "Être là.".encode()})
    page.get_by_role("button", name="Ajouter").click()
    expect(page.locator(".document-list")).to_contain_text("charte.txt")
    page.get_by_role("link", name="Retirer Charte").click()
    page.get_by_role("button", name="Retirer").click()
    expect(page.locator("main")).to_contain_text("Aucun document pour l’instant")
