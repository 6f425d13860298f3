"""What somebody with an account finds first: what waits for them, what is new in their networks, where they left off.

Every part asks the rule of what it shows, and a fixed number of queries, however many networks, topics and comments there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from comments.models import Contribution, Discussion, PublicProposal, ThreadComment
from comments.news import Unread, noting_unread, unread_of
from comments.states import Status
from networks.models import AgendaDate, JoinRequest, Network, Topic
from networks.permissions import ties_of
from networks.states import Role

MOST_NETWORKS = 12
MOST_TOPICS = 12
MOST_LEFT_OFF = 6
MOST_ANSWERS = 6
MOST_DATES = 5
MOST_TO_REPHRASE = 5
MOST_WAITING = 100
MOST_PROPOSALS = 5
ANSWERED_FOR = timedelta(days=60)
"""How long answers to a comment are news: older ones were read, or are found where one left off."""
ASKED_ABOUT = 20
"""How many of somebody's last comments are looked at for answers."""


@dataclass(frozen=True)
class Place:
    """A discussion, what of it was not read, and when something was last said there."""

    discussion: Discussion
    unread: Unread | None


@dataclass(frozen=True)
class Waiting:
    """Something that waits for the person in one network: how much of it."""

    network: Network
    number: int


@dataclass(frozen=True)
class OwnWaiting:
    """The comments of the person that wait for better words of theirs, and how many wait for a moderator."""

    to_rephrase: list[ThreadComment]
    pending: int


@dataclass(frozen=True)
class Some:
    """The first of some things, and whether there are more."""

    shown: list[Any]
    has_more: bool = False

    @classmethod
    def of(cls, things: QuerySet, most: int) -> "Some":
        """The first of what a query finds."""
        found = list(things[: most + 1])
        return cls(found[:most], len(found) > most)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.shown)

    def __len__(self) -> int:
        return len(self.shown)


class Home:
    """One person's home; nothing is asked before it is shown."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @property
    def networks(self) -> "Some":
        """The networks the person belongs to, with their logos."""
        return Some.of(Network.objects.joined_by(self.user).with_logos(), MOST_NETWORKS)

    @property
    def requests(self) -> "Some":
        """Requests to join that wait for the person's answer, by network."""
        return self._waiting("join_requests", JoinRequest.objects.waiting())

    @property
    def contributions(self) -> "Some":
        """Contributions that wait for the person's validation, by network."""
        return self._waiting("contributions", Contribution.objects.waiting())

    def _waiting(self, relation: str, things: QuerySet) -> "Some":
        """How many of these things wait in each network that the person runs; asks nothing of who runs none."""
        run = [tie.network_id for tie in ties_of(self.user).memberships if tie.role == Role.FACILITATOR]
        if not run:
            return Some([])
        networks = Network.objects.joined_by(self.user).filter(**{"pk__in": run, f"{relation}__in": things})
        some = Some.of(networks.annotate(waiting=Count(relation)), MOST_NETWORKS)
        return Some([Waiting(network, network.waiting) for network in some], some.has_more)

    @property
    def proposals(self) -> list[PublicProposal]:
        """What others wish to see on a public page of the person's comments, and only they decide about."""
        asked = PublicProposal.objects.for_author(self.user).waiting().select_related("discussion").order_by("-pk")
        return list(asked[:MOST_PROPOSALS])

    @property
    def unpublished(self) -> "OwnWaiting":
        """The person's comments that wait, for better words of theirs or for a moderator."""
        own = list(ThreadComment.objects.own_unpublished(self.user).select_related("discussion").order_by("-pk")[:MOST_WAITING])
        to_rephrase = [comment for comment in own if comment.status == Status.REPHRASING]
        return OwnWaiting(to_rephrase[:MOST_TO_REPHRASE], len(own) - len(to_rephrase))

    @property
    def answers(self) -> list[ThreadComment]:
        """What others answered to the person's last comments, the newest first."""
        since = timezone.now() - ANSWERED_FOR
        own = ThreadComment.objects.written_by(self.user).filter(status=Status.PUBLISHED, submit_date__gte=since)
        mine = list(own.only("discussion_id", "path", "depth").order_by("-pk")[:ASKED_ABOUT])
        found = ThreadComment.objects.visible_to(self.user).answering(mine).filter(changed_at__gte=since).exclude(user_id=self.user.pk)
        return list(found.select_related("discussion", "user", "network").order_by("-pk")[:MOST_ANSWERS])

    @property
    def topics(self) -> list[tuple[Topic, Unread]]:
        """Topics of the person's networks with something they have not read, the latest said first."""
        kind = ContentType.objects.get_for_model(Topic)
        mine = Discussion.objects.in_networks_of(self.user).filter(content_type=kind)
        unread = noting_unread(mine, self.user).filter(Q(seen_at=None) | Q(last_published_at__gt=F("seen_at")))
        latest = unread.annotate(last=Coalesce("last_published_at", "created_at")).order_by("-last")[: MOST_TOPICS * 2]
        marks = {int(discussion.object_id): mark for discussion in latest if (mark := unread_of(discussion))}
        topics = Topic.objects.visible_to(self.user).current().filter(pk__in=marks).select_related("network", "author").in_bulk()
        return [(topics[key], mark) for key, mark in marks.items() if key in topics][:MOST_TOPICS]

    @property
    def left_off(self) -> list[Place]:
        """The discussions that the person read last."""
        read = Discussion.objects.visible_to(self.user).filter(reading_marks__user=self.user).order_by("-reading_marks__seen_at")
        topics = GenericPrefetch("target", [Topic.objects.visible_to(self.user).select_related("network")])
        places = noting_unread(read, self.user).prefetch_related(topics)[:MOST_LEFT_OFF]
        return [Place(place, unread_of(place)) for place in places if place.target]

    @property
    def dates(self) -> list[AgendaDate]:
        """What comes in the agendas of the person's networks."""
        mine = AgendaDate.objects.filter(network__in=Network.objects.joined_by(self.user))
        return list(mine.upcoming().select_related("network")[:MOST_DATES])
