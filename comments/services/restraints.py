"""Calming a discussion down: locked for a time or for good, or slowed so that nobody writes twice in a row."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from comments import audit, permissions
from comments.models import Discussion, ThreadComment
from comments.rows import Author
from comments.services.locking import lock
from comments.services.refusals import Refused
from comments.signals import discussion_changed

LOOKED_BACK = 500
"""How far back, in comments of the discussion, somebody's last one is looked for: further back it is long ago."""


def lock_discussion(discussion: Discussion, *, by: Any, until: datetime | None = None, note: str = "") -> Discussion:
    """Take no comment any more, until a moment or until a moderator unlocks it; raises Refused for who does not moderate here."""
    return _restrain(discussion, by, "comments.lock", note, locked=True, locked_until=until)


def unlock_discussion(discussion: Discussion, *, by: Any, note: str = "") -> Discussion:
    """Take comments again; raises Refused for who does not moderate here."""
    return _restrain(discussion, by, "comments.unlock", note, locked=False, locked_until=None)


def slow_down(discussion: Discussion, *, seconds: int, by: Any, note: str = "") -> Discussion:
    """Let each person write once in so many seconds (0: as often as they like); raises Refused for who does not moderate here."""
    return _restrain(discussion, by, "comments.slow", note, slow_seconds=seconds)


@transaction.atomic
def _restrain(discussion: Discussion, by: Any, action: str, note: str, **wanted: Any) -> Discussion:
    locked = lock(discussion.pk)
    if not permissions.can_moderate(by, locked):
        raise Refused(gettext("You cannot decide about this discussion."))
    changed = [name for name, value in wanted.items() if getattr(locked, name) != value]
    if changed:
        for name in changed:
            setattr(locked, name, wanted[name])
        locked.version += 1
        locked.save(update_fields=[*changed, "version"])
        audit.record(locked, action, by=by, data={"note": note, **{name: str(wanted[name]) for name in changed}})
        discussion_changed.send(sender=Discussion, discussion=locked)
    return locked


def why_too_soon(author: Author, discussion: Discussion) -> str:
    """The sentence for an author who must wait in a slowed discussion; empty for everybody else, and without a query elsewhere."""
    if not discussion.slow_seconds:
        return ""
    recent = ThreadComment.objects.filter(discussion=discussion, sequence__gt=discussion.sequence - LOOKED_BACK)
    own = recent.filter(user=author.user) if author.user else recent.filter(user=None, user_email__iexact=author.email)
    last = own.order_by("-sequence").values_list("submit_date", flat=True).first()
    wait = discussion.slow_seconds - (timezone.now() - last).total_seconds() if last else 0
    if wait <= 0:
        return ""
    minutes = max(1, -(-int(wait) // 60))
    return ngettext(
        "The moderators have slowed this discussion down: wait %(count)d minute before you write again. Your text is kept.",
        "The moderators have slowed this discussion down: wait %(count)d minutes before you write again. Your text is kept.",
        minutes,
    ) % {"count": minutes}
