"""What editors point readers to: pinned above a discussion, or featured at its place."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from comments import audit, permissions
from comments.models import ThreadComment
from comments.services.locking import lock_with, show_change
from comments.services.refusals import Refused
from comments.states import Status

MAX_PINNED = 3
"""More would push the conversation itself out of sight."""


def pin(comment: ThreadComment, *, by: Any, pinned: bool = True) -> ThreadComment:
    """Name a published comment above its discussion, or no longer; raises Refused for others than its curators, and past MAX_PINNED."""
    return _mark(comment, "pinned", pinned, by=by)


def feature(comment: ThreadComment, *, by: Any, featured: bool = True) -> ThreadComment:
    """Mark a published comment out at its place, or no longer; raises Refused for others than the discussion's curators."""
    return _mark(comment, "featured", featured, by=by)


@transaction.atomic
def _mark(comment: ThreadComment, column: str, wanted: bool, *, by: Any) -> ThreadComment:
    current = lock_with(comment)
    if current.status != Status.PUBLISHED or not permissions.can_curate(by, current.discussion):
        raise Refused(gettext("You cannot point readers to this comment."))
    if getattr(current, column) == wanted:
        return current
    if column == "pinned" and wanted and _pinned_elsewhere(current) >= MAX_PINNED:
        raise Refused(gettext("%(count)d comments are pinned already: unpin one first.") % {"count": MAX_PINNED})
    setattr(current, column, wanted)
    current.save(update_fields=[column])
    show_change(current.discussion)
    audit.record(current, f"comments.{column if wanted else f'un{column}'}", by=by)
    return current


def _pinned_elsewhere(comment: ThreadComment) -> int:
    return ThreadComment.objects.filter(discussion_id=comment.discussion_id).pinned().count()
