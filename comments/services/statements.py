"""The statements of reasons that restrictions leave: written with them, ended with them."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from comments import notifications
from comments.models import Ending, Reason, Restriction, Sanction, Statement, ThreadComment
from comments.reasons import OTHER
from comments.services.refusals import Refused
from comments.states import UNDO_WINDOW, Outcome


def reason_called(code: str, words: str = "") -> Reason:
    """Return the reason of a restriction; raises Refused where there is none, or where its author would not be told why."""
    reason = Reason.objects.filter(code=code).first() if code else None
    if reason is None:
        raise Refused(gettext("Say why: this decision needs a reason."))
    if reason.needs_words and not words:
        raise Refused(
            gettext("Say in a few words what the reason is.") if code == OTHER else gettext("Tell its author what is wrong with it.")
        )
    return reason


def state_about_comment(
    comment: ThreadComment,
    restriction: Restriction,
    *,
    reason: Reason,
    words: str = "",
    by: Any = None,
    waited_since: datetime | None = None,
) -> Statement:
    """Write the statement of a comment's restriction and have its author told once the time to undo it is over.

    `waited_since` is when the comment began to wait for the decision, if it did. Nobody decided where `by` is None.
    """
    moment = timezone.now()
    statement = Statement.objects.create(
        **_grounds(reason, words),
        restriction=restriction,
        comment=comment,
        network_id=comment.discussion.network_id,
        user_id=comment.user_id,
        email="" if comment.user_id else comment.user_email,
        language=comment.language,
        reported=comment.open_reports > 0,
        automated=by is None,
        decided_by=by,
        decided_at=moment,
        waited=moment - waited_since if waited_since else None,
    )
    notifications.restricted(statement, not_before=moment + UNDO_WINDOW if by else moment)
    return statement


def state_about_author(sanction: Sanction, *, reason: Reason, words: str = "", language: str = "", reported: bool = False) -> Statement:
    """Write the statement of a decision about an author, and have them told at once."""
    statement = Statement.objects.create(
        **_grounds(reason, words),
        restriction=sanction.kind,
        sanction=sanction,
        network_id=sanction.network_id,
        user_id=sanction.user_id,
        email=sanction.email,
        language=language,
        reported=reported,
        decided_by=sanction.imposed_by,
        decided_at=sanction.imposed_at,
        until=sanction.until,
    )
    notifications.restricted(statement, not_before=sanction.imposed_at)
    return statement


def _grounds(reason: Reason, words: str) -> dict[str, Any]:
    return {"reason": reason, "basis": reason.basis, "clause": reason.clause, "facts": words}


def end_statements(statements: QuerySet[Statement], because: Ending, *, by: Any = None) -> None:
    """Note that restrictions hold no more, and tell those who were told of them where a moderator lifts them."""
    moment = timezone.now()
    ended = list(statements)
    Statement.objects.filter(pk__in=[statement.pk for statement in ended]).update(ended_at=moment, ended_because=because)
    for statement in ended:
        if because == Ending.LIFTED and by is not None and statement.decided_at + UNDO_WINDOW < moment:
            notifications.restriction_lifted(statement, not_before=moment + UNDO_WINDOW)


def revive_statement(comment: ThreadComment, *, ended_since: datetime) -> None:
    """Let the restriction hold again that ended with a decision which is undone.

    Raises Refused where an appeal against it was decided: what its author was answered stands.
    """
    ended = Statement.objects.filter(comment=comment, ended_at__gte=ended_since).exclude(ended_because=Ending.UNDONE)
    if ended.filter(Q(ended_because=Ending.APPEAL) | Q(appeal__outcome__in=[Outcome.UPHELD, Outcome.OVERTURNED])).exists():
        raise Refused(gettext("An appeal against the earlier decision was decided: undoing does not bring it back."))
    revived = list(ended)
    Statement.objects.filter(pk__in=[statement.pk for statement in revived]).update(ended_at=None, ended_because="")
    for statement in revived:
        if statement.ended_at is not None:
            notifications.restricted_again(statement, ended_at=statement.ended_at)
