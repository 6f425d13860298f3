"""The numbers of the dashboard: what was posted, decided and reported in a time, and how long it waited."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Sum

from comments.figures import counting
from comments.figures.periods import Period
from comments.figures.scope import Scope
from comments.models import Handling
from comments.states import ReportKind
from networks.models import Network

PUBLISHED = (Handling.APPROVE, Handling.RESTORE)
RESTRICTIONS = (Handling.HOLD, Handling.REPHRASE, Handling.REJECT, Handling.SPAM, Handling.HIDE)


@dataclass(frozen=True)
class Share:
    """One network's part; `network` is None for what belongs to none, the guide's articles above all."""

    network: Network | None
    decisions: int
    restrictions: int
    reports: int
    published: int
    pending: int


@dataclass(frozen=True)
class Figures:
    """All numbers of a time, in lists with a value for each of its parts."""

    period: Period
    posted: list[int]
    decided: dict[str, list[int]]
    reported: dict[str, list[int]]
    median: list[int | None]
    nearly_all: list[int | None]
    """Below which time 95 per cent of the decisions were taken."""
    shares: list[Share]

    @property
    def decisions(self) -> int:
        """How many decisions were taken in all."""
        return sum(map(sum, self.decided.values()))

    @property
    def reports(self) -> int:
        """How many reports came in all."""
        return sum(map(sum, self.reported.values()))


def figures(scope: Scope, period: Period) -> Figures:
    """Count everything; eight queries, nine for a whole site."""
    parts = range(len(period.parts))
    decided, reported = counting.decided(scope, period), counting.by_kind(scope.reports(), "reported_at", period)
    waits = counting.waits(scope, period)
    return Figures(
        period=period,
        posted=counting.posted(scope, period),
        decided={kind: [decided[part, kind] for part in parts] for kind in Handling.values},
        reported={kind: [reported[part, kind] for part in parts] for kind in ReportKind.values},
        median=[waits[50].get(part) for part in parts],
        nearly_all=[waits[95].get(part) for part in parts],
        shares=_shares(scope, period),
    )


def _shares(scope: Scope, period: Period) -> list[Share]:
    """What each network had of it, the busiest first; those where nothing ever was are left out."""
    counted: dict[Any, Counter] = defaultdict(Counter)
    restricted = Count("kind", filter=Q(kind__in=RESTRICTIONS))
    for row in (
        counting.in_days(scope.decisions(), period).values("network").annotate(decisions=Count("*"), restrictions=restricted).order_by()
    ):
        counted[row["network"]].update(decisions=row["decisions"], restrictions=row["restrictions"])
    reports = scope.reports().filter(reported_at__gte=period.start, reported_at__lt=period.end)
    for row in reports.values(where=F("comment__discussion__network")).annotate(reports=Count("*")).order_by():
        counted[row["where"]].update(reports=row["reports"])
    standing = scope.discussions().filter(sequence__gt=0).values("network")
    for row in standing.annotate(published=Sum("published_count"), pending=Sum("pending_count")).order_by():
        counted[row["network"]].update(published=row["published"], pending=row["pending"])
    names = Network.objects.in_bulk([key for key in counted if key is not None])
    shares = [
        Share(names.get(key), **{name: count[name] for name in list(Share.__dataclass_fields__)[1:]}) for key, count in counted.items()
    ]
    return sorted(shares, key=lambda share: (-share.decisions, -share.reports, -share.published))
