"""What was published in a discussion since somebody last said that they had read it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from comments.models import Discussion, ReadingMark, ThreadComment
from comments.states import Status

MOST = 99
"""Beyond this nobody counts, and neither does the page."""


@dataclass(frozen=True)
class News:
    """What is new to one person; nothing is, on a first visit."""

    read_url: str
    until: str
    """The moment of this answer: what comes after it stays new when the person says that all is read."""
    seen_at: datetime | None = None
    count: int = 0
    is_more: bool = False
    first_url: str = ""

    @property
    def is_first_visit(self) -> bool:
        """Whether the person never said until when they had read."""
        return self.seen_at is None

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing to show."""
        return not self.count and not self.is_first_visit


def noting_visits(discussions: QuerySet[Discussion], user: Any) -> QuerySet[Discussion]:
    """The same discussions, each with `seen_at`, until when the person has read it, and `has_pins`; adds no query."""
    pinned = ThreadComment.objects.filter(discussion=OuterRef("pk")).in_index_of_pins()
    discussions = discussions.annotate(has_pins=Exists(pinned))
    if not user.is_authenticated:
        return discussions
    marks = ReadingMark.objects.filter(user=user, discussion=OuterRef("pk"))
    return discussions.annotate(seen_at=Subquery(marks.values("seen_at")[:1]))


def news_of(discussion: Discussion, user: Any) -> News | None:
    """What is new to a person with an account in a discussion that was read by `noting_visits`; None for others."""
    if discussion.pk is None or not user.is_authenticated:
        return None
    seen_at = getattr(discussion, "seen_at", None)
    found = _published_since(discussion, user, seen_at) if seen_at and _may_have_news(discussion, seen_at) else []
    return News(
        reverse("comments:read", args=[discussion.pk]),
        timezone.now().isoformat(),
        seen_at,
        count=min(len(found), MOST),
        is_more=len(found) > MOST,
        first_url=reverse("comments:permalink", args=[found[0]]) if found else "",
    )


def _may_have_news(discussion: Discussion, seen_at: datetime) -> bool:
    return discussion.last_published_at is not None and discussion.last_published_at > seen_at


def _published_since(discussion: Discussion, user: Any, seen_at: datetime) -> list[int]:
    """The comments of others published since, the first of them first, one more than are counted at most."""
    since = ThreadComment.objects.filter(discussion=discussion, status=Status.PUBLISHED, changed_at__gt=seen_at)
    return list(since.exclude(user=user).order_by("changed_at").values_list("pk", flat=True)[: MOST + 1])


@dataclass(frozen=True)
class Unread:
    """What somebody has not read of a discussion, as a list of discussions marks it."""

    is_new: bool
    """They never said until when they had read it."""
    count: int = 0
    """Comments of others published since they did; MOST + 1 stands for more than anybody counts."""

    @property
    def is_more(self) -> bool:
        """Whether there are more than are counted."""
        return self.count > MOST


class _NumberOf(Subquery):
    """How many rows a query finds, which its own LIMIT bounds."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def noting_unread(discussions: QuerySet[Discussion], user: Any) -> QuerySet[Discussion]:
    """The same discussions, each with what `unread_of` needs to know of this person; adds no query."""
    marks = ReadingMark.objects.filter(user=user, discussion=OuterRef("pk"))
    since = ThreadComment.objects.filter(discussion=OuterRef("pk"), status=Status.PUBLISHED, changed_at__gt=OuterRef("seen_at"))
    fresh = since.exclude(user_id=user.pk).order_by().values("pk")[: MOST + 1]
    return discussions.annotate(seen_at=Subquery(marks.values("seen_at")[:1])).annotate(fresh=_NumberOf(fresh))


def unread_of(discussion: Any) -> Unread | None:
    """What is not read of a discussion that was found by `noting_unread`; None where all is.

    A discussion that somebody never opened is new as a whole, whether anything was said in it or not.
    """
    if discussion.seen_at is None:
        return Unread(is_new=True)
    return Unread(is_new=False, count=discussion.fresh) if discussion.fresh else None


def unread_by(user: Any, discussions: QuerySet[Discussion]) -> dict[tuple[int, str], Unread]:
    """What a person with an account has not read of some discussions, in one query; nothing of those that they have read.

    Keyed by the target of each: its content type's key, and its own as text.
    """
    if not user.is_authenticated:
        return {}
    found = noting_unread(discussions.order_by(), user).only("content_type_id", "object_id")
    return {(discussion.content_type_id, discussion.object_id): mark for discussion in found if (mark := unread_of(discussion))}
