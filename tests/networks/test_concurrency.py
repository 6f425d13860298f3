"""Facilitators who act at the same time, over real threads and connections of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from comments.models import Discussion
from comments.services import Author, post
from comments.services import Refused as CommentRefused
from networks import services
from networks.models import Announcement, Invitation, JoinRequest, Membership, Topic
from networks.services import AlreadyDecided, LastFacilitator, NoLongerOpen
from networks.states import Role
from tests.factories import (
    InvitationFactory,
    InvitationLinkFactory,
    JoinRequestFactory,
    MembershipFactory,
    NetworkFactory,
    TopicFactory,
    UserFactory,
)
from users.services import Refused as AccountStays
from users.services import delete_account

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
        except (services.Refused, CommentRefused, AccountStays) as refusal:
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


def test_a_link_for_one_lets_one_of_many_in(facilitators):
    link = InvitationLinkFactory(network=facilitators[0].network, max_uses=1)

    results = together(*(lambda by=by: services.use_link(link, by=by) for by in UserFactory.create_batch(5)))

    link.refresh_from_db()
    assert sum(isinstance(result, Membership) for result in results) == 1
    assert sum(isinstance(result, NoLongerOpen) for result in results) == 4
    assert (link.uses, link.used_by.count(), Membership.objects.filter(role=Role.MEMBER).count()) == (1, 1, 1)


def test_a_link_used_many_times_at_once_by_one_person_counts_once(facilitators):
    link, nina = InvitationLinkFactory(network=facilitators[0].network, max_uses=5), UserFactory()

    together(*(lambda: services.use_link(link, by=nina) for _ in range(AT_ONCE)))

    link.refresh_from_db()
    assert (link.uses, Membership.objects.filter(user=nina).count()) == (1, 1)


def test_an_invitation_accepted_while_it_is_taken_back_is_one_or_the_other(facilitators):
    nina = UserFactory()
    invitation = InvitationFactory(network=facilitators[0].network, email=nina.email)

    accepted, revoked = together(
        lambda: services.accept_invitation(invitation, by=nina),
        lambda: services.revoke_invitation(invitation, by=facilitators[0].user),
    )

    invitation.refresh_from_db()
    is_member = Membership.objects.filter(user=nina).exists()
    assert is_member == isinstance(accepted, Membership) == isinstance(revoked, NoLongerOpen)
    assert (invitation.accepted_at is not None, invitation.revoked_at is not None) == (is_member, not is_member)


def test_one_address_invited_many_times_at_once_is_invited_once(facilitators):
    network = facilitators[0].network

    together(*(lambda by=each.user: services.invite(network, by=by, email="nina@example.org") for each in facilitators))

    assert Invitation.objects.get().sent_count == 1


def test_a_member_who_is_sent_away_while_they_write_is_heard_or_not_and_nothing_breaks(facilitators):
    network, facilitator = facilitators[0].network, facilitators[0].user
    discussion = Discussion.objects.for_target(TopicFactory(network=network)).get()
    membership = MembershipFactory(network=network)
    author = Author(user=membership.user, network_id=network.pk)

    results = together(
        lambda: services.remove_member(membership, by=facilitator),
        *(lambda number=number: post(discussion, author=author, text=f"Mot {number}") for number in range(AT_ONCE - 1)),
    )

    refused = sum(isinstance(result, CommentRefused) for result in results)
    discussion.refresh_from_db()
    assert not Membership.objects.filter(pk=membership.pk).exists()
    assert discussion.published_count == discussion.comments.count() == AT_ONCE - 1 - refused


def test_when_all_facilitators_close_their_accounts_at_once_one_stays(facilitators):
    network = facilitators[0].network
    MembershipFactory(network=network)

    results = together(*(lambda user=each.user: delete_account(user) for each in facilitators))

    assert sum(isinstance(result, AccountStays) for result in results) == 1
    assert Membership.objects.filter(network=network, role=Role.FACILITATOR).count() == 1


def test_one_leaves_while_the_other_closes_the_account_and_one_stays(transactional_db):
    network = NetworkFactory()
    first, second = (MembershipFactory(network=network, role=Role.FACILITATOR) for _ in range(2))

    results = together(lambda: services.leave(network, by=first.user), lambda: delete_account(second.user))

    assert sum(isinstance(result, (LastFacilitator, AccountStays)) for result in results) <= 1
    left = Membership.objects.filter(network=network)
    assert not left.exists() or left.filter(role=Role.FACILITATOR).count() == 1


def test_a_message_to_all_sent_many_times_at_once_is_one(facilitators):
    network, facilitator = facilitators[0].network, facilitators[0].user

    together(*(lambda: services.announce(network, by=facilitator, subject="À tous", text="Bonjour") for _ in range(AT_ONCE)))

    assert Announcement.objects.count() == 1
