"""The page behind a door that stays shut: for whom the place is, and the way there of whoever reads it."""

import pytest
from django.urls import reverse

from tests.factories import JoinRequestFactory, NetworkFactory

FOR_FACILITATORS = ["run", "presentation", "visibility", "document_new", "date_new", "requests", "invite", "announce", "journal"]


@pytest.fixture
def refusal(client, request, network):
    """`refusal(person, name)`: what a person reads at a page of the network's space that stays shut to them."""

    def refusal(person, name, space=network):
        client.force_login(request.getfixturevalue(person))
        answer = client.get(reverse(name if ":" in name else f"networks:{name}", args=[space.slug]))
        assert answer.status_code == 403
        return answer.text

    return refusal


@pytest.mark.parametrize("name", [*FOR_FACILITATORS, "comments:space_export"])
@pytest.mark.parametrize("person", ["member", "network_moderator", "reader", "other_moderator"])
def test_what_facilitators_do_is_said_to_be_theirs(refusal, person, name):
    assert "Cette page est réservée à l’animation de l’espace" in refusal(person, name)


@pytest.mark.parametrize("name", ["agenda", "members", "topic_new", "contributions:new"])
def test_what_members_read_and_do_is_said_to_be_theirs(refusal, name):
    text = refusal("reader", name)

    assert "Cet espace est réservé à ses membres" in text
    assert reverse("networks:join", args=["ludotheques"]) in text


@pytest.mark.parametrize("name", ["members", "topic_new", "announcements"])
def test_a_public_space_is_not_said_to_be_for_members(refusal, name):
    text = refusal("reader", name, NetworkFactory(visibility="public"))

    assert "Cette page est réservée aux membres du réseau" in text
    assert "Cet espace est réservé à ses membres" not in text


def test_who_has_nothing_to_leave_reads_that(refusal):
    assert "Vous ne faites pas partie de ce réseau" in refusal("reader", "leave")


@pytest.mark.parametrize("name", ["agenda", "run"])
def test_who_asked_to_join_reads_that_the_request_waits(refusal, network, reader, name):
    JoinRequestFactory(network=network, user=reader)

    text = refusal("reader", name)

    assert "Votre demande est entre les mains" in text
    assert reverse("networks:join", args=[network.slug]) not in text


def test_who_was_refused_may_still_ask(refusal, network, reader):
    JoinRequestFactory(network=network, user=reader, outcome="refused")

    assert reverse("networks:join", args=[network.slug]) in refusal("reader", "agenda")
