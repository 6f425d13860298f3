"""The lock that every write takes, and the counters that it keeps."""

from django.db import connection

from comments import paths
from comments.models import Discussion, ThreadComment
from comments.states import Status

COUNTERS = ["published_count", "pending_count", "version", "publications", "last_published_at"]
"""The columns of a discussion that `count` changes."""


def lock(discussion_id: int) -> Discussion:
    """Return a discussion as it stands, its row locked until the transaction ends."""
    return Discussion.objects.select_for_update().get(pk=discussion_id)


def lock_with(comment: ThreadComment) -> ThreadComment:
    """Return a comment as it stands, its discussion's row locked until the transaction ends."""
    discussion = lock(comment.discussion_id)
    current = ThreadComment.objects.get(pk=comment.pk)
    current.discussion = discussion
    return current


def show_change(discussion: Discussion) -> None:
    """Let the discussion's version grow: readers see something else than before."""
    discussion.version += 1
    discussion.save(update_fields=["version"])


def count(discussion: Discussion, comment: ThreadComment, previous: Status | None, status: Status) -> None:
    """Bring the discussion's counters and the ancestors' tombstones in step with one change of status; saves the ancestors only."""
    published = (status == Status.PUBLISHED) - (previous == Status.PUBLISHED)
    pending = (status == Status.PENDING) - (previous == Status.PENDING)
    discussion.published_count += published
    discussion.pending_count += pending
    if published or previous == Status.PUBLISHED or comment.shown:
        discussion.version += 1
    if published > 0:
        discussion.publications += 1
        discussion.last_published_at = max(filter(None, [discussion.last_published_at, comment.changed_at]))
    if published and comment.depth:
        _count_in_ancestors(comment, published)


def _count_in_ancestors(comment: ThreadComment, delta: int) -> None:
    above = paths.ancestor_paths(comment.path)
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT_IN_ANCESTORS % ", ".join(["%s"] * len(above)),
            [delta, Status.PUBLISHED.value, delta, comment.discussion_id, *above],
        )


_COUNT_IN_ANCESTORS = f"""
    UPDATE {ThreadComment._meta.db_table}
    SET published_descendants = published_descendants + %%s, shown = (status = %%s OR published_descendants + %%s > 0)
    WHERE discussion_id = %%s AND path IN (%s)
"""  # noqa: S608 (a table of ours; by hand, for each post pays for it)
