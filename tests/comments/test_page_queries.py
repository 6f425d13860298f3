"""What reading costs: the same few queries whatever the discussion holds, counted and never timed."""

import pytest
from django.utils import timezone

from comments import bulk, generation, services
from comments.models import Discussion, ReadingMark, ThreadComment
from networks.models import Participation
from tests.factories import MembershipFactory, NetworkFactory, TopicFactory

MOST = 15
"""What a page with its discussion may ask of the database, for anybody signed in who reads."""


@pytest.fixture
def asked(client, django_assert_num_queries):
    """`asked(url, user)`: how many queries a page costs, once the process is warm."""

    def asked(url, user=None):
        if user:
            client.force_login(user)
        client.get(url)
        with django_assert_num_queries(1000, exact=False) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    return asked


def fill(discussion, count):
    for drafts in generation.drafts(count, seed=count, until=timezone.now()):
        bulk.load(discussion, drafts)


@pytest.mark.parametrize(("who", "more"), [("reader", 0), ("member", 1)])
def test_an_article_asks_at_most_fifteen_queries_of_a_reader_and_one_more_of_a_member(asked, discussion, request, who, more):
    """The member's one more is for the spaces where they could discuss the chapter."""
    user, url = request.getfixturevalue(who), discussion.target.get_url()
    fill(discussion, 3)
    few = asked(url, user)

    fill(discussion, 200)
    many = asked(url, user)

    assert few == many <= MOST + more


def test_an_article_asks_a_visitor_even_less(asked, discussion):
    url = discussion.target.get_url()
    fill(discussion, 3)
    few = asked(url)

    fill(discussion, 200)

    assert asked(url) == few <= MOST - 3


def test_everything_at_once_on_an_article_stays_within_the_same_bound(asked, discussion, member, network, admin):
    """Pins, news, a pending comment of one's own, votes, badges: none of them brings a query for each comment."""
    article = discussion.target
    article.participations = [Participation(network=NetworkFactory())]
    article.save_revision().publish()
    fill(discussion, 120)
    for comment in ThreadComment.objects.filter(discussion=discussion).order_by("path")[:2]:
        services.pin(comment, by=admin)
        services.mark_useful(comment, by=member)
    ReadingMark.objects.create(user=member, discussion=discussion, seen_at=timezone.now() - timezone.timedelta(days=9999))
    services.post(discussion, author=services.Author(user=member, network_id=network.pk), text="J’attends", notify=False)

    assert asked(article.get_url(), member) <= MOST + 4


@pytest.mark.parametrize("order", ["recents", "utiles"])
def test_the_other_orders_cost_the_same_few_queries_at_any_depth(asked, discussion, reader, order):
    fill(discussion, 400)
    url = f"{discussion.target.get_url()}?tri={order}"
    first = asked(url, reader)
    deep = ThreadComment.objects.filter(discussion=discussion, depth=2).order_by("path")[5]
    key = f"{deep.path}.{deep.root.useful_count}" if order == "utiles" else deep.path

    assert first <= MOST + 2
    assert asked(f"{url}&after={key}", reader) <= MOST + 5


def test_a_topic_costs_the_same_for_few_and_many_comments(asked, network, member):
    topic = TopicFactory(network=network)
    discussion = services.discussion_of(topic)
    fill(discussion, 3)
    few = asked(topic.get_absolute_url(), member)

    fill(discussion, 200)
    many = asked(topic.get_absolute_url(), member)

    assert few == many <= MOST


def test_the_badges_of_many_networks_cost_no_query_each(asked, discussion, say, reader):
    say(network=NetworkFactory(visibility="secret"), by=MembershipFactory().user)
    few = asked(discussion.target.get_url(), reader)

    for _number in range(5):
        say(network=NetworkFactory(visibility="secret"))

    assert asked(discussion.target.get_url(), reader) == few
    assert Discussion.objects.get().published_count == 6
