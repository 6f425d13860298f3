"""The list of discussions: whose, how many, at what cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import TopicFactory

ADDRESSES = ["/admin/moderation/discussions/", "/admin/moderation/discussions/results/"]


def listed(client, user, address=ADDRESSES[0], **params):
    client.force_login(user)
    response = client.get(address, params)
    assert response.status_code == 200
    return {str(discussion) for discussion in response.context["object_list"]}


@pytest.mark.parametrize("address", ADDRESSES)
def test_moderators_find_their_discussions(client, moderator, network_moderator, here, elsewhere, public, address):
    assert listed(client, moderator, address) == {"Les prêts de jeux", "Semences secrètes", str(public.discussion)}
    assert listed(client, network_moderator, address) == {"Les prêts de jeux"}
    assert listed(client, network_moderator, address, q="Semences") == set()
    assert listed(client, moderator, address, q="semences") == {"Semences secrètes"}


@pytest.mark.parametrize("person", [None, "reader", "member", "editor"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_people_who_moderate_nothing_are_sent_away(client, request, person, here, address):
    if person:
        client.force_login(request.getfixturevalue(person))

    assert client.get(address).status_code == 302


def test_a_title_leads_to_what_was_said_there(client, moderator, here):
    client.force_login(moderator)

    assert f"/admin/moderation/?status=all&amp;discussion={here.discussion_id}" in client.get(ADDRESSES[0]).text


@pytest.mark.parametrize("value", ["\x00", "-pk; drop", "9" * 40, "sequence"])
def test_nonsense_is_forgiven(client, moderator, here, value):
    for name in ["q", "p", "ordering", "export"]:
        listed(client, moderator, **{name: value})


def test_the_list_costs_the_same_for_one_and_many(client, moderator, say, network, here):
    client.force_login(moderator)
    client.get(ADDRESSES[0])
    with CaptureQueriesContext(connection) as one:
        client.get(ADDRESSES[0])

    for _ in range(12):
        say(TopicFactory(network=network))
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESSES[0])

    assert len(one) == len(many)
