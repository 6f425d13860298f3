"""Facilitators who act at the same time, over real threads and connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from comments.models import Discussion
from comments.services import Author, post
from comments.services import Refused as CommentRefused
from networks import services
from networks.models import JoinRequest, Membership, Topic
from networks.services import AlreadyDecided, LastFacilitator
from networks.states import Role
from tests.factories import JoinRequestFactory, MembershipFactory, NetworkFactory, TopicFactory, UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 4


@pytest.fixture
def facilitators(transactional_db):
    network = NetworkFactory()
    return [MembershipFactory(network=network, role=Role.FACILITATOR) for _ in range(AT_ONCE)]


def together(*acts):
    """Start every act at the same moment, each on a connection of its own; return what came out, refusals included."""
    start = Barrier(len(acts))

    def run(act):
        try:
            start.wait(10)
            return act()
        except (services.Refused, CommentRefused) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_one_of_those_who_answer_a_request_at_once_decides(facilitators):
    asked = JoinRequestFactory(network=facilitators[0].network)

    results = together(
        *(
            lambda by=each.user, act=act: act(asked, by=by)
            for each, act in zip(facilitators, [services.accept, services.refuse] * 2, strict=True)
        )
    )

    asked.refresh_from_db()
    assert sum(isinstance(result, AlreadyDecided) for result in results) == AT_ONCE - 1
    assert Membership.objects.filter(user=asked.user).exists() == (asked.outcome == "accepted")


def test_when_all_facilitators_leave_at_once_one_stays(facilitators):
    network = facilitators[0].network

    results = together(*(lambda by=each.user: services.leave(network, by=by) for each in facilitators))

    assert sum(isinstance(result, LastFacilitator) for result in results) == 1
    assert Membership.objects.filter(network=network, role=Role.FACILITATOR).count() == 1


def test_one_request_sent_many_times_at_once_is_one_request(transactional_db):
    network, reader = NetworkFactory(), UserFactory()

    results = together(*(lambda: services.request_to_join(network, by=reader, message="Bonjour") for _ in range(AT_ONCE)))

    assert len({result.pk for result in results}) == 1
    assert JoinRequest.objects.count() == 1


def test_one_topic_sent_many_times_at_once_is_one_topic(facilitators):
    network, member = facilitators[0].network, facilitators[0].user

    together(*(lambda: services.open_topic(network, by=member, title="Une fois") for _ in range(AT_ONCE)))

    assert Topic.objects.count() == 1


def test_closing_a_topic_while_people_answer_it_neither_blocks_nor_lets_anything_in_afterwards(facilitators):
    network, closer = facilitators[0].network, facilitators[0].user
    topic = TopicFactory(network=network)
    discussion = Discussion.objects.for_target(topic).get()
    writers = [MembershipFactory(network=network).user for _ in range(AT_ONCE)]

    together(
        lambda: services.close_topic(topic, by=closer),
        *(lambda by=by: post(discussion, author=Author(user=by, network_id=network.pk), text="Une réponse") for by in writers),
        lambda: services.request_to_join(network, by=UserFactory()),
    )

    discussion.refresh_from_db()
    assert not discussion.is_open()
    assert discussion.published_count == discussion.comments.count() <= AT_ONCE
