"""The numbers of a yearly report (articles 15 and 24 of the EU Digital Services Act), as far as they concern a small platform."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F

from comments.figures import counting
from comments.figures.periods import Period
from comments.figures.scope import Scope
from comments.models import Ending, Reason, Restriction
from comments.permissions import moderators_among
from comments.states import Outcome, ReportKind, Verdict

AUTHORS = (Restriction.WARNED, Restriction.SUSPENDED, Restriction.BANNED)


@dataclass(frozen=True)
class Notices:
    """The reports of one kind that came in the year; `by_law` and `by_charter` say what those that led to an action rested on."""

    kind: ReportKind
    received: int
    upheld: int
    by_law: int
    by_charter: int
    dismissed: int
    gone: int
    waiting: int


@dataclass(frozen=True)
class Year:
    """All numbers of a year; `restrictions` counts (restriction, basis, reason, reported, automated, ending) of what was not undone."""

    period: Period
    posted: int
    notices: list[Notices]
    discounted: int
    """Reports of people whose reports had all been dismissed: they held nothing by themselves."""
    notice_median: timedelta | None
    illegal_median: timedelta | None
    restrictions: Counter
    reasons: dict[int, Reason]
    restriction_median: timedelta | None
    decisions: Counter
    decision_median: timedelta | None
    appeals: Counter
    appeal_median: timedelta | None
    people: int
    deciders: int

    def count(self, **wanted: Any) -> int:
        """How many restrictions have these values, of `COLUMNS`."""
        places = {COLUMNS.index(name): value for name, value in wanted.items()}
        return sum(number for key, number in self.restrictions.items() if all(key[place] == value for place, value in places.items()))


COLUMNS = ("restriction", "basis", "reason", "reported", "automated", "ended_because")


def numbers(scope: Scope, year: int) -> Year:
    """Count a year; the same number of queries whatever happened in it."""
    period = Period.of_year(year)
    reports, decisions = _reports(scope, period), counting.in_days(scope.decisions(), period)
    statements, appeals = _statements(scope, period), _appeals(scope, period)
    counted = reports.values_list("kind", "verdict", "statement__basis", "counts").annotate(number=Count("*")).order_by()
    by_kind = {tuple(key): number for *key, number in counted}
    waiting_time = ExpressionWrapper(F("decided_at") - F("reported_at"), output_field=DurationField())
    settled = reports.filter(verdict__in=[Verdict.UPHELD, Verdict.DISMISSED]).annotate(waited=waiting_time)
    answer_time = ExpressionWrapper(F("decided_at") - F("made_at"), output_field=DurationField())
    restricted = statements.values_list(*COLUMNS).annotate(number=Count("*")).order_by()
    seconds = counting.median(decisions, "waited")
    return Year(
        period=period,
        posted=sum(counting.posted(scope, period)),
        notices=[_notices(kind, by_kind) for kind in ReportKind],
        discounted=sum(number for (_kind, _verdict, _basis, counts), number in by_kind.items() if not counts),
        notice_median=counting.median(settled, "waited"),
        illegal_median=counting.median(settled.filter(kind=ReportKind.ILLEGAL), "waited"),
        restrictions=Counter({tuple(key): number for *key, number in restricted}),
        reasons=Reason.objects.in_bulk(),
        restriction_median=counting.median(statements, "waited"),
        decisions=Counter(dict(decisions.values_list("kind").annotate(number=Count("*")).order_by())),
        decision_median=None if seconds is None else timedelta(seconds=seconds),
        appeals=Counter(dict(appeals.values_list("outcome").annotate(number=Count("*")).order_by())),
        appeal_median=counting.median(appeals.exclude(outcome=Outcome.WAITING).annotate(waited=answer_time), "waited"),
        people=moderators_among(scope.user, scope.network).count(),
        deciders=decisions.exclude(by=None).aggregate(number=Count("by", distinct=True))["number"],
    )


def year_to_report(scope: Scope, this_year: int) -> int:
    """The last full year, where anything was decided in it or before, else the one that runs."""
    before = scope.decisions().filter(day__lt=Period.of_year(this_year).first.toordinal())
    return this_year - 1 if before.exists() else this_year


def _notices(kind: ReportKind, by_kind: dict[tuple, int]) -> Notices:
    verdicts, bases = Counter(), Counter()
    for (found, verdict, basis, _counts), number in by_kind.items():
        if found == kind:
            verdicts[verdict] += number
            if verdict == Verdict.UPHELD:
                bases[basis] += number
    return Notices(
        kind=kind,
        received=sum(verdicts.values()),
        upheld=verdicts[Verdict.UPHELD],
        by_law=bases["law"],
        by_charter=bases["charter"],
        dismissed=verdicts[Verdict.DISMISSED],
        gone=verdicts[Verdict.GONE],
        waiting=verdicts[Verdict.OPEN],
    )


def _reports(scope: Scope, period: Period) -> Any:
    reports = scope.reports()
    return reports.filter(reported_at__gte=period.start, reported_at__lt=period.end)


def _statements(scope: Scope, period: Period) -> Any:
    """What was restricted, but for what was undone within its time: nobody was told of that."""
    decided = scope.statements()
    return decided.filter(decided_at__gte=period.start, decided_at__lt=period.end).exclude(ended_because=Ending.UNDONE)


def _appeals(scope: Scope, period: Period) -> Any:
    appeals = scope.appeals()
    return appeals.filter(made_at__gte=period.start, made_at__lt=period.end)
