"""Nothing of another network reaches a network's moderator, at any address of the admin."""

import csv
import io
import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from openpyxl import load_workbook

from comments.models import ThreadComment
from comments.services import Author
from comments.states import Status
from networks.models import Membership, Role
from tests.factories import published_article, root_page

SUB_ADDRESSES = ["inspect", "history", "history_results"]
WAGTAILS_OWN = ["edit", "delete", "usage", "copy", "new", "reorder"]


@pytest.mark.parametrize("name", SUB_ADDRESSES)
def test_a_comments_pages_answer_its_moderators_only(client, network_moderator, other_moderator, moderator, here, name):
    address = reverse(f"moderation:{name}", args=[here.pk])
    expected = {network_moderator: 200, moderator: 200, other_moderator: 404}

    for person, status in expected.items():
        client.force_login(person)
        assert client.get(address).status_code == status, person


@pytest.mark.parametrize("person", [None, "reader", "member", "editor"])
@pytest.mark.parametrize("name", SUB_ADDRESSES)
def test_a_comments_pages_refuse_everybody_else(client, request, person, here, name):
    if person:
        client.force_login(request.getfixturevalue(person))

    assert client.get(reverse(f"moderation:{name}", args=[here.pk])).status_code in {302, 404}


@pytest.mark.parametrize("word", WAGTAILS_OWN)
def test_the_workbench_has_no_address_to_add_rewrite_or_delete(client, admin, here, word):
    client.force_login(admin)

    for address in [
        f"/admin/moderation/{word}/{here.pk}/",
        f"/admin/moderation/{word}/",
        f"/admin/snippets/comments/threadcomment/{word}/{here.pk}/",
    ]:
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404


def test_the_way_to_a_discussion_is_for_its_moderators(client, network_moderator, moderator, public):
    address = reverse("moderation:discussion", args=[public.discussion_id])

    client.force_login(network_moderator)
    assert client.get(address).status_code == 404
    client.force_login(moderator)
    assert client.get(address).url == public.discussion.get_absolute_url()


def exported(client, form, **params):
    response = client.get("/admin/moderation/", {"export": form, **params})
    body = b"".join(response.streaming_content)
    if form == "csv":
        return list(csv.reader(io.StringIO(body.decode())))
    return [list(row) for row in load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True)]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_holds_the_scoped_listing_without_addresses(client, network_moderator, here, elsewhere, reader, form):
    client.force_login(network_moderator)

    rows = exported(client, form)

    assert len(rows) == 2
    assert here.comment in rows[1]
    assert not any("@" in str(cell) for row in rows for cell in row)


@pytest.mark.parametrize("visibility", ["members", "secret"])
def test_a_badge_of_a_network_that_became_secret_is_not_named_to_moderators_of_another(
    client, network_moderator, moderator, here, other_network, visibility
):
    other_network.visibility = visibility
    other_network.save()
    ThreadComment.objects.filter(pk=here.pk).update(network=other_network)
    seen = {}

    for person in (network_moderator, moderator):
        client.force_login(person)
        card = client.get(reverse("moderation:inspect", args=[here.pk])).text
        seen[person] = ("<span>Jardins</span>" in card, "Union des jardins" in exported(client, "csv", status="all")[1])

    is_told = visibility != "secret"
    assert seen == {network_moderator: (is_told, is_told), moderator: (True, True)}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_administrator_exports_addresses(client, admin, moderator, here, reader, form):
    client.force_login(admin)
    assert reader.email in exported(client, form)[1]

    client.force_login(moderator)
    assert reader.email not in exported(client, form)[1]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_cell_of_an_export_is_a_formula(client, moderator, say, article, form):
    comment = say(article, "=1+1", author=Author(name="@SUM(A1)", email="eve@example.org"))
    ThreadComment.objects.filter(pk=comment.pk).update(comment="=cmd()\x0b")
    client.force_login(moderator)

    row = exported(client, form)[1]

    assert "'=cmd()" in row
    assert "'@SUM(A1)" in row


def test_an_export_honours_the_filters(client, moderator, here, elsewhere):
    client.force_login(moderator)

    assert len(exported(client, "csv")) == 3
    assert len(exported(client, "csv", discussion=here.discussion_id)) == 2
    assert len(exported(client, "csv", status="spam")) == 1


SECRETS = ["Confidence du potager", "Semences secrètes", "Union des jardins", "Brouillon caché", "Chapitre réservé"]


@pytest.fixture
def secrets(elsewhere, say, other_topic, other_network):
    """What a moderator of the first network must not read anywhere: comments, topic, network, draft and restricted pages."""
    from wagtail.models import PageViewRestriction

    from articles.models import ArticlePage

    rejected = say(other_topic, "Confidence du potager, bis", status=Status.REJECTED)
    draft = root_page().add_child(instance=ArticlePage(title="Brouillon caché", live=False))
    reserved = published_article("Chapitre réservé")
    PageViewRestriction.objects.create(page=reserved, restriction_type=PageViewRestriction.LOGIN)
    return {"comments": [elsewhere.pk, rejected.pk], "pages": [draft.pk, reserved.pk], "network": other_network.pk, "topic": other_topic.pk}


def admin_addresses(keys):
    """Every address of the admin that a GET can name, with each key wherever it takes one."""
    for pattern, prefix in _patterns(get_resolver(), ""):
        if not prefix.startswith("admin/"):
            continue
        converters = pattern.pattern.converters
        if not converters and "<" not in prefix and "(" not in prefix:
            yield f"/{prefix}"
        for key in keys:
            yield "/" + _filled(prefix, key)


def _patterns(resolver, prefix):
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield pattern, route


def _filled(route, key):
    values = {"app_label": "comments", "app_name": "comments", "model_name": "threadcomment", "content_type_app_name": "comments"}

    def value(match):
        name = match.group(1).split(":")[-1]
        return values.get(name, "approve" if name == "action" else str(key))

    return re.sub(r"<([^>]+)>", value, route).replace("$", "").replace("\\Z", "")


def words_of(response):
    """A response's text, with what JSON escapes."""
    text = b"".join(response).decode(errors="replace")
    return re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)


def test_no_address_of_the_admin_tells_a_network_moderator_a_secret(client, network_moderator, here, secrets):
    client.force_login(network_moderator)
    keys = [*secrets["comments"], *secrets["pages"], secrets["network"], secrets["topic"], 1]
    leaks, answered = {}, set()

    for address in dict.fromkeys(admin_addresses(keys)):
        if any(word in address for word in ("logout", "failwhale")):
            continue
        response = client.get(address, {"q": "e", "p": 1} if address.endswith("search/") else {})
        if response.status_code == 200:
            answered.add(address)
            text = words_of(response)
            if found := [secret for secret in SECRETS if secret in text]:
                leaks[address] = found

    assert "/admin/moderation/" in answered
    assert leaks == {}


def test_the_addresses_open_to_a_network_moderator_are_few(client, network_moderator, here):
    client.force_login(network_moderator)

    closed = ["choose-page", "choose-page/1", "pages", "pages/1", "reports/site-history", "reports/aging-pages", "images", "documents"]
    closed += ["images/chooser", "documents/chooser", "users", "snippets", "workflows/list", "api/main/pages", "tag-autocomplete"]
    closed += ["bulk/wagtailcore/page/delete", "bulk/articles/guideimage/delete", "settings", "redirects", "sites", "block-preview"]
    for place in closed:
        response = client.get(f"/admin/{place}/")
        assert response.status_code in {302, 404}, place
        assert response.status_code == 404 or response.url.startswith("/admin/"), place


def test_an_editor_who_moderates_a_network_keeps_both_rights(client, editor, network, here, elsewhere):
    Membership.objects.create(network=network, user=editor, role=Role.MODERATOR)
    client.force_login(editor)

    assert client.get("/admin/pages/").status_code == 200
    assert client.get(reverse("moderation:inspect", args=[here.pk])).status_code == 200
    assert client.get(reverse("moderation:inspect", args=[elsewhere.pk])).status_code == 404


def test_a_network_moderator_sees_the_moderation_menu_and_their_account(client, network_moderator, here):
    client.force_login(network_moderator)

    response = client.get("/admin/")

    assert response.status_code == 200
    from wagtail.admin.menu import admin_menu

    items = [item.name for item in admin_menu.menu_items_for_request(response.wsgi_request)]
    assert [name for name in items if name != "help"] == ["moderation"]
    assert client.get("/admin/account/").status_code == 200


def test_the_admin_closes_with_the_membership(client, network_moderator, here):
    client.force_login(network_moderator)
    assert client.get("/admin/").status_code == 200

    Membership.objects.filter(user=network_moderator, role=Role.MODERATOR).delete()

    assert client.get("/admin/").status_code == 302
