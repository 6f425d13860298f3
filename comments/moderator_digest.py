"""What moderators are told by mail: all that waits for them when it leaves, or what has waited for a day."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse

from comments.conf import absolute
from comments.models import Appeal, Discussion, ModeratorPace, OutgoingMail, Pace, ThreadComment
from comments.moderator_calls import DAY, REMINDER, due_of
from comments.rules import rulebook
from comments.states import Status

MOST = 10
"""How many items one mail names; the others are counted."""


@dataclass(frozen=True)
class Item:
    """A comment that waits, since when, and where it is decided about."""

    comment: ThreadComment
    since: datetime
    url: str


@dataclass(frozen=True)
class Contested:
    """A decision that is contested, and where the appeal is read."""

    appeal: Appeal
    url: str


def digest(mail: OutgoingMail) -> dict[str, Any] | None:
    """All that waits for a moderator; None where nothing does, or where they want no such mail any more."""
    pace = mail.data.get("pace", Pace.HOURLY)
    if _wants_none(mail.user):
        return None
    counts = Discussion.objects.moderatable_by(mail.user).aggregate(
        reported=Sum("reported_count"), pending=Sum("pending_count"), unread=Sum("unseen_count")
    )
    comments = ThreadComment.objects.moderatable_by(mail.user)
    appeals = _appeals(mail.user)
    told = {**{name: number or 0 for name, number in counts.items()}, "appeals": appeals.count()}
    worth_it = told["reported"] or told["pending"] or told["appeals"] or (told["unread"] and pace == Pace.DAILY)
    if not worth_it:
        return None
    both = comments.reported().filter(status=Status.PENDING).count()
    items = _most_urgent(comments.reported(), comments.pending().filter(open_reports=0))
    return {
        **told,
        "count": told["reported"] + told["pending"] - both + told["appeals"],
        "oldest": comments.pending().order_by("changed_at").values_list("changed_at", flat=True).first() if told["pending"] else None,
        "items": items,
        "contested": _contested(appeals),
        "hourly": pace == Pace.HOURLY,
        "hour": rulebook.current().numbers.digest_hour,
        **_ways_on(),
    }


def reminder(mail: OutgoingMail) -> dict[str, Any] | None:
    """What began to wait a day before the reminder's time, and after what the reminder before it told of."""
    if _wants_none(mail.user):
        return None
    before = due_of(mail) - DAY
    earlier = OutgoingMail.objects.filter(kind=REMINDER, user=mail.user, event__lt=mail.event).order_by("-event").first()
    after = due_of(earlier) - DAY if earlier else None
    comments = ThreadComment.objects.moderatable_by(mail.user)
    reported = comments.reported().filter(_between("reported_at", after, before))
    pending = comments.pending().filter(_between("changed_at", after, before), open_reports=0)
    appeals = _appeals(mail.user).filter(_between("made_at", after, before))
    count = reported.count() + pending.count() + appeals.count()
    if not count:
        return None
    return {"count": count, "items": _most_urgent(reported, pending), "contested": _contested(appeals), **_ways_on()}


def _wants_none(user: Any) -> bool:
    return ModeratorPace.objects.filter(user=user, pace=Pace.NEVER).exists()


def _between(column: str, after: datetime | None, before: datetime) -> Q:
    until = Q(**{f"{column}__lte": before})
    return until if after is None else until & Q(**{f"{column}__gt": after})


def _appeals(user: Any) -> QuerySet[Appeal]:
    """The appeals that a moderator may decide about, the oldest first."""
    return Appeal.objects.decidable_by(user).waiting()


def _most_urgent(reported: QuerySet[ThreadComment], pending: QuerySet[ThreadComment]) -> list[Item]:
    """What is reported as illegal first, then what else is reported, then what waits, the oldest of each first."""
    chosen = [*reported.order_by("-reported_illegal", "reported_at").select_related("discussion", "user", "network")[:MOST]]
    if len(chosen) < MOST:
        chosen += pending.order_by("changed_at").select_related("discussion", "user", "network")[: MOST - len(chosen)]
    return [
        Item(comment, comment.reported_at or comment.changed_at, absolute(reverse("moderation:inspect", args=[comment.pk])))
        for comment in chosen
    ]


def _contested(appeals: QuerySet[Appeal]) -> list[Contested]:
    return [
        Contested(appeal, absolute(reverse("moderation:register_statement", args=[appeal.statement_id])))
        for appeal in appeals.select_related("statement")[:MOST]
    ]


def _ways_on() -> dict[str, str]:
    return {"url": absolute(reverse("moderation:index")), "account_url": absolute(reverse("wagtailadmin_account"))}
