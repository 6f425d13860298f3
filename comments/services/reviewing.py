"""What moderators note for each other: that a published comment was read, and what they think of one."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from comments import audit, permissions
from comments.models import ModeratorNote, ThreadComment
from comments.services.locking import lock_with, save_counters
from comments.services.refusals import Refused, refuse_if_stale


@transaction.atomic
def mark_seen(comment: ThreadComment, *, by: Any, seen_status: str | None = None) -> ThreadComment:
    """Note that a moderator has read a published comment; doing so twice changes nothing.

    `seen_status` is the `standing` they were looking at. Raises Refused for who does not moderate it, StaleDecision when the comment
    has moved or was edited meanwhile: those words nobody has read.
    """
    current = _moderated(comment, by)
    refuse_if_stale(current, read=comment, seen=seen_status)
    if current.unseen:
        current.unseen = False
        current.save(update_fields=["unseen"])
        current.discussion.unseen_count -= 1
        save_counters(current.discussion)
        audit.record(current, "comments.seen", by=by)
    return current


@transaction.atomic
def note(comment: ThreadComment, *, by: Any, text: str) -> ModeratorNote:
    """Leave a note for the other moderators of a comment; raises Refused for who does not moderate it, and for an empty note."""
    current = _moderated(comment, by)
    if not text.strip():
        raise Refused(gettext("Write something before sending."))
    written = ModeratorNote.objects.create(comment=current, text=text.strip(), written_by=by)
    audit.record(current, "comments.note", by=by)
    return written


def _moderated(comment: ThreadComment, by: Any) -> ThreadComment:
    current = lock_with(comment)
    if not permissions.can_moderate(by, current.discussion):
        raise Refused(gettext("You cannot decide about this comment."))
    return current
