"""What the pages of networks cost, asked by the benchmarks themselves: the same for few networks and for many, and bounded."""

from collections import defaultdict

import pytest

from config.benchmarks import acts, spaces
from config.benchmarks.federation import Federation, Size
from networks.models import Membership
from tests.leaks.addresses import names

pytestmark = pytest.mark.django_db

MOST_QUERIES = 20
MOST_BYTES = 200_000
"""What a page may weigh before it is compressed: fifty comments are half of it."""
PEOPLE = ["facilitator of all"]
NOT_READ = {
    *("networks:decide", "networks:resend", "networks:revoke", "networks:link_new", "networks:link_revoke", "networks:role"),
    *("networks:topic_state", "networks:end_visit", "contributions:act"),
}
"""Addresses that only take what is sent to them."""
WITHOUT_PAGE = {"networks:logo", "contributions:file"}
"""Files that a federation of the benchmarks has none of."""


@pytest.fixture(scope="module")
def costs(rows_of_module, django_db_blocker):
    """What everything costs in a federation of 3 networks of 5 members, then in the same one with 30 networks of 50."""
    with django_db_blocker.unblock():
        federation, found = Federation(people=300), []
        for size in (Size(networks=3, members=5, things=5, comments=5), Size(networks=30, members=50, things=60, comments=60)):
            federation.grow(size)
            found.append((list(spaces.measure(federation, PEOPLE)), list(acts.measure(federation)), Membership.objects.count()))
        return found


def queries(asked):
    return {(cost.page, cost.person): (cost.status, cost.queries) for cost in asked}


def test_every_page_asks_the_same_of_few_networks_and_of_many(costs):
    (few, *_), (many, *_) = costs

    assert {key: (queries(few)[key], cost) for key, cost in queries(many).items() if queries(few)[key] != cost} == {}


def test_no_page_asks_more_than_twenty_queries(costs):
    for asked, *_rest in costs:
        assert {key: cost for key, cost in queries(asked).items() if cost[1] > MOST_QUERIES} == {}


def test_no_page_grows_beyond_a_bound(costs):
    _few, (many, *_rest) = costs

    assert {cost.page: cost.size for cost in many if cost.size > MOST_BYTES} == {}


def test_every_act_takes_the_same_statements_among_few_and_among_many(costs):
    (_, few, _), (_, many, _) = costs

    assert {act.act: act.statements for act in many} == {act.act: act.statements for act in few}


def test_the_federation_has_as_many_members_as_it_says(costs):
    assert [members for *_rest, members in costs] == [3 * 5 + 3 * 3 + 3, 30 * 50 + 30 * 3 + 3]


def test_every_page_is_read_by_somebody(costs):
    answers = defaultdict(set)
    for cost in costs[1][0]:
        answers[cost.page].add(cost.status)

    unread = {page for page, found in answers.items() if 200 not in found}

    assert unread == {"networks:topic_short", "contributions:rewrite", "comments:proposal"}, "one leads on, two are somebody else's"


def test_every_address_of_a_space_is_asked(costs):
    asked = {cost.page.partition(",")[0] for cost in costs[0][0]}

    assert set(names("reseaux/")) - NOT_READ - WITHOUT_PAGE <= asked
