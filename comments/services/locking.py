"""The lock that every write takes, and the counters that it keeps."""

from django.db import transaction

from comments import paths
from comments.models import Discussion, ThreadComment
from comments.states import Status
from networks.cursors import cursor
from networks.prepared import Parameter, PreparedQuery, PreparedUpdate

_LOCKED = PreparedQuery(lambda: Discussion.objects.select_for_update().filter(pk=Parameter("pk", Discussion._meta.pk)))
COUNTED = [Status.PUBLISHED, Status.PENDING, Status.REPHRASING, Status.HIDDEN, Status.REJECTED, Status.SPAM]
"""The statuses whose comments a discussion counts, each in `<status>_count`."""
COUNTERS = [*(f"{status}_count" for status in COUNTED), "unseen_count", "reported_count"]
"""The columns of Discussion that count its comments."""
_COUNTERS = PreparedUpdate(Discussion, [*COUNTERS, "sequence", "version", "publications", "last_published_at"])


def lock(discussion_id: int) -> Discussion:
    """Return a discussion as it stands, its row locked until the transaction ends; raises Discussion.DoesNotExist."""
    return _LOCKED.get(pk=discussion_id)


def save_counters(discussion: Discussion) -> None:
    """Write what `count` has changed, and the number of the newest comment."""
    _COUNTERS.one(discussion)


def lock_with(comment: ThreadComment) -> ThreadComment:
    """Return a comment as it stands, the row of the discussion it stands in locked until the transaction ends.

    It may have been moved since it was read, or while this waits: the lock on what it left is let go of (by a savepoint), for who
    holds one discussion and waits for another in any order waits for ever.
    """
    discussion_id, current = comment.discussion_id, None
    while current is None:
        try:
            with transaction.atomic():
                current = _locked_in(discussion_id, comment)
        except _Elsewhere as moved:
            discussion_id = moved.discussion_id
    return current


class _Elsewhere(Exception):
    def __init__(self, discussion_id: int) -> None:
        self.discussion_id = discussion_id


def _locked_in(discussion_id: int, comment: ThreadComment) -> ThreadComment:
    discussion = lock(discussion_id)
    current = ThreadComment.objects.get(pk=comment.pk)
    if current.discussion_id != discussion_id:
        raise _Elsewhere(current.discussion_id)
    current.discussion = discussion
    return current


def show_change(discussion: Discussion) -> None:
    """Let the discussion's version grow: readers see something else than before."""
    discussion.version += 1
    discussion.save(update_fields=["version"])


def count(discussion: Discussion, comment: ThreadComment, previous: Status | None, status: Status) -> None:
    """Bring the discussion's counters and the ancestors' tombstones in step with one change of status.

    Saves the ancestors, and leaves the counters to `save_counters`.
    """
    published = (status == Status.PUBLISHED) - (previous == Status.PUBLISHED)
    for counted in COUNTED:
        change = (status == counted) - (previous == counted)
        if change:
            setattr(discussion, f"{counted}_count", getattr(discussion, f"{counted}_count") + change)
    if published or previous == Status.PUBLISHED or comment.shown:
        discussion.version += 1
    if published > 0:
        discussion.publications += 1
        discussion.last_published_at = max(filter(None, [discussion.last_published_at, comment.changed_at]))
    if published and comment.depth:
        _count_in_ancestors(comment, published)


def _count_in_ancestors(comment: ThreadComment, delta: int) -> None:
    above = paths.ancestor_paths(comment.path)
    with cursor() as asked:
        asked.execute(
            _COUNT_IN_ANCESTORS % ", ".join(["%s"] * len(above)),
            [delta, Status.PUBLISHED.value, delta, comment.discussion_id, *above],
        )


_COUNT_IN_ANCESTORS = f"""
    UPDATE {ThreadComment._meta.db_table}
    SET published_descendants = published_descendants + %%s, shown = (status = %%s OR published_descendants + %%s > 0)
    WHERE discussion_id = %%s AND path IN (%s)
"""  # noqa: S608 (a table of ours; by hand, for each post pays for it)
