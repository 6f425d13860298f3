"""What readers report, and what a moderator who sees nothing wrong answers."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from comments import audit, notifications, permissions, reporters
from comments.addresses import fold
from comments.models import Report, ThreadComment
from comments.rules import rulebook
from comments.services import claims, verdicts
from comments.services.handling import note_dismissed
from comments.services.locking import lock_with, save_counters
from comments.services.refusals import Refused, refuse_if_stale
from comments.services.statuses import hold_reported
from comments.states import WAITING, ReportKind, Status, Verdict

TRACK_RECORD = 5
"""Whoever had this many reports dismissed in a row reports without reason (article 23, paragraph 2 of the Digital Services Act)."""
A_DAY_WITHOUT_REASON = 3
"""How many reports a day such a person still sends; they are read, and hold nothing by themselves."""


@dataclass(frozen=True)
class Reporter:
    """Who reports: an account, a guest with a proven address, or a visitor known by a keyed hash alone; `key` tells them apart."""

    key: str
    user: Any = None
    name: str = ""
    email: str = ""
    language: str = ""

    @property
    def is_anonymous(self) -> bool:
        """Whether nothing but where they come from tells who reports: others may come from there too."""
        return self.user is None and not self.email


@dataclass(frozen=True)
class Reported:
    """The report that was stored, and whether it joined one that the same person had made before."""

    report: Report
    joined: bool


def report(comment: ThreadComment, *, by: Reporter, kind: ReportKind, words: str = "", good_faith: bool = False) -> Reported:
    """Store a reader's complaint about a published comment and return it; what one person says twice is one report.

    In the space of a network, enough reports of different people hold the comment until a moderator has read it. Raises Refused
    where the comment is no longer published, for its author, where a moderator has answered this person about these words before, and where
    somebody whose reports were all dismissed sends many.
    """
    with transaction.atomic():
        current = lock_with(comment)
        if current.status != Status.PUBLISHED and not current.open_reports:
            raise Refused(gettext("This comment is no longer shown: there is nothing left to report."))
        if _is_author(by, current):
            raise Refused(gettext("This is your own comment: you can remove it, or change it where that is still possible."))
        stored, joined = _store(current, by, kind, words, good_faith)
        verdicts.count_reports(current)
        save_counters(current.discussion)
        audit.record(current, "comments.report", by=by.user, data={"kind": kind, "report": stored.pk})
        notifications.reported(stored, current)
        if _is_enough(current):
            hold_reported(current)
        return Reported(stored, joined)


def dismiss_reports(comment: ThreadComment, *, by: Any, note: str = "", seen_status: str | None = None) -> ThreadComment:
    """Leave a comment as it is and tell its reporters so; return it.

    Raises Refused for a person who does not moderate the discussion, for a comment that another moderator works on, for one that
    waits and for one without reports; StaleDecision when the comment has moved or was edited meanwhile.
    """
    with transaction.atomic():
        current = lock_with(comment)
        if not permissions.can_moderate(by, current.discussion):
            raise Refused(gettext("You cannot decide about this comment."))
        refuse_if_stale(current, read=comment, seen=seen_status)
        if current.status in WAITING:
            raise Refused(gettext("This comment waits for a decision, which answers its reports too."))
        if not current.open_reports:
            raise Refused(gettext("Nobody reports this comment any more."))
        claims.refuse_if_taken(current, by=by)
        audit.record(current, audit.DISMISSED, by=by, data={"note": note, "reports": current.open_reports})
        note_dismissed(current, by=by, reported_at=current.reported_at)
        verdicts.settle(current, Verdict.DISMISSED, by=by)
        claims.done_with(current)
        save_counters(current.discussion)
        return current


def _store(comment: ThreadComment, by: Reporter, kind: ReportKind, words: str, good_faith: bool) -> tuple[Report, bool]:
    before = Report.objects.filter(comment=comment, reporter_key=by.key).order_by("-pk").first()
    if before is not None and before.verdict == Verdict.OPEN:
        return _add_to(before, by, kind, words, good_faith), True
    may_be_another = by.is_anonymous and kind == ReportKind.ILLEGAL
    if before is not None and not may_be_another and (comment.edited_at is None or comment.edited_at < before.reported_at):
        raise Refused(gettext("A moderator has read your report of this comment, and decided. It has not changed since."))
    counts = not _reports_without_reason(by, refuses=not may_be_another)
    made = Report.objects.create(
        comment=comment,
        kind=kind,
        words=words,
        reporter_key=by.key,
        user=by.user,
        name=by.name,
        email=by.email,
        language=by.language,
        good_faith=good_faith,
        counts=counts,
    )
    return made, False


def _add_to(report: Report, by: Reporter, kind: ReportKind, words: str, good_faith: bool) -> Report:
    """Add what somebody says again; what was called illegal once stays so."""
    if words and words not in report.words:
        report.words = f"{report.words}\n\n{words}".strip()
    report.kind = ReportKind.ILLEGAL if ReportKind.ILLEGAL in {kind, report.kind} else kind
    report.name, report.email = by.name or report.name, by.email or report.email
    report.good_faith = report.good_faith or good_faith
    report.save(update_fields=["words", "kind", "name", "email", "good_faith"])
    return report


def _is_author(by: Reporter, comment: ThreadComment) -> bool:
    if by.user is not None:
        return permissions.is_author(by.user, comment)
    return reporters.is_guest(by.key) and comment.user_id is None and fold(by.email) == fold(comment.user_email)


def _reports_without_reason(by: Reporter, *, refuses: bool) -> bool:
    """Whether somebody's last reports were all dismissed; raises Refused where they go on and on, unless it may be somebody else."""
    last = Report.objects.decided_for(by.key).values_list("verdict", flat=True)[:TRACK_RECORD]
    if list(last) != [Verdict.DISMISSED] * TRACK_RECORD:
        return False
    today = Report.objects.filter(reporter_key=by.key, reported_at__gt=timezone.now() - timedelta(days=1))
    if refuses and today.count() >= A_DAY_WITHOUT_REASON:
        raise Refused(gettext("Moderators found nothing wrong with what you reported lately. You can report again tomorrow."))
    return True


def _is_enough(comment: ThreadComment) -> bool:
    """Whether so many people report a comment of a space that it waits for a moderator; articles are everybody’s and hold nothing so."""
    needed = rulebook.current().numbers.hold_after_reports
    if not needed or comment.discussion.network_id is None or comment.status != Status.PUBLISHED:
        return False
    reports = Report.objects.open().filter(comment=comment, counts=True)
    return len({reporters.person_of(*who) for who in reports.values_list("reporter_key", "user__email")}) >= needed
