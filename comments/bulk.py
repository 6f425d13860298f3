"""Writing many comments at once, with the same rows as comments.services writes one by one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from wagtail.models import ModelLogEntry

from comments import audit, paths
from comments.inserting import BATCH, insert
from comments.models import Discussion, ThreadComment
from comments.rows import Author, build
from comments.services.locking import COUNTED, lock, save_counters
from comments.signals import comments_loaded
from comments.states import Status

LARGEST_LOAD = 20_000


@dataclass(frozen=True)
class Draft:
    """A comment to write; `parent` is the place, in the same sequence of drafts, of the comment it answers."""

    author: Author
    text: str
    submitted_at: datetime
    parent: int | None = None
    status: Status = Status.PUBLISHED


@transaction.atomic
def load(discussion: Discussion, drafts: Sequence[Draft]) -> range:
    """Write drafts (LARGEST_LOAD at most, parents before their replies) and return the numbers they got in the discussion.

    The drafts form whole threads: none answers a comment that stands already. Raises ValueError for a larger load or a
    draft that stands before its parent; then nothing is written.
    """
    if len(drafts) > LARGEST_LOAD:
        raise ValueError(f"{LARGEST_LOAD} comments at most in one load, not {len(drafts)}.")
    locked = lock(discussion.pk)
    comments = _placed(locked, drafts)
    _count_descendants(comments)
    insert(comments)
    _log(comments)
    _count(locked, comments)
    numbers = range(locked.sequence - len(comments) + 1, locked.sequence + 1)
    comments_loaded.send(sender=ThreadComment, discussion=locked, sequences=numbers)
    return numbers


def _placed(discussion: Discussion, drafts: Sequence[Draft]) -> list[ThreadComment]:
    comments: list[ThreadComment] = []
    by_path: dict[str, ThreadComment] = {}
    for place, draft in enumerate(drafts):
        if draft.parent is not None and not 0 <= draft.parent < place:
            raise ValueError(f"Draft {place} answers draft {draft.parent}, which does not stand before it.")
        parent = comments[draft.parent] if draft.parent is not None else None
        if parent and parent.depth >= paths.MAX_DEPTH:
            parent = by_path[parent.path[: -paths.WIDTH]]
        comment = build(
            discussion,
            author=draft.author,
            text=draft.text,
            parent=parent,
            sequence=discussion.sequence + 1 + place,
            status=draft.status,
            submitted_at=draft.submitted_at,
        )
        by_path[comment.path] = comment
        comments.append(comment)
    return comments


def _count_descendants(comments: list[ThreadComment]) -> None:
    published = Counter(
        ancestor for comment in comments if comment.status == Status.PUBLISHED for ancestor in paths.ancestor_paths(comment.path)
    )
    for comment in comments:
        comment.published_descendants = published[comment.path]
        comment.shown = comment.shown or comment.published_descendants > 0


def _log(comments: list[ThreadComment]) -> None:
    rows = [audit.entry(comment, "comments.import", data={"from": None, "to": comment.status}) for comment in comments]
    ModelLogEntry.objects.bulk_create(rows, batch_size=BATCH)


def _count(discussion: Discussion, comments: list[ThreadComment]) -> None:
    published = [comment.submit_date for comment in comments if comment.status == Status.PUBLISHED]
    discussion.sequence += len(comments)
    for status, number in Counter(comment.status for comment in comments if comment.status in COUNTED).items():
        setattr(discussion, f"{status}_count", getattr(discussion, f"{status}_count") + number)
    discussion.last_published_at = max([*filter(None, [discussion.last_published_at]), *published], default=None)
    discussion.publications += len(published)
    discussion.version += bool(published)
    save_counters(discussion)
