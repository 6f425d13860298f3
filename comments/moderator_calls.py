"""Calling the moderators to what waits: one row when a comment is posted, a mail to each of them made of it afterwards.

Who posts writes one row, however many moderators there are. Whoever delivers mail makes of all the calls there are, once for
each moderator and hour, the mail that tells them of all that waits when it leaves. Doing so twice changes nothing: calls need
no lease.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from comments import permissions
from comments.models import Discussion, OutgoingMail, ThreadComment

KIND = "call_moderators"
HOUR = timedelta(hours=1)


def pass_on(calls: Iterable[OutgoingMail]) -> None:
    """Write down a mail for each moderator of the discussions where comments wait, unless one that will tell of them waits already."""
    waiting = ThreadComment.objects.awaiting_moderators().filter(pk__in=[call.data["comment"] for call in calls])
    moderators = {
        moderator
        for discussion in Discussion.objects.filter(pk__in=waiting.values("discussion"))
        for moderator in permissions.moderators_of(discussion).values_list("pk", flat=True)
    }
    now = timezone.now()
    events = [_event(moderator, hour) for moderator in moderators for hour in (now - HOUR, now)]
    known = {mail.event: mail for mail in OutgoingMail.objects.filter(event__in=events)}
    OutgoingMail.objects.bulk_create([_next_mail(moderator, known, now) for moderator in moderators], ignore_conflicts=True)


def _next_mail(moderator: Any, known: dict[str, OutgoingMail], now: datetime) -> OutgoingMail:
    """The mail of this hour, or of the next where this hour's may have been written before the comment was there."""
    current, earlier = known.get(_event(moderator, now)), known.get(_event(moderator, now - HOUR))
    if current and (current.settled_at or current.leased_until):
        return _mail(moderator, now + HOUR, (current.settled_at or now) + HOUR)
    return _mail(moderator, now, max(now, earlier.settled_at + HOUR) if earlier and earlier.settled_at else now)


def _mail(moderator: Any, hour: datetime, not_before: datetime) -> OutgoingMail:
    return OutgoingMail(kind="comments_wait", event=_event(moderator, hour), user_id=moderator, next_attempt_at=not_before)


def _event(moderator: Any, hour: datetime) -> str:
    return f"comments_wait:{moderator}:{hour:%Y%m%d%H}"
