"""What editors point readers to: pinned above a discussion, or featured at its place."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from comments import audit, permissions
from comments.models import ThreadComment
from comments.services.locking import lock_with, show_change
from comments.services.refusals import Refused
from comments.states import Status

_MARKS = ("pinned", "featured")
MAX_PINNED = 3
"""More would push the conversation itself out of sight."""


def pin(comment: ThreadComment, *, by: Any, pinned: bool = True) -> ThreadComment:
    """Name a published comment above its discussion, or no longer; raises Refused for others than its curators, and past MAX_PINNED."""
    return _mark(comment, "pinned", pinned, by=by)


def feature(comment: ThreadComment, *, by: Any, featured: bool = True) -> ThreadComment:
    """Mark a published comment out at its place, or no longer; raises Refused for others than the discussion's curators."""
    return _mark(comment, "featured", featured, by=by)


def marks_of(comment: ThreadComment) -> dict[str, bool]:
    """How a comment is marked out, for the history of what takes that from it."""
    return {column: True for column in _MARKS if getattr(comment, column)}


def put_back(comment: ThreadComment, marks: dict[str, Any]) -> None:
    """Mark a comment out again as it was, a pin as far as MAX_PINNED goes; the caller holds the lock and shows the change."""
    if comment.status != Status.PUBLISHED:
        return
    comment.featured = bool(marks.get("featured"))
    comment.pinned = bool(marks.get("pinned")) and _pinned_elsewhere(comment) < MAX_PINNED
    if comment.featured or comment.pinned:
        comment.save(update_fields=[*_MARKS])


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
