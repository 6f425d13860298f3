"""The pages of a space: who gets in, what each does, what it says when it refuses."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from networks.models import JoinRequest, Membership, Topic
from networks.states import RequestOutcome, Role, TopicState, Visibility
from tests.factories import JoinRequestFactory, MembershipFactory, NetworkFactory, TopicFactory

pytestmark = pytest.mark.django_db

POST_ONLY = ["decide", "role", "topic_state"]

NO_LINKS = {"liens-TOTAL_FORMS": "0", "liens-INITIAL_FORMS": "0"}


@pytest.fixture
def addresses(network):
    """Every address below a space, by name, each about something that exists."""
    return _addresses(network)


def _addresses(network):
    topic = TopicFactory(network=network, title="Un sujet")
    asked = JoinRequestFactory(network=network)
    person = MembershipFactory(network=network)
    keys = {
        "topic": [topic.pk, topic.slug],
        **{name: [topic.pk] for name in ["topic_short", "topic_edit", "topic_state"]},
        "decide": [asked.pk],
        "role": [person.pk],
        "remove_member": [person.pk],
    }
    names = ["space", "join", "members", "requests", "presentation", "leave", "topic_new", *keys]
    return {name: reverse(f"networks:{name}", args=[network.slug, *keys.get(name, [])]) for name in names}


OPEN_TO = {
    "space": {"visitor", "reader", "member", "facilitator", "other_moderator"},
    "join": {"reader", "other_moderator"},
    "members": {"member", "facilitator"},
    "requests": {"facilitator"},
    "presentation": {"facilitator"},
    "leave": {"member", "facilitator"},
    "topic_new": {"member", "facilitator"},
    "topic": {"member", "facilitator"},
    "topic_edit": {"facilitator"},
    "remove_member": {"facilitator"},
}


@pytest.mark.parametrize("name", OPEN_TO)
@pytest.mark.parametrize("person", ["visitor", "reader", "member", "facilitator", "other_moderator"])
def test_each_page_of_a_members_space_opens_to_whom_it_is_for(client, request, addresses, name, person):
    if person != "visitor":
        client.force_login(request.getfixturevalue(person))

    status = client.get(addresses[name]).status_code

    if name == "join" and person not in OPEN_TO[name]:
        assert status == 302
    else:
        assert status == (200 if person in OPEN_TO[name] else 403)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("person", ["visitor", "reader", "member", "other_moderator"])
def test_a_secret_space_is_an_address_that_does_not_exist(client, request, method, person):
    secret = NetworkFactory(visibility=Visibility.SECRET, slug="secret", name="Le nom qui trahirait")
    if person != "visitor":
        client.force_login(request.getfixturevalue(person))

    for address in _addresses(secret).values():
        hidden = getattr(client, method)(address)
        missing = getattr(client, method)(address.replace("/secret/", "/missing/"))

        assert hidden.status_code == missing.status_code == 404
        assert "Le nom qui trahirait" not in hidden.text
        assert _without_what_changes(hidden) == _without_what_changes(missing)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_secret_space_takes_as_many_questions_as_none(client, reader, method):
    secret = NetworkFactory(visibility=Visibility.SECRET, slug="secret")
    client.force_login(reader)
    client.get("/reseaux/missing/")

    def asked(address):
        with CaptureQueriesContext(connection) as queries:
            assert getattr(client, method)(address).status_code == 404
        return len(queries)

    for address in _addresses(secret).values():
        assert asked(address) == asked(address.replace("/secret/", "/missing/")), address


def test_a_secret_space_opens_to_its_members(client):
    secret = NetworkFactory(visibility=Visibility.SECRET)
    client.force_login(MembershipFactory(network=secret).user)

    assert client.get(secret.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("person", ["visitor", "reader", "other_moderator"])
def test_a_stranger_learns_nothing_of_the_topics_of_a_members_space(client, request, network, addresses, person):
    if person != "visitor":
        client.force_login(request.getfixturevalue(person))
    topic = Topic.objects.get(network=network)
    paths = [f"{topic.pk}-{topic.slug}/", f"{topic.pk}-autre-titre/", f"{topic.pk}/", f"{topic.pk + 999}-un-sujet/", f"{10**30}-x/"]

    answers = [client.get(f"{network.get_absolute_url()}sujets/{path}") for path in paths]

    assert {answer.status_code for answer in answers} == {403}
    assert len({_without_what_changes(answer) for answer in answers}) == 1
    assert "Un sujet" not in answers[0].text


def _without_what_changes(response):
    """The page without the address asked for and what is drawn by lot for each answer."""
    page = response.text.replace(response.wsgi_request.path, "…")
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


@pytest.mark.parametrize("name", POST_ONLY)
def test_an_act_is_not_done_by_reading_its_address(client, facilitator, addresses, name):
    client.force_login(facilitator)

    assert client.get(addresses[name]).status_code == 405


@pytest.mark.parametrize("name", ["topic", "topic_edit", "topic_state", "decide", "role", "remove_member"])
def test_what_belongs_to_another_network_is_not_found_through_ones_own(client, network, facilitator, name):
    client.force_login(facilitator)
    elsewhere = NetworkFactory(visibility=Visibility.PUBLIC, slug="ailleurs")
    address = _addresses(elsewhere)[name].replace("/ailleurs/", f"/{network.slug}/")

    response = client.post(address, {"act": "close", "role": "member", "decision": "accept"})

    assert response.status_code in (404, 405)


def test_a_visitor_who_asks_to_join_signs_in_first(client, network):
    address = reverse("networks:join", args=[network.slug])

    assert client.get(address).headers["Location"] == f"{reverse('account_login')}?next={address}"


def test_asking_accepting_and_reading_the_answer(client, network, reader, facilitator):
    client.force_login(reader)
    client.post(reverse("networks:join", args=[network.slug]), {"message": "Bonjour, je suis de Brest."})
    asked = JoinRequest.objects.get()
    assert client.get(network.get_absolute_url()).context["join_request"] == asked

    client.force_login(facilitator)
    page = client.get(reverse("networks:requests", args=[network.slug])).text
    assert "Bonjour, je suis de Brest." in page
    client.post(reverse("networks:decide", args=[network.slug, asked.pk]), {"decision": "accept", "answer": "Bienvenue"})

    assert Membership.objects.get(user=reader).role == Role.MEMBER


def test_the_words_of_a_refusal_are_read_by_who_asked(client, network, reader, facilitator):
    asked = JoinRequestFactory(network=network, user=reader)
    client.force_login(facilitator)
    client.post(reverse("networks:decide", args=[network.slug, asked.pk]), {"decision": "refuse", "answer": "Écrivez-nous d’abord"})

    client.force_login(reader)

    assert "Écrivez-nous d’abord" in client.get(network.get_absolute_url()).text
    assert "Écrivez-nous d’abord" in client.get(reverse("networks:join", args=[network.slug])).text


def test_an_answer_that_is_too_long_keeps_what_was_typed(client, network, facilitator):
    asked = JoinRequestFactory(network=network)
    JoinRequestFactory(network=network)
    client.force_login(facilitator)

    response = client.post(reverse("networks:decide", args=[network.slug, asked.pk]), {"decision": "accept", "answer": "mot " * 900})

    assert response.status_code == 200
    assert "mot mot mot" in response.text
    assert JoinRequest.objects.filter(outcome=RequestOutcome.WAITING).count() == 2


def test_the_second_answer_says_that_the_request_was_decided(client, network, facilitator):
    asked = JoinRequestFactory(network=network)
    client.force_login(facilitator)
    address = reverse("networks:decide", args=[network.slug, asked.pk])
    client.post(address, {"decision": "refuse"})

    client.post(address, {"decision": "accept"}, follow=True)

    assert not Membership.objects.filter(user=asked.user).exists()


def test_a_member_opens_a_topic_and_a_facilitator_pins_closes_and_reopens_it(client, network, member, facilitator):
    client.force_login(member)
    response = client.post(
        reverse("networks:topic_new", args=[network.slug]), {"title": "Nos horaires\r\nd’été", "text": "**Quand ?**"}, follow=True
    )
    topic = Topic.objects.get()
    assert response.redirect_chain == [(topic.get_absolute_url(), 302)]
    assert topic.title == "Nos horaires d’été"
    assert "<strong>Quand ?</strong>" in response.text

    client.force_login(facilitator)
    address = reverse("networks:topic_state", args=[network.slug, topic.pk])
    for act, expected in [("pin", (TopicState.OPEN, True)), ("close", (TopicState.CLOSED, True)), ("unpin", (TopicState.CLOSED, False))]:
        client.post(address, {"act": act})
        topic.refresh_from_db()
        assert (topic.state, topic.pinned) == expected


@pytest.mark.parametrize("title", [" \x00 ", "\u200b\u2060", "\u3164"], ids=["nul", "joiners", "filler"])
def test_a_topic_without_title_keeps_its_text(client, network, member, title):
    client.force_login(member)

    response = client.post(reverse("networks:topic_new", args=[network.slug]), {"title": title, "text": "Un long texte"})

    assert response.status_code == 200
    assert "Un long texte" in response.text
    assert not Topic.objects.exists()


def test_the_address_with_an_old_title_leads_to_todays(client, network, member):
    topic = TopicFactory(network=network, title="Aujourd’hui")
    client.force_login(member)

    response = client.get(f"{network.get_absolute_url()}sujets/{topic.pk}-hier/?after=00001")

    assert response.status_code == 301
    assert response.headers["Location"] == f"{topic.get_absolute_url()}?after=00001"
    assert "no-cache" in response.headers["Cache-Control"]


def test_a_title_without_latin_letters_has_an_address(client, network, member):
    topic = TopicFactory(network=network, title="日本語 !")
    client.force_login(member)

    assert client.get(topic.get_absolute_url()).status_code == 200


def test_leaving_is_asked_once_then_done(client, network, member):
    client.force_login(member)
    address = reverse("networks:leave", args=[network.slug])
    client.get(address)
    assert Membership.objects.filter(user=member).exists()

    response = client.post(address)

    assert not Membership.objects.filter(user=member).exists()
    assert response.headers["Location"] == network.get_absolute_url()


def test_who_leaves_a_secret_space_lands_among_the_networks(client):
    secret = NetworkFactory(visibility=Visibility.SECRET)
    client.force_login(MembershipFactory(network=secret).user)

    assert client.post(reverse("networks:leave", args=[secret.slug])).headers["Location"] == reverse("networks:list")


def test_the_facilitator_rewrites_the_presentation(client, network, facilitator):
    client.force_login(facilitator)
    address = reverse("networks:presentation", args=[network.slug])
    values = {
        "tagline": "Jouer ensemble",
        "presentation": "Qui **sommes**-nous ?",
        "website": "https://ludo.example.org",
        "colour": "plum",
    } | NO_LINKS

    client.post(address, values)

    network.refresh_from_db()
    assert (network.tagline, network.website, network.colour) == ("Jouer ensemble", "https://ludo.example.org", "plum")
    page = client.get(network.get_absolute_url()).text
    assert "network-colour-plum" in page
    assert "<strong>sommes</strong>" in page


@pytest.mark.parametrize(
    "wrong", [{"website": "javascript:alert(1)"}, {"colour": "red; }"}, {"presentation": "x" * 10_001}, {"tagline": "y" * 251}]
)
def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_is_lost(client, network, facilitator, wrong):
    client.force_login(facilitator)
    values = {"tagline": "Une phrase à garder", "presentation": "", "website": "", "colour": "plum", **NO_LINKS, **wrong}

    response = client.post(reverse("networks:presentation", args=[network.slug]), values)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == list(wrong)
    network.refresh_from_db()
    assert network.tagline == ""


HOSTILE = [
    "\x00",
    "\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
    "<script>alert(1)</script>",
    "x" * 200_000,
    "> " * 500,
    "\u202egnp",
]


@pytest.mark.parametrize("text", HOSTILE, ids=["nul", "surrogate", "script", "huge", "quotes", "override"])
@pytest.mark.parametrize("name", ["join", "topic_new", "presentation", "decide", "role", "topic_state"])
def test_hostile_input_gets_an_answer(client, request, addresses, name, text):
    client.force_login(request.getfixturevalue("reader" if name == "join" else "facilitator"))
    fields = ["message", "title", "text", "tagline", "presentation", "website", "colour", "decision", "answer", "role", "act"]

    response = client.post(addresses[name], dict.fromkeys(fields, text), follow=True)

    assert response.status_code == 200
    assert "<script>alert" not in response.text


def test_the_list_of_members_costs_the_same_with_one_and_with_many(client, network, facilitator):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(facilitator)
    address = reverse("networks:members", args=[network.slug])
    MembershipFactory(network=network)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)

    MembershipFactory.create_batch(50, network=network)
    with CaptureQueriesContext(connection) as many:
        response = client.get(address)

    assert len(many) == len(one)
    assert len(response.context["members"]) == 50
    assert response.context["next_key"]


def test_a_role_is_changed_and_an_invented_one_changes_nothing(client, network, member, facilitator):
    client.force_login(facilitator)
    membership = Membership.objects.get(user=member)
    address = reverse("networks:role", args=[network.slug, membership.pk])

    client.post(address, {"role": "moderator"})
    client.post(address, {"role": "queen"})

    membership.refresh_from_db()
    assert membership.role == Role.MODERATOR


def test_the_facilitator_is_told_how_many_requests_wait(client, network, facilitator):
    JoinRequestFactory.create_batch(3, network=network)
    client.force_login(facilitator)

    assert client.get(network.get_absolute_url()).context["waiting_count"] == 3


def test_everything_a_facilitator_does_is_a_step_away(client, network, facilitator, member):
    JoinRequestFactory(network=network)
    client.force_login(facilitator)

    page = client.get(reverse("networks:run", args=[network.slug])).text

    for name in ["requests", "invitations", "announcements", "presentation", "visibility", "journal"]:
        address = reverse(f"networks:{name}", args=[network.slug])
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200
    assert '<span class="space-tabs__count">1</span>' in page
    client.force_login(member)
    assert client.get(reverse("networks:run", args=[network.slug])).status_code == 403
    assert "/animer/" not in client.get(network.get_absolute_url()).text


def test_many_networks_are_listed_in_pages_ones_own_apart(client, member, network, monkeypatch):
    monkeypatch.setattr("networks.views.spaces.NETWORKS_PER_PAGE", 2)
    own = [network, *(MembershipFactory(user=member, network__slug=f"a-{number}").network for number in range(2))]
    others = [NetworkFactory(slug=f"z-{number}") for number in range(3)]
    NetworkFactory(slug="z-9", visibility="secret")
    client.force_login(member)
    address = reverse("networks:list")

    first = client.get(address)
    of_mine = client.get(address, {"miens": first.context["own_next"]})
    of_others = client.get(address, {"after": first.context["others_next"]})

    assert {*first.context["own_networks"], *of_mine.context["own_networks"]} == set(own)
    assert [*first.context["other_networks"], *of_others.context["other_networks"]] == others
    assert not of_mine.context["other_networks"]
    assert not of_others.context["own_networks"]
    assert not of_others.context["others_next"]


@pytest.mark.parametrize("word", ["ÉCOLES", "ecoles", "écoles", "ouv"])
def test_a_network_is_found_by_a_word_of_its_name_accents_or_not(client, word):
    found = NetworkFactory(name="Réseau des écoles", acronym="Ouv", slug="reseau-des-ecoles")
    NetworkFactory(name="Autre réseau")
    NetworkFactory(name="Écoles secrètes", acronym="Ouv", slug="ecoles-secretes", visibility="secret")

    page = client.get(reverse("networks:list"), {"q": word})

    assert page.context["other_networks"] == [found]


@pytest.mark.parametrize("asked", [{"q": "\x00"}, {"q": "x" * 5000}, {"after": "zzzz"}, {"miens": "\x00"}, {"q": "introuvable"}])
def test_a_list_that_finds_nothing_says_so_and_leads_back(client, network, asked):
    page = client.get(reverse("networks:list"), asked)

    assert page.status_code == 200
    assert page.context["other_networks"] in ([], [network])
