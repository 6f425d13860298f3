"""Calling the moderators to what waits: one row when it begins to wait, mails to each of them made of it afterwards.

Who posts writes one row, however many moderators there are. Whoever delivers mail makes of all the calls there are, once for each
moderator and day (or hour, where they wish so), the mail that tells them of all that waits when it leaves; and once for each
moderator and day, the one that reminds them of what has waited for a day. Both are rows with a time to leave at: nothing else has to
wake up. Doing so twice changes nothing: calls need no lease.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from comments import permissions
from comments.models import Appeal, ModeratorPace, OutgoingMail, Pace, ThreadComment
from comments.rules import rulebook

KIND = "call_moderators"
DIGEST = "comments_wait"
REMINDER = "reminder"
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MORNING = 8
"""When a reminder leaves that would be the second of its day: the next morning, at this hour."""


class About(TextChoices):
    """What a call is about, and so who is told of it, when."""

    WAITING = "waiting", "told and reminded of"
    UNREAD = "unread", "told of to those who are told once a day"
    ILLEGAL = "illegal", "told at once by a mail of its own, and reminded of"


def pass_on(calls: Iterable[OutgoingMail]) -> None:
    """Write down the mails for each moderator of what still waits, unless those that will tell of it wait already."""
    now, begun = timezone.now(), max(call.created_at for call in calls)
    called = _who_is_called(calls)
    everybody = set().union(*called.values())
    paces: dict[Any, str] = dict(ModeratorPace.objects.filter(user__in=everybody).values_list("user", "pace"))
    told = {pace: {who for who in everybody if paces.get(who, Pace.DAILY) == pace} for pace in Pace}
    _write_hourly(told[Pace.HOURLY] & called[About.WAITING], now)
    _write_daily(told[Pace.DAILY] & (called[About.WAITING] | called[About.UNREAD]), now)
    reminded = (called[About.WAITING] | called[About.ILLEGAL]) - told[Pace.NEVER]
    for _again in range(2):  # what another process wrote meanwhile may leave too soon for these
        _write_reminders(reminded, begun + DAY)


def _who_is_called(calls: Iterable[OutgoingMail]) -> dict[str, set[Any]]:
    """The moderators of what still waits, by what it is."""
    keys: dict[str, list[Any]] = defaultdict(list)
    appeals = [call.data["appeal"] for call in calls if "appeal" in call.data]
    for call in calls:
        if "comment" in call.data:
            keys[call.data.get("about", About.WAITING)].append(call.data["comment"])
    waiting, unread = ThreadComment.objects.awaiting_moderators(), ThreadComment.objects.unseen()
    return {
        About.WAITING: _moderators_of(waiting.filter(pk__in=keys[About.WAITING])) | _judges_of(appeals),
        About.ILLEGAL: _moderators_of(waiting.filter(pk__in=keys[About.ILLEGAL])),
        About.UNREAD: _moderators_of(unread.filter(pk__in=keys[About.UNREAD])),
    }


def _moderators_of(comments: Any) -> set[Any]:
    networks = comments.order_by().values_list("discussion__network", flat=True).distinct()
    return {pk for network in networks for pk in permissions.moderators_of_network(network).values_list("pk", flat=True)}


def _judges_of(keys: list[int]) -> set[Any]:
    """Those who may decide about appeals that wait: the moderators of the place but who decided first, and whom it is about."""
    waiting = Appeal.objects.waiting().filter(pk__in=keys)
    concerned = waiting.values_list("statement__network", "statement__decided_by", "statement__user")
    return {
        pk
        for network, *involved in concerned
        for pk in permissions.moderators_of_network(network).values_list("pk", flat=True)
        if pk not in involved
    }


def _write_hourly(moderators: set[Any], now: datetime) -> None:
    known = _known(_hourly_event(moderator, hour) for moderator in moderators for hour in (now - HOUR, now))
    OutgoingMail.objects.bulk_create([_next_hourly(moderator, known, now) for moderator in moderators], ignore_conflicts=True)


def _next_hourly(moderator: Any, known: dict[str, OutgoingMail], now: datetime) -> OutgoingMail:
    """The mail of this hour, or of the next where this hour's may have been written before the comment was there."""
    current, earlier = known.get(_hourly_event(moderator, now)), known.get(_hourly_event(moderator, now - HOUR))
    if current and _has_left(current):
        return _mail(DIGEST, _hourly_event(moderator, now + HOUR), moderator, (current.settled_at or now) + HOUR, pace=Pace.HOURLY)
    due = max(now, earlier.settled_at + HOUR) if earlier and earlier.settled_at else now
    return _mail(DIGEST, _hourly_event(moderator, now), moderator, due, pace=Pace.HOURLY)


def _write_daily(moderators: set[Any], now: datetime) -> None:
    """The mail of the next chosen hour; of the day after, where that day's has left already because the hour was another then."""
    hour = rulebook.current().numbers.digest_hour
    day = _day_of(now) if moment(_day_of(now), hour) > now else _day_of(now) + DAY
    known = _known(_daily_event(DIGEST, moderator, day) for moderator in moderators)
    mails = []
    for moderator in moderators:
        earlier = known.get(_daily_event(DIGEST, moderator, day))
        its_day = day + DAY if earlier and _has_left(earlier) else day
        mails.append(_mail(DIGEST, _daily_event(DIGEST, moderator, its_day), moderator, moment(its_day, hour), pace=Pace.DAILY))
    OutgoingMail.objects.bulk_create(mails, ignore_conflicts=True)


def _write_reminders(moderators: set[Any], due: datetime) -> None:
    """A reminder that leaves when all of these calls are a day old, one a day: in the morning after, where that day has one already."""
    day = _day_of(due)
    known = _known(_daily_event(REMINDER, moderator, each) for moderator in moderators for each in (day, day + DAY))
    mails = []
    for moderator in moderators:
        earlier = known.get(_daily_event(REMINDER, moderator, day))
        if earlier is None:
            mails.append(_reminder(moderator, day, due))
        elif (_has_left(earlier) or due_of(earlier) < due) and _daily_event(REMINDER, moderator, day + DAY) not in known:
            mails.append(_reminder(moderator, day + DAY, moment(day + DAY, MORNING)))
    OutgoingMail.objects.bulk_create(mails, ignore_conflicts=True)


def due_of(reminder: OutgoingMail) -> datetime:
    """When a reminder was to leave: it is about what had waited for a day by then."""
    due = parse_datetime(reminder.data["due"])
    assert due is not None, "we wrote it"  # noqa: S101 (a mistake of ours, not of a person)
    return due


def moment(day: date, hour: int) -> datetime:
    """An hour of a day in the site's time zone."""
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())


def _day_of(instant: datetime) -> date:
    return timezone.localdate(instant, timezone.get_default_timezone())


def _known(events: Iterable[str]) -> dict[str, OutgoingMail]:
    return {mail.event: mail for mail in OutgoingMail.objects.filter(event__in=list(events))}


def _has_left(mail: OutgoingMail) -> bool:
    return bool(mail.settled_at or mail.leased_until)


def _reminder(moderator: Any, day: date, due: datetime) -> OutgoingMail:
    return _mail(REMINDER, _daily_event(REMINDER, moderator, day), moderator, due, due=due.isoformat())


def _mail(kind: str, event: str, moderator: Any, not_before: datetime, **data: Any) -> OutgoingMail:
    return OutgoingMail(kind=kind, event=event, user_id=moderator, next_attempt_at=not_before, data=data)


def _hourly_event(moderator: Any, hour: datetime) -> str:
    return f"{DIGEST}:{moderator}:{hour:%Y%m%d%H}"


def _daily_event(kind: str, moderator: Any, day: date) -> str:
    return f"{kind}:{moderator}:{day:%Y%m%d}"
