"""The leak matrix: every address × every person × every kind of object.

Nobody is shown a word that is not theirs to read, and what must not be known to exist answers as what does not exist.
A new address fails here until `addresses.CASES` says what it is about.
"""

import io
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from networks.invitation_tokens import path_of
from networks.models import Invitation
from tests.leaks.addresses import CASES, MISSING, admin_paths, names
from tests.leaks.conftest import EVERYBODY

OPEN_IN_ADMIN = {"/admin/login/", "/admin/jsi18n/", "/admin/sprite/", "/admin/password_reset/"}
PEOPLE = sorted(EVERYBODY)


@pytest.fixture
def asked_by(client, world):
    """`asked_by(person)`: the browser of that person."""

    def browser(person):
        if person == "visitor":
            client.logout()
        else:
            client.force_login(world.people[person])
        return client

    return browser


def told(answer):
    """Everything an answer tells: where it leads, and its text."""
    body = answer.getvalue() if answer.streaming else answer.content
    return answer.get("Location", "") + body.decode("utf-8", "replace")


def cells(answer):
    """What stands in a spreadsheet."""
    return [cell for row in load_workbook(io.BytesIO(answer.getvalue())).active.iter_rows(values_only=True) for cell in row]


def bare(answer, address):
    """The text of an answer without its own address and without what is random in it."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", answer.text.replace(address, ""))


def leaks(person, world, answer, path):
    """The sentences about what an answer should not have told this person."""
    text = told(answer).casefold()
    return [f"{person} reads “{word}” at {path}" for word in world.forbidden_to(person) if word.casefold() in text]


def test_every_address_is_in_the_matrix():
    assert set(names(outside="admin/")) == set(CASES)


def test_the_words_are_somewhere(asked_by, world):
    """The matrix would pass on an empty site: each word is shown to somebody who may read it."""
    texts = [told(asked_by("admin").get(path)) for path in ["/reseaux/jardins/", world.topics["secret"].get_absolute_url()]]

    assert "Frangipane" in texts[0]
    assert "Galimatias" in texts[1]
    assert "secretzzpublished" in texts[1]
    assert "membersz" in told(asked_by("member").get(world.topics["members"].get_absolute_url()))


@pytest.mark.parametrize("person", PEOPLE)
def test_no_address_shows_a_person_what_is_not_theirs(asked_by, world, person):
    """By GET, and by POST where the person must not even know that there is something."""
    faults = []
    for name, tries in CASES.items():
        browser = asked_by(person)
        for tried in tries(world):
            unknown = person not in tried.known_to
            answers = {"GET": browser.get(tried.path)}
            if unknown:
                answers["POST"] = browser.post(tried.path, {"comment": "Bonjour", "title": "Bonjour"})
            for method, answer in answers.items():
                faults += leaks(person, world, answer, tried.path)
                if answer.status_code >= 500 or (unknown and answer.status_code not in {404, 405, *tried.denial}):
                    faults.append(f"{name} answers {answer.status_code} to a {method} of {person} at {tried.path}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("person", ["visitor", "reader", "member", "facilitator"])
def test_the_admin_is_shut(asked_by, world, person):
    browser = asked_by(person)
    faults = []
    for path in admin_paths(world):
        answer = browser.get(path)
        faults += leaks(person, world, answer, path)
        if answer.status_code not in {302, 403, 404, 405} and path not in OPEN_IN_ADMIN:
            faults.append(f"{path} answers {answer.status_code} to {person}")
    assert not faults, "\n".join(faults)


def told_by_wagtail(world):
    """Wagtail names any page to anybody in the admin who asks to move it to itself."""
    draft = world.articles["draft"].pk
    return {f"/admin/pages/{draft}/move/{draft}/confirm/"}


@pytest.mark.parametrize("person", ["network_moderator", "other_moderator", "editor", "moderator"])
def test_the_admin_shows_a_colleague_nothing_beyond_their_own(asked_by, world, person):
    browser = asked_by(person)
    faults = []
    for path in set(admin_paths(world)) - told_by_wagtail(world):
        answer = browser.get(path)
        faults += leaks(person, world, answer, path)
        if answer.status_code >= 500:
            faults.append(f"{path} answers {answer.status_code} to {person}")
    assert not faults, "\n".join(faults)


def test_the_words_of_decisions_are_somewhere(asked_by, world):
    browser = asked_by("other_moderator")

    text = told(browser.get(f"/admin/moderation/register/{world.statements['secret'].pk}/"))

    assert "secretzzreason" in text
    assert "secretzzappeal" in text


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_holds_nothing_that_is_not_theirs(asked_by, world, person, form):
    browser = asked_by(person)
    faults = []
    figures = ["dashboard/?period=365&export=csv", "transparency/?download=csv", "transparency/?download=html"] if form == "csv" else []
    for address in [f"register/?export={form}", f"register/reports/?export={form}", *figures]:
        path = f"{reverse('moderation:index')}{address}"
        answer = browser.get(path)
        text = " ".join(map(str, cells(answer))) if answer.streaming and form == "xlsx" else told(answer)
        faults += [f"{person} takes “{word}” away from {path}" for word in world.forbidden_to(person) if word.casefold() in text.casefold()]
    assert not faults, "\n".join(faults)


def test_a_secret_space_answers_as_one_that_does_not_exist(asked_by, world):
    browser = asked_by("reader")

    secret, missing = browser.get("/reseaux/jardins/"), browser.get("/reseaux/rien-ici/")

    assert (secret.status_code, missing.status_code) == (404, 404)
    assert bare(secret, "jardins") == bare(missing, "rien-ici")


def test_the_words_about_members_are_somewhere(asked_by, world):
    browser = asked_by("admin")

    doors = told(browser.get("/reseaux/jardins/membres/invitations/"))
    guests = told(browser.get(f"/reseaux/jardins/sujets/{world.topics['secret'].pk}/invites/"))
    letter = told(browser.get(f"/reseaux/jardins/annonces/{world.announcements['secret'].pk}/"))

    for word, text in [("invited@", doors), ("door", doors), ("guest", guests), ("subject", letter), ("letter", letter)]:
        assert f"secretzz{word}" in text


@pytest.mark.parametrize("over", ["revoked_at", "expires_at", "accepted_at"])
def test_an_invitation_that_is_over_names_nothing_of_a_secret_space(asked_by, world, over):
    """While it holds it names the network to whoever holds it, which is what it is for."""
    invitation = world.invitations["secret"]
    path = path_of(invitation)
    assert "Frangipane" in told(asked_by("reader").get(path))
    Invitation.objects.filter(pk=invitation.pk).update(**{over: timezone.now()})

    for person in ["visitor", "reader", "facilitator"]:
        answers = [asked_by(person).get(path), asked_by(person).post(path)]
        assert [fault for answer in answers for fault in leaks(person, world, answer, path)] == []


def test_a_restricted_page_tells_somebody_signed_in_that_it_is_not_theirs(asked_by, world):
    answer = asked_by("reader").get(world.articles["restricted"].url, follow=True)

    assert answer.status_code == 403
    assert "Mirabelle" not in answer.text


def test_a_private_discussion_answers_as_one_that_does_not_exist(asked_by, world):
    browser = asked_by("reader")
    private = world.comments["secret", "published"].discussion_id

    addresses = [f"/discussions/{pk}/commenter/" for pk in [private, MISSING]]

    assert len({bare(browser.get(address), address) for address in addresses}) == 1


def test_a_visitor_signs_in_to_remove_whatever_they_ask_for(asked_by, world):
    browser = asked_by("visitor")
    private = world.comments["secret", "pending"].pk

    answers = [browser.get(f"/commentaires/{pk}/supprimer/") for pk in [private, MISSING]]

    assert [answer.status_code for answer in answers] == [302, 302]
