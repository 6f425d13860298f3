"""The pages of one's own account: profile, data, deletion; and the accounts in the Wagtail admin."""

import json

import pytest
from django.core.cache import cache

from comments import services as discussions
from comments.models import ThreadComment
from comments.services import Author
from comments.states import Status
from networks.models import Membership, Topic
from tests.factories import TopicFactory, UserFactory, published_article
from users.models import User
from users.names import clean_name


@pytest.fixture(autouse=True)
def fresh_limits():
    cache.clear()


@pytest.fixture
def comment(reader):
    """A comment by the reader, on an article."""
    discussion = discussions.discussion_of(published_article())
    return discussions.post(discussion, author=Author(user=reader), text="Mes propres mots").comment


@pytest.mark.parametrize("address", ["/compte/profil/", "/compte/donnees/", "/compte/donnees/telecharger/"])
def test_the_pages_of_an_account_ask_a_visitor_to_sign_in(client, db, address):
    answer = client.get(address)

    assert answer.status_code == 302
    assert answer.url == f"/compte/login/?next={address}"


def test_the_profile_keeps_the_name_and_speaks_the_language_chosen(client, reader):
    client.force_login(reader)

    answer = client.post("/compte/profil/", {"display_name": "  Ève \u202e Martin ", "language": "en"}, follow=True)

    reader.refresh_from_db()
    assert (reader.display_name, reader.language) == ("Ève Martin", "en")
    assert client.cookies["django_language"].value == "en"
    assert "Your profile is saved." in answer.text
    assert 'lang="en"' in answer.text


@pytest.mark.parametrize("name", ["", "\u200b", "   ", "\x00", "x" * 51])
def test_the_profile_refuses_a_name_that_nobody_could_read(client, reader, name):
    client.force_login(reader)

    answer = client.post("/compte/profil/", {"display_name": name, "language": "fr"})

    reader.refresh_from_db()
    assert answer.status_code == 200
    assert answer.context["form"].errors["display_name"]
    assert reader.display_name == "Lectrice"


@pytest.mark.parametrize(
    ("typed", "kept"), [("a\tb\nc", "a b c"), ("\u202eabc", "abc"), ("\ud800x", "x"), ("👩\u200d🚒", "👩\u200d🚒"), ("e\u0301", "é")]
)
def test_a_name_is_put_in_order(typed, kept):
    assert clean_name(typed) == kept


def test_signing_in_speaks_the_accounts_language(client, reader):
    reader.language = "en"
    reader.save()
    reader.emailaddress_set.create(email=reader.email, verified=True, primary=True)

    answer = client.post("/compte/login/", {"login": reader.email, "password": "palabre-test"})

    assert answer.status_code == 302
    assert client.cookies["django_language"].value == "en"


def test_the_download_holds_everything_about_the_person_and_nothing_about_another(client, reader, comment, member):
    discussions.post(comment.discussion, author=Author(user=member), text="Les mots d’une autre personne")
    Membership.objects.create(user=reader, network=member.memberships.get().network)
    TopicFactory(author=reader, title="Mon sujet")
    client.force_login(reader)

    answer = client.get("/compte/donnees/telecharger/")

    data = json.loads(answer.content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    assert data["account"]["email"] == reader.email
    assert [held["text"] for held in data["discussions"]["comments"]] == ["Mes propres mots"]
    assert [held["title"] for held in data["networks"]["topics"]] == ["Mon sujet"]
    assert len(data["networks"]["memberships"]) == 1
    assert "autre personne" not in answer.text
    assert reader.password not in answer.text


def test_deleting_an_account_leaves_tombstones_and_topics_without_a_name(client, reader, comment):
    topic = TopicFactory(author=reader)
    client.force_login(reader)

    answer = client.post("/compte/donnees/supprimer/", {"password": "palabre-test"})

    assert answer.url == "/"
    assert not User.objects.filter(pk=reader.pk).exists()
    left = ThreadComment.objects.get(pk=comment.pk)
    assert (left.status, left.comment, left.user, left.user_email) == (Status.REMOVED, "", None, "")
    assert Topic.objects.get(pk=topic.pk).author is None
    assert "_auth_user_id" not in client.session


def test_a_wrong_password_deletes_nothing(client, reader, comment):
    client.force_login(reader)

    answer = client.post("/compte/donnees/supprimer/", {"password": "autre chose"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["password"]
    assert User.objects.filter(pk=reader.pk).exists()


def test_passwords_cannot_be_tried_without_end(client, reader):
    client.force_login(reader)

    statuses = [client.post("/compte/donnees/supprimer/", {"password": "autre chose"}).status_code for _ in range(12)]

    assert statuses[0] == 422
    assert statuses[-1] == 429


def test_the_only_administrator_stays(client, admin):
    client.force_login(admin)

    answer = client.post("/compte/donnees/supprimer/", {"password": "palabre-test"})

    assert answer.status_code == 422
    assert User.objects.filter(pk=admin.pk).exists()


def test_deletion_is_a_post(client, reader):
    client.force_login(reader)

    assert client.get("/compte/donnees/supprimer/").status_code == 405
    assert User.objects.filter(pk=reader.pk).exists()


def test_an_account_deleted_in_the_admin_is_forgotten_too(client, admin, reader, comment):
    client.force_login(admin)

    client.post(f"/admin/users/delete/{reader.pk}/")

    assert not User.objects.filter(pk=reader.pk).exists()
    assert ThreadComment.objects.get(pk=comment.pk).status == Status.REMOVED


def test_an_administrator_creates_and_edits_accounts(client, admin):
    client.force_login(admin)
    fields = {"email": "nouvelle@example.org", "display_name": "Nouvelle", "language": "fr"}
    password = "un-long-mot-de-passe"

    assert client.get("/admin/users/new/").status_code == 200
    client.post("/admin/users/new/", {**fields, "password1": password, "password2": password})
    created = User.objects.get(email="nouvelle@example.org")
    assert created.check_password(password)

    assert client.get(f"/admin/users/edit/{created.pk}/").status_code == 200
    client.post(f"/admin/users/edit/{created.pk}/", {**fields, "display_name": "Renommée", "is_active": "on"})
    created.refresh_from_db()
    assert (created.display_name, created.is_active) == ("Renommée", True)


@pytest.mark.parametrize("query", ["", "?ordering=name", "?ordering=-name", "?ordering=email", "?q=lectrice", "?q=Lectrice"])
def test_the_admin_lists_and_finds_accounts(client, admin, reader, query):
    client.force_login(admin)

    answer = client.get(f"/admin/users/{query}")

    assert answer.status_code == 200
    assert "Lectrice" in answer.text


def test_the_admin_account_page_keeps_the_display_name(client, admin):
    client.force_login(admin)

    page = client.get("/admin/account/")
    client.post(
        "/admin/account/",
        {
            "display_name-display_name": "Autre nom",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
            "theme-keyboard_shortcuts": "on",
        },
    )

    admin.refresh_from_db()
    assert "first_name" not in page.text
    assert admin.display_name == "Autre nom"


def test_an_account_is_found_whatever_the_case_of_its_address(db):
    UserFactory(email="Casse@example.org")

    assert User.objects.get_by_natural_key("casse@EXAMPLE.org").email == "Casse@example.org"


@pytest.mark.parametrize(("role", "shown"), [("editor", True), ("moderator", True), ("reader", False)])
def test_the_way_to_the_admin_is_shown_to_those_who_may_enter_it(client, request, db, role, shown):
    client.force_login(request.getfixturevalue(role))

    page = client.get("/reseaux/").content.decode()

    assert ('href="/admin/"' in page) is shown
