"""What moderation holds about one person: what they reported, what was decided about them and what they answered."""

from typing import Any

from comments.models import Report, Sanction, Statement


def export(user: Any) -> dict[str, Any]:
    """A person's reports, and the decisions about their comments and themselves as they were told them, the oldest first."""
    reports = Report.objects.filter(user=user).order_by("pk")
    statements = Statement.objects.filter(user=user).select_related("reason", "appeal").order_by("pk")
    return {
        "reports": [
            {
                "reference": report.reference,
                "comment": report.comment_id,
                "kind": report.kind,
                "words": report.words,
                "reported_at": report.reported_at.isoformat(),
                "verdict": report.verdict,
            }
            for report in reports
        ],
        "decisions": [_decision(statement) for statement in statements],
    }


def _decision(statement: Statement) -> dict[str, Any]:
    appeal = getattr(statement, "appeal", None)
    return {
        "reference": statement.reference,
        "comment": statement.comment_id,
        "restriction": statement.restriction,
        "reason": str(statement.reason),
        "words": statement.told,
        "decided_at": statement.decided_at.isoformat(),
        "until": statement.until and statement.until.isoformat(),
        "ended_at": statement.ended_at and statement.ended_at.isoformat(),
        "appeal": appeal and {"text": appeal.text, "outcome": appeal.outcome, "answer": appeal.words},
    }


def erase(user: Any) -> None:
    """Leave no name and no address of a person in the registers: what was decided stays, for the yearly report."""
    Report.objects.filter(user=user).update(name="", email="")
    Sanction.objects.filter(user=user).update(name="")
