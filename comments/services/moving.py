"""Moving a thread to the discussion where it belongs."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from comments import audit, paths, permissions
from comments.models import Discussion, ThreadComment
from comments.rows import fingerprint_again
from comments.services.locking import COUNTED, lock, save_counters
from comments.services.refusals import Refused
from comments.signals import comment_changed
from comments.states import Status

LONGEST = 2_000
"""The comments of one move: what is written in a few seconds under two locks."""


def move_thread(comment: ThreadComment, to: Discussion, *, by: Any, note: str = "") -> ThreadComment:
    """Move a comment and all that answers it to another discussion, where it starts a thread; return it.

    Addresses of comments stay. Raises Refused for who does not moderate both discussions, for a discussion that other people read
    (nobody's words become public, or are lost to them, by a move), for a comment of that very discussion, and for more than LONGEST.
    """
    with transaction.atomic():
        here, there = _lock_both(comment.discussion_id, to.pk)
        top = ThreadComment.objects.get(pk=comment.pk)
        _refuse_unless_possible(top, here, there, by)
        moved = [top, *ThreadComment.objects.filter(discussion=here).below(top).order_by("path")]
        if len(moved) > LONGEST:
            raise Refused(gettext("This thread is too long to be moved at once."))
        published_before = sum(each.status == Status.PUBLISHED for each in moved)
        _lower_ancestors(here, top, published_before)
        _place(moved, there)
        ThreadComment.objects.bulk_update(moved, _MOVED, batch_size=200)
        _count(here, moved, -1)
        _count(there, moved, 1)
        for discussion in (here, there):
            discussion.version += 1
            save_counters(discussion)
        audit.record(top, "comments.move", by=by, data={"note": note, "from_discussion": here.pk, "to_discussion": there.pk})
        for each in moved:
            comment_changed.send(sender=ThreadComment, comment=each, previous=each.status)
        return top


_MOVED = [
    *["discussion", "content_type", "object_pk", "path", "depth", "level", "sequence", "order", "thread_id", "root", "parent_id"],
    *["pinned", "fingerprint"],
]


def can_move_to(comment: ThreadComment, to: Discussion, user: Any) -> bool:
    """Whether a person may move a comment's thread there: they moderate both, and the same people read both."""
    here = comment.discussion
    moderated = permissions.can_moderate(user, here) and permissions.can_moderate(user, to)
    return moderated and here.pk != to.pk and here.network_id == to.network_id and here.audience == to.audience


def _lock_both(first: int, second: int) -> tuple[Discussion, Discussion]:
    """Both discussions, locked in the order of their keys, so that two moves never wait for each other."""
    locked = {key: lock(key) for key in sorted({first, second})}
    return locked[first], locked[second]


def _refuse_unless_possible(top: ThreadComment, here: Discussion, there: Discussion, by: Any) -> None:
    if top.discussion_id != here.pk:
        raise Refused(gettext("This thread was moved meanwhile."))
    top.discussion = here
    if not can_move_to(top, there, by):
        raise Refused(gettext("A thread moves only to a discussion that the same people read, and that you moderate too."))


def _lower_ancestors(here: Discussion, top: ThreadComment, published: int) -> None:
    """What stood above the thread has fewer published comments below it, and may be a tombstone of nothing."""
    above = ThreadComment.objects.filter(discussion=here, path__in=paths.ancestor_paths(top.path)) if top.depth else []
    for ancestor in above:
        ancestor.published_descendants -= published
        ancestor.shown = ancestor.is_public or ancestor.published_descendants > 0
        ancestor.save(update_fields=["published_descendants", "shown"])


def _place(moved: list[ThreadComment], there: Discussion) -> None:
    """Give each comment its place in the other discussion: numbers after its newest, the same tree below the first of them."""
    new_paths: dict[str, str] = {}
    top = moved[0]
    for each in sorted(moved, key=lambda comment: comment.sequence):
        there.sequence += 1
        parent = new_paths.get(each.path[: -paths.WIDTH], "") if each is not top else ""
        new_paths[each.path] = paths.child_path(parent, there.sequence)
        each.path, each.sequence, each.order = new_paths[each.path], there.sequence, there.sequence
        each.depth = each.level = paths.depth_of(each.path)
        each.discussion, each.content_type_id, each.object_pk = there, there.content_type_id, there.object_id
        each.thread_id, each.root_id = top.pk, top.pk
        each.pinned = False
    top.parent_id = top.pk
    top.fingerprint = fingerprint_again(top) if top.status != Status.REMOVED else ""


def _count(discussion: Discussion, moved: list[ThreadComment], sign: int) -> None:
    for status in COUNTED:
        number = sum(each.status == status for each in moved)
        setattr(discussion, f"{status}_count", getattr(discussion, f"{status}_count") + sign * number)
    discussion.unseen_count += sign * sum(each.unseen for each in moved)
    discussion.reported_count += sign * sum(each.open_reports > 0 for each in moved)
    published = [each.changed_at for each in moved if each.status == Status.PUBLISHED]
    if sign > 0 and published:
        discussion.publications += len(published)
        discussion.last_published_at = max([*filter(None, [discussion.last_published_at]), *published])
