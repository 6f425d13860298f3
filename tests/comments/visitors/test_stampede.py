"""Many visitors at once, over real threads and connections: a page is computed once, and what changes meanwhile is not lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments import services
from comments.models import ContentVersion, Discussion
from comments.services import Author
from comments.states import Moderation
from comments.visitors import freshness, pages
from tests.factories import NetworkFactory, UserFactory, published_article

pytestmark = pytest.mark.django_db(transaction=True)

VISITORS = 8


@pytest.fixture
def discussion():
    discussion = services.discussion_of(published_article())
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.AFTER)
    return Discussion.objects.get(pk=discussion.pk)


def at_once(act, count=VISITORS):
    """Call `act(number)` in threads that start together, each on a connection of its own."""
    ready = Barrier(count)

    def run(number):
        ready.wait()
        try:
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_a_stampede_computes_a_page_once(discussion):
    address = discussion.target.url

    def visit(_number):
        with CaptureQueriesContext(connection) as asked:
            answer = Client().get(address)
        return answer.content, len(asked)

    answers = at_once(visit)

    assert len({content for content, _queries in answers}) == 1
    assert sum(queries > 5 for _content, queries in answers) == 1


def test_visitors_never_see_less_than_was_acknowledged(discussion):
    """Readers and writers at once: whoever asks after a comment was stored is shown it, or a later state."""
    address = discussion.target.url
    author = Author(user=UserFactory())

    def write_and_read(number):
        client, missed = Client(), []
        for turn in range(6):
            text = f"avis-{number}-{turn}-fin"
            services.post(discussion, author=author, text=text)
            if text not in client.get(address).text:
                missed.append(text)
        return missed

    assert at_once(write_and_read, 4) == [[]] * 4


def test_changes_at_once_all_grow_the_version_and_wait_for_nobody():
    before = freshness.current([])[freshness.CONTENT]

    at_once(lambda number: NetworkFactory(slug=f"reseau-a-la-fois-{number}"))

    assert freshness.current([])[freshness.CONTENT] >= before + VISITORS
    assert ContentVersion.objects.count() <= VISITORS + 1


def test_a_turn_is_left_when_nobody_waits_for_it():
    with pages.alone("une page"):
        pass

    assert pages.turns_here() == 0
