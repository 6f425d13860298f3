"""The rows that charts and yearly reports count: one for each decision, in its transaction."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from comments.models import Handled, Handling, ThreadComment
from comments.states import MODERATION_ACTIONS, Action


def note_handled(comment: ThreadComment, action: Action, *, by: Any, waited_since: datetime | None) -> None:
    """Note a moderator's decision, or that a rule took a comment back; what nobody decided, or authors do, is no decision."""
    if action == Action.HOLD or (action in MODERATION_ACTIONS and by is not None):
        _write(comment, Handling(action), by, None if action == Action.HOLD else waited_since)


def note_dismissed(comment: ThreadComment, *, by: Any, reported_at: datetime | None) -> None:
    """Note that a moderator leaves a reported comment as it is."""
    _write(comment, Handling.DISMISS, by, reported_at)


def forget_handled(comment: ThreadComment, *, since: datetime) -> None:
    """Delete the row of a decision that is undone: a slip of the hand is in no figure."""
    Handled.objects.filter(comment=comment, at__gte=since).delete()


def _write(comment: ThreadComment, kind: Handling, by: Any, since: datetime | None) -> None:
    now = timezone.now()
    Handled.objects.create(
        comment=comment,
        network_id=comment.discussion.network_id,
        kind=kind,
        by=by,
        at=now,
        day=timezone.localdate(now, timezone.get_default_timezone()).toordinal(),
        waited=max(0, round((now - since).total_seconds())) if since else None,
    )
