"""The one writer of `status`."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django_comments.models import CommentFlag

from comments import audit, notifications, permissions
from comments.models import ThreadComment
from comments.models.identification import Act
from comments.origins import Origin
from comments.rows import NOTHING_LEFT
from comments.services.identification import note_origin
from comments.services.locking import count, lock_with, save_counters
from comments.services.refusals import Refused, StaleDecision
from comments.signals import comment_changed
from comments.states import TRANSITIONS, Action, Moderation, Status


def moderate(
    comment: ThreadComment, action: Action, *, by: Any, reason: str = "", note: str = "", seen_status: str | None = None
) -> ThreadComment:
    """Apply a moderator's decision and return the comment as it stands now.

    `seen_status` is the `standing` the moderator was looking at. Raises Refused for a person who does not moderate the
    discussion or a restriction without a reason, StaleDecision when the comment has moved or was edited meanwhile.
    """
    return _change_status(comment, action, by=by, reason=reason, note=note, seen_status=seen_status, authorise=True)


def prove_email(comment: ThreadComment, *, origin: Origin | None = None) -> ThreadComment:
    """Take a guest's address as proven: the comment goes to the moderators, or is published where they read afterwards.

    `origin` goes into the identification log. Raises StaleDecision when the link was used before.
    """
    with transaction.atomic():
        proven = _change_status(comment, Action.PROVE_EMAIL)
        note_origin(proven, Act.CONFIRMED, origin)
        if proven.discussion.moderation == Moderation.AFTER:
            proven = _change_status(proven, Action.APPROVE, note="moderation after publication")
        else:
            notifications.comment_waits(proven)
        return proven


def remove(comment: ThreadComment, *, by: Any) -> ThreadComment:
    """Remove a comment at its author's wish: words and personal data are blanked, replies stay under a tombstone.

    Raises Refused for anybody but the author.
    """
    return _change_status(comment, Action.REMOVE, by=by, authorise=True)


def withdraw_unconfirmed(comment: ThreadComment) -> ThreadComment:
    """Remove a comment whose guest never proved the address; raises StaleDecision when that happened meanwhile."""
    return _change_status(comment, Action.REMOVE, note="address never confirmed", seen_status=Status.AWAITING_EMAIL)


@transaction.atomic
def _change_status(
    comment: ThreadComment,
    action: Action,
    *,
    by: Any = None,
    reason: str = "",
    note: str = "",
    seen_status: str | None = None,
    authorise: bool = False,
) -> ThreadComment:
    """The one writer of `status`: checks the table, keeps counters and tombstones, writes the audit row."""
    current = lock_with(comment)
    discussion = current.discussion
    transition = TRANSITIONS[action]
    if current.status not in transition.sources or seen_status not in (None, "", current.standing):
        raise StaleDecision(current, seen=seen_status)
    if authorise and not permissions.can_act(by, current, action):
        raise Refused(gettext("You cannot decide about this comment."))
    if transition.needs_reason and not reason:
        raise Refused(gettext("Say why: this decision needs a reason."))

    previous, current.status = Status(current.status), transition.target
    current.is_public = current.status == Status.PUBLISHED
    current.is_removed = current.status == Status.REMOVED
    current.shown = current.is_public or current.published_descendants > 0
    current.changed_at = timezone.now()
    changed = ["status", "is_public", "is_removed", "shown", "changed_at"]
    if not current.is_public:
        current.pinned = current.featured = False
        changed += ["pinned", "featured"]
    if current.is_removed:
        changed += _blank(current)
    current.save(update_fields=changed)
    count(discussion, current, previous, transition.target)
    save_counters(discussion)
    audit.record(current, f"comments.{action}", by=by, data={"from": previous, "to": transition.target, "reason": reason, "note": note})
    comment_changed.send(sender=ThreadComment, comment=current, previous=previous)
    notifications.status_changed(current, previous, by=by)
    return current


def _blank(comment: ThreadComment) -> list[str]:
    """Leave nothing of a removed comment but its place: no words, earlier words, votes or author; return the columns that changed."""
    comment.revisions.all().delete()
    CommentFlag.objects.filter(comment_id=comment.pk).delete()
    for column, value in NOTHING_LEFT.items():
        setattr(comment, column, value)
    return list(NOTHING_LEFT)
