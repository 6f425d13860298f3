"""What becomes of a comment's reports, and how many are open: kept under the lock of its discussion."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, Min, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from comments import notifications
from comments.models import Report, Statement, ThreadComment
from comments.states import ReportKind, Verdict

_FORGOTTEN = "forgotten:"


def settle(comment: ThreadComment, verdict: Verdict, *, by: Any = None, statement: Statement | None = None) -> None:
    """Give every open report of a comment its verdict, and have those told who are owed an answer once nobody can undo it.

    The caller holds the lock and writes the discussion's counters.
    """
    moment = timezone.now()
    reports = list(Report.objects.open().filter(comment=comment))
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(
        verdict=verdict, decided_by=by if by and by.is_authenticated else None, decided_at=moment, statement=statement
    )
    count_reports(comment)
    for report in reports:
        notifications.report_decided(report, decided_at=moment)


def reopen(comment: ThreadComment, *, since: datetime) -> None:
    """Open again the reports whose verdict a moderator takes back, unless their authors have reported anew."""
    anew = Report.objects.open().filter(comment=comment).values("reporter_key")
    settled = Report.objects.filter(comment=comment, decided_at__gte=since).exclude(reporter_key__in=anew)
    keys = list(settled.values_list("pk", flat=True))
    Report.objects.filter(pk__in=keys).update(verdict=Verdict.OPEN, decided_by=None, decided_at=None, statement=None)
    count_reports(comment)


def forget_reporters(older_than: timedelta) -> int:
    """Erase who sent the reports that were decided longer ago; what they say stays in the register. Return how many there were."""
    known = Report.objects.exclude(reporter_key__startswith=_FORGOTTEN)
    nobody = Concat(Value(_FORGOTTEN), Cast("pk", CharField()))
    return known.filter(decided_at__lt=timezone.now() - older_than).update(name="", email="", user=None, reporter_key=nobody)


def count_reports(comment: ThreadComment) -> None:
    """Write how many reports of a comment are open, since when, and whether one says illegal; the caller saves the discussion."""
    was_reported = comment.open_reports > 0
    open_reports = Report.objects.open().filter(comment=comment)
    found = open_reports.aggregate(oldest=Min("reported_at"), illegal=Min("pk", filter=Q(kind=ReportKind.ILLEGAL)))
    comment.open_reports = open_reports.count()
    comment.reported_at, comment.reported_illegal = found["oldest"], found["illegal"] is not None
    comment.save(update_fields=["open_reports", "reported_at", "reported_illegal"])
    comment.discussion.reported_count += (comment.open_reports > 0) - was_reported
