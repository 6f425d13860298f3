"""Authors contest restrictions, and somebody else than who decided first decides again (article 20 of the Digital Services Act)."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from comments import audit, notifications, permissions
from comments.models import Appeal, Ending, Statement, ThreadComment
from comments.services import sanctions, statuses
from comments.services.locking import lock_with
from comments.services.refusals import Refused
from comments.states import Action, Outcome, Status

APPEAL_TIME = timedelta(days=183)
"""How long a restriction can be contested: six months at least (article 20, paragraph 1)."""

_WAY_BACK = {
    Status.PENDING: Action.APPROVE,
    Status.REPHRASING: Action.APPROVE,
    Status.REJECTED: Action.RESTORE,
    Status.SPAM: Action.RESTORE,
    Status.HIDDEN: Action.RESTORE,
}
"""How a restricted comment becomes public once its restriction is overturned."""


def appeal(statement: Statement, *, text: str) -> Appeal:
    """Contest a restriction, once, and return the appeal; asking twice returns the first.

    The right to it is the link that the author was sent. Raises Refused where the restriction is over, or too old.
    """
    with transaction.atomic():
        current = Statement.objects.select_for_update().get(pk=statement.pk)
        made = Appeal.objects.filter(statement=current).first()
        if made is not None:
            return made
        if refusal := why_no_appeal(current):
            raise Refused(refusal)
        made = Appeal.objects.create(statement=current, text=text)
        audit.record(current.subject, "comments.appeal", by=current.user, data={"appeal": made.pk})
        notifications.appeal_made(made)
        return made


def why_no_appeal(statement: Statement) -> str:
    """The sentence that says why a restriction cannot be contested; empty when it can."""
    if statement.ended_at is not None:
        return gettext("This decision no longer holds: there is nothing left to contest.")
    if statement.decided_at < timezone.now() - APPEAL_TIME:
        return gettext("This decision is more than six months old: it can no longer be contested here.")
    return ""


def decide_appeal(appeal: Appeal, *, overturn: bool, by: Any, words: str) -> Appeal:
    """Uphold a restriction or lift it, tell its author in `words`, and return the appeal.

    Raises Refused for who decided first, for whom it is about, for who does not moderate where it happened, without words, and where
    somebody has decided meanwhile.
    """
    with transaction.atomic():
        statement = _locked(appeal)
        current = Appeal.objects.get(pk=appeal.pk)
        if current.outcome != Outcome.WAITING:
            raise Refused(gettext("Somebody has decided about this appeal meanwhile."))
        if refusal := why_not_decide(current, by):
            raise Refused(refusal)
        if not words:
            raise Refused(gettext("Tell its author why."))
        current.outcome = Outcome.OVERTURNED if overturn else Outcome.UPHELD
        current.words, current.decided_by, current.decided_at = words, by, timezone.now()
        current.save()
        audit.record(statement.subject, f"comments.appeal_{current.outcome}", by=by, data={"words": words})
        if overturn and statement.ended_at is None:
            _lift(statement, by)
        notifications.appeal_decided(current)
        return current


def why_not_decide(appeal: Appeal, user: Any) -> str:
    """The sentence that says why a person does not decide about an appeal; empty when they do."""
    if permissions.can_decide_appeal(user, appeal):
        return ""
    if appeal.statement.decided_by_id == user.pk:
        return gettext("You made this decision: somebody else decides about the appeal.")
    if appeal.statement.user_id == user.pk:
        return gettext("This decision is about you: somebody else decides about the appeal.")
    return gettext("You cannot decide about this appeal.")


def _locked(appeal: Appeal) -> Statement:
    """The statement that is contested, locked after what it is about: who decides about a comment or an author locks in this order."""
    statement = Statement.objects.select_related("comment").get(pk=appeal.statement_id)
    if statement.comment is not None:
        lock_with(statement.comment)
    else:
        sanctions.lock(statement.sanction_id)
    return Statement.objects.select_for_update().get(pk=statement.pk)


def _lift(statement: Statement, by: Any) -> None:
    if statement.sanction is not None:
        sanctions.lift(statement.sanction, by=by, because=Ending.APPEAL)
        return
    comment = ThreadComment.objects.get(pk=statement.comment_id)
    if way_back := _WAY_BACK.get(Status(comment.status)):
        statuses.moderate(comment, way_back, by=by, ending=Ending.APPEAL)
