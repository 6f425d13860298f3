"""Counting over the parts of a time, and what half or nearly all stay below: by the database, on SQLite as on PostgreSQL.

Each function asks a fixed number of queries, however many rows there are; rows are counted without naming a column, so that an
index is enough to count them. Days are divided by plain arithmetic (`Handled.day`);
moments are compared with the bounds of the parts, for neither database knows the other's words for a day.
"""

from collections import Counter
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django_comments.models import Comment

from comments.figures.periods import Period
from comments.figures.scope import Scope
from comments.models import ThreadComment

SHORT = 31
"""Up to so many days, a network's comments are found among those of the time; over a longer one, among all of its own."""


def posted(scope: Scope, period: Period) -> list[int]:
    """How many comments were posted in each part, but for those whose author proved no address.

    On the whole site, from the index of dates alone; of a network, from its own comments.
    """
    if not scope.is_everything:
        found = _of_few(scope.comments(), "submit_date", period, by_date=period.days <= SHORT)
        return [found[part] for part in range(len(period.parts))]
    every, unproven = _dates(period), _of_few(ThreadComment.objects.awaiting_proof(), "submit_date", period, by_date=False)
    return [every[part] - unproven[part] for part in range(len(period.parts))]


def _dates(period: Period) -> Counter:
    """How many comments there are in each part, whatever became of them: a range of one index for each."""
    dates = Comment._default_manager.order_by()
    ranges = [
        dates.filter(submit_date__gte=start, submit_date__lt=end)
        .annotate(part=Value(part))
        .values("part")
        .annotate(number=Count("*"))
        .values_list("part", "number")
        for part, (start, end) in enumerate(period.bounds)
    ]
    return Counter(dict(ranges[0].union(*ranges[1:], all=True) if len(ranges) > 1 else ranges[0]))


def by_kind(rows: QuerySet, moment: str, period: Period) -> Counter:
    """How many rows of each kind lie in each part: {(part, kind): number}."""
    counted = in_parts(rows, moment, period).values("part", "kind").annotate(number=Count("*")).order_by()
    return Counter({(row["part"], row["kind"]): row["number"] for row in counted})


def decided(scope: Scope, period: Period) -> Counter:
    """How many decisions of each kind lie in each part: {(part, kind): number}."""
    counted = _decisions(scope, period).values("part", "kind").annotate(number=Count("*")).order_by()
    return Counter({(row["part"], row["kind"]): row["number"] for row in counted})


def waits(scope: Scope, period: Period, percents: tuple[int, ...] = (50, 95)) -> dict[int, dict[int, int]]:
    """Below which time, in seconds, so many per cent of the decisions of each part were taken: {per cent: {part: seconds}}."""
    ranked = (
        _decisions(scope, period)
        .filter(waited__isnull=False)
        .annotate(
            place=Window(RowNumber(), partition_by=F("part"), order_by="waited"),
            number=Window(Count("*"), partition_by=F("part")),
        )
    )
    wanted = Q()
    for percent in percents:
        wanted |= Q(place=_nearest(F("number"), percent))
    rows = ranked.filter(wanted).values_list("part", "place", "number", "waited")
    found: dict[int, dict[int, int]] = {percent: {} for percent in percents}
    for part, place, number, waited in rows:
        for percent in percents:
            if place == _nearest(number, percent):
                found[percent][part] = waited
    return found


def median(rows: QuerySet, column: str) -> Any:
    """The value that half of the rows stay below, None without rows; two queries, the second for the one row."""
    known = rows.filter(**{f"{column}__isnull": False}).order_by()
    number = known.count()
    return known.order_by(column).values_list(column, flat=True)[_nearest(number, 50) - 1] if number else None


def in_days(rows: QuerySet, period: Period) -> QuerySet:
    """The decisions of a time."""
    return rows.filter(day__gte=period.first.toordinal(), day__lte=period.last.toordinal())


def _decisions(scope: Scope, period: Period) -> QuerySet:
    part = (F("day") - period.first.toordinal()) / period.width
    return in_days(scope.decisions(), period).annotate(part=part)


def _of_few(rows: QuerySet, moment: str, period: Period, *, by_date: bool) -> Counter:
    """How many of some comments lie in each part. Where not `by_date`, the dates are no condition: SQLite would look at those of all
    comments of the time, and not at the few that are asked about.
    """
    parted = in_parts(rows, moment, period) if by_date else rows.annotate(part=_part(moment, period))
    counted = parted.values("part").annotate(number=Count("*")).order_by()
    return Counter({row["part"]: row["number"] for row in counted})


def in_parts(rows: QuerySet, moment: str, period: Period) -> QuerySet:
    """The rows of a time, each with the `part` that its moment lies in."""
    within = {f"{moment}__gte": period.start, f"{moment}__lt": period.end}
    return rows.filter(**within).annotate(part=_part(moment, period))


def _part(moment: str, period: Period) -> Case:
    """In which part of a time a moment lies; -1 before it, None after it."""
    whens = [When(**{f"{moment}__lt": end}, then=Value(part)) for part, (_start, end) in enumerate(period.bounds)]
    return Case(When(**{f"{moment}__lt": period.start}, then=Value(-1)), *whens, output_field=IntegerField())


def _nearest(number: Any, percent: int) -> Any:
    """The place, from 1, of the row that so many per cent stay below or at: of 1 row the 1st, of 20 the 10th and the 19th."""
    return (number * percent + 99) / 100 if isinstance(number, F) else (number * percent + 99) // 100
