"""What the mails about moderation say: to authors of what is restricted, to who reports, to moderators who must look at once."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from comments import moderator_digest, statement_links
from comments.conf import absolute
from comments.models import Appeal, Ending, OutgoingMail, Report, Statement, people_behind
from comments.states import Outcome, Status, Verdict

_RELATED = ("comment__discussion", "sanction__network", "reason", "user")


def _statement(mail: OutgoingMail) -> Statement | None:
    statement = Statement.objects.filter(pk=mail.data["statement"]).select_related(*_RELATED).first()
    return statement if statement and _answers_for(mail, statement) else None


def _answers_for(mail: OutgoingMail, statement: Statement) -> bool:
    """Whether the recipient still answers for what a network said; an author always does."""
    comment = statement.comment
    return comment is None or not comment.is_of_network or people_behind(comment).filter(user=mail.user).exists()


def _about(statement: Statement) -> dict[str, Any]:
    return {
        "statement": statement,
        "comment": statement.comment,
        "place": statement_links.place_of(statement),
        "url": absolute(statement_links.path_of(statement)),
    }


def _restricted(mail: OutgoingMail) -> dict[str, Any] | None:
    statement = _statement(mail)
    return None if statement is None or statement.ended_at is not None else _about(statement)


def _restriction_lifted(mail: OutgoingMail) -> dict[str, Any] | None:
    statement = _statement(mail)
    if statement is None or statement.ended_because != Ending.LIFTED or _is_restricted_anew(statement):
        return None
    return _about(statement)


def _is_restricted_anew(statement: Statement) -> bool:
    """Whether readers do not see a comment although a restriction of it was lifted: another holds, which its author is told of."""
    return statement.comment is not None and statement.comment.status != Status.PUBLISHED


def _appeal_decided(mail: OutgoingMail) -> dict[str, Any] | None:
    appeal = Appeal.objects.filter(pk=mail.data["appeal"]).exclude(outcome=Outcome.WAITING).select_related("statement").first()
    if appeal is None or not _answers_for(mail, appeal.statement):
        return None
    return {"appeal": appeal, "overturned": appeal.outcome == Outcome.OVERTURNED, **_about(appeal.statement)}


def _illegal_reported(mail: OutgoingMail) -> dict[str, Any] | None:
    report = Report.objects.moderatable_by(mail.user).open().filter(pk=mail.data["report"]).select_related("comment__discussion").first()
    return {"report": report, "url": absolute(reverse("moderation:inspect", args=[report.comment_id]))} if report else None


def _report_received(mail: OutgoingMail) -> dict[str, Any] | None:
    report = _report(mail)
    return {"report": report, "url": absolute(report.comment.get_absolute_url())} if report else None


def _report_decided(mail: OutgoingMail) -> dict[str, Any] | None:
    report = _report(mail)
    if report is None or report.verdict == Verdict.OPEN or not _is_about(mail, report):
        return None
    return {"report": report, "upheld": report.verdict == Verdict.UPHELD, "gone": report.verdict == Verdict.GONE}


def _is_about(mail: OutgoingMail, report: Report) -> bool:
    """Whether the decision that a mail was written for is the one that stands; mails of earlier versions do not say."""
    decided_at = mail.data.get("decided_at")
    return decided_at is None or report.decided_at is None or report.decided_at.isoformat() == decided_at


def _report(mail: OutgoingMail) -> Report | None:
    return Report.objects.filter(pk=mail.data["report"]).select_related("comment__discussion", "statement__reason").first()


KINDS: dict[str, Callable[[OutgoingMail], dict[str, Any] | None]] = {
    "restricted": _restricted,
    "restriction_lifted": _restriction_lifted,
    "appeal_decided": _appeal_decided,
    "comments_wait": moderator_digest.digest,
    "reminder": moderator_digest.reminder,
    "illegal_reported": _illegal_reported,
    "report_received": _report_received,
    "report_decided": _report_decided,
}
