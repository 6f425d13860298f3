"""What somebody with an account finds first: what waits for them, what is new in their networks, where they left off.

Every part asks the rule of what it shows, and a fixed number of queries, however many networks, topics and comments there are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property

from comments.models import Consultation, Contribution, Discussion, PublicProposal, ThreadComment
from comments.news import Unread, noting_unread, unread_of
from comments.spaces.consulted import noting_heard
from comments.states import Status
from networks.models import AgendaDate, JoinRequest, Network, Topic
from networks.permissions import ties_of
from networks.states import Role, Visibility

MOST_NETWORKS = 12
MOST_TOPICS = 12
MOST_LEFT_OFF = 6
MOST_ANSWERS = 6
MOST_DATES = 5
MOST_TO_REPHRASE = 5
MOST_WAITING = 100
MOST_PROPOSALS = 5
MOST_CONSULTATIONS = 5
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
class Named:
    """Something of the person's that waits in a discussion, which is named where they read it."""

    key: int
    discussion: Discussion | None


@dataclass(frozen=True)
class OwnWaiting:
    """The comments of the person that wait for better words of theirs, and how many wait for a moderator."""

    to_rephrase: list[Named]
    pending: int


@dataclass(frozen=True)
class Asked:
    """A consultation under way, and in how many of the networks' names that the person runs nothing was said in it."""

    consultation: Consultation
    silent: int
    name: str
    """Where they run one, and it is silent."""


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
    def duties(self) -> "Some":
        """The networks that the person runs where requests wait `to_answer`, contributions `to_validate`; asks nothing of others."""
        if not self._run:
            return Some([])
        counted = {"to_answer": JoinRequest.objects.waiting(), "to_validate": Contribution.objects.waiting()}
        networks = Network.objects.joined_by(self.user).filter(pk__in=self._run)
        networks = networks.annotate(**{name: _number_of(things) for name, things in counted.items()})
        return Some.of(networks.filter(Q(to_answer__gt=0) | Q(to_validate__gt=0)), MOST_NETWORKS)

    @property
    def consultations(self) -> list[Asked]:
        """The consultations under way, the one that ends first first; for who runs networks, how many of them have still to speak."""
        running = Consultation.objects.visible_to(self.user).running()
        shown = noting_heard(running, list(self._asked)) if self._asked else running
        return [Asked(one, *self._silent(one)) for one in shown[:MOST_CONSULTATIONS]]

    def _silent(self, consultation: Consultation) -> tuple[int, str]:
        """How many of the networks that the person runs were not heard; the name of the only one."""
        silent = len(self._asked) - consultation.heard if self._asked else 0
        return silent, next(iter(self._asked.values())) if silent == len(self._asked) == 1 else ""

    @cached_property
    def _asked(self) -> dict[int, str]:
        """The names of the networks that the person runs and that can speak publicly, by their keys."""
        ties = [tie for tie in ties_of(self.user).memberships if tie.network_id in self._run]
        return {tie.network_id: tie.name for tie in ties if tie.visibility != Visibility.SECRET}

    @cached_property
    def _run(self) -> dict[int, str]:
        """The names of the networks that the person runs, by their keys."""
        return {tie.network_id: tie.name for tie in ties_of(self.user).memberships if tie.role == Role.FACILITATOR}

    @property
    def proposals(self) -> list[Named]:
        """What others wish to see on a public page of the person's comments, and only they decide about."""
        asked = PublicProposal.objects.for_author(self.user).waiting().order_by("-pk")
        return self._named(list(asked[:MOST_PROPOSALS]))

    @property
    def unpublished(self) -> "OwnWaiting":
        """The person's comments that wait, for better words of theirs or for a moderator."""
        own = list(ThreadComment.objects.own_unpublished(self.user).order_by("-pk")[:MOST_WAITING])
        to_rephrase = [comment for comment in own if comment.status == Status.REPHRASING]
        return OwnWaiting(self._named(to_rephrase[:MOST_TO_REPHRASE]), len(own) - len(to_rephrase))

    def _named(self, things: Sequence[PublicProposal | ThreadComment]) -> list[Named]:
        """These things with their discussions, as far as the person reads those now; no query where there are none."""
        wanted = {thing.discussion_id for thing in things}
        readable = Discussion.objects.visible_to(self.user).in_bulk(wanted) if wanted else {}
        return [Named(thing.pk, readable.get(thing.discussion_id)) for thing in things]

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


def _number_of(things: QuerySet) -> Coalesce:
    """How many of these things there are in each network of a query."""
    counted = things.filter(network=OuterRef("pk")).order_by().values("network").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)
