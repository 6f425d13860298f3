"""What must always hold of a discussion's tree and counters, found out from its rows alone, and put right again.

A comment's place is its path, its visibility its status; every other column follows from these two and from the rows
around it. `expected` works them out, `faults` compares, `repair` writes them. Whatever the discussion's size, it is read with
the same few queries.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django_comments.models import CommentFlag

from comments import paths
from comments.addresses import author_key
from comments.models import CommentRevision, Discussion, Report, ThreadComment
from comments.rows import NOTHING_LEFT, USEFUL
from comments.services.locking import COUNTED
from comments.states import Status


class Row(NamedTuple):
    """The columns of a comment that take part in an invariant."""

    pk: int
    path: str
    sequence: int
    status: str
    parent_id: int
    thread_id: int
    root_id: int | None
    depth: int
    level: int
    order: int
    is_public: bool
    is_removed: bool
    shown: bool
    published_descendants: int
    useful_count: int
    pinned: bool
    featured: bool
    unseen: bool
    open_reports: int
    content_type_id: int
    object_pk: str
    user_id: Any
    user_email: str
    author_key: str


@dataclass(frozen=True)
class Fault:
    """One broken invariant: where, which column, what it holds and what it should."""

    discussion_id: int
    comment_id: int | None
    column: str
    found: Any
    expected: Any

    def __str__(self) -> str:
        where = f"discussion {self.discussion_id}" + (f", comment {self.comment_id}" if self.comment_id else "")
        return f"{where}: {self.column} is {self.found!r}, expected {self.expected!r}"


def faults(discussion: Discussion) -> Iterator[Fault]:
    """Yield what is wrong with a discussion; call it in a transaction that locked the discussion's row."""
    rows = _rows(discussion)
    wanted = expected(discussion, rows)
    for row in rows:
        for column, value in wanted[row.pk].items():
            if getattr(row, column) != value:
                yield Fault(discussion.pk, row.pk, column, getattr(row, column), value)
    yield from _leftovers(discussion)
    for column, value in expected_counters(discussion, rows).items():
        if getattr(discussion, column) != value:
            yield Fault(discussion.pk, None, column, getattr(discussion, column), value)


def repair(discussion: Discussion) -> None:
    """Write every expected value; call it in a transaction that locked the discussion's row."""
    rows = _rows(discussion)
    wanted = expected(discussion, rows)
    broken = [row for row in rows if any(getattr(row, column) != value for column, value in wanted[row.pk].items())]
    moved = [row.pk for row in broken if wanted[row.pk]["path"] != row.path]
    for pk in moved:  # out of the way first, so that no two rows hold one path on the way to their own
        ThreadComment.objects.filter(pk=pk).update(path=f"moving-{pk}")
    for row in broken:
        ThreadComment.objects.filter(pk=row.pk).update(**wanted[row.pk])
    removed = {fault.comment_id for fault in _leftovers(discussion)}
    ThreadComment.objects.filter(pk__in=removed).update(**NOTHING_LEFT)
    for kept in (CommentRevision, CommentFlag):
        kept.objects.filter(comment__in=removed).delete()
    for column, value in expected_counters(discussion, rows).items():
        setattr(discussion, column, value)
    discussion.version += 1
    discussion.save()


def check(*, mend: bool = False) -> Iterator[Fault]:
    """Yield the faults of every discussion, each one locked while it is read; with `mend`, repair those that have any."""
    for pk in Discussion.objects.order_by("pk").values_list("pk", flat=True).iterator():
        with transaction.atomic():
            discussion = Discussion.objects.select_for_update().get(pk=pk)
            found = list(faults(discussion))
            if found and mend:
                repair(discussion)
        yield from found


def expected(discussion: Discussion, rows: list[Row]) -> dict[int, dict[str, Any]]:
    """What each comment's columns should hold, by its key."""
    placed = _expected_paths(rows)
    keys = {path: pk for pk, path in placed.items()}
    descendants = _published_descendants(rows, placed)
    votes, reports = _votes(discussion), _open_reports(discussion)
    wanted = {}
    for row in rows:
        path = placed[row.pk]
        depth = paths.depth_of(path)
        root = keys[path[: paths.WIDTH]]
        published = row.status == Status.PUBLISHED
        wanted[row.pk] = {
            "path": path,
            "parent_id": keys[path[: -paths.WIDTH]] if depth else row.pk,
            "thread_id": root,
            "root_id": root,
            "depth": depth,
            "level": depth,
            "order": row.sequence,
            "is_public": published,
            "is_removed": row.status == Status.REMOVED,
            "published_descendants": descendants[row.pk],
            "shown": published or descendants[row.pk] > 0,
            "useful_count": 0 if row.status == Status.REMOVED else votes.get(row.pk, 0),
            "pinned": row.pinned and published,
            "featured": row.featured and published,
            "unseen": row.unseen and published,
            "open_reports": reports.get(row.pk, 0),
            "content_type_id": discussion.content_type_id,
            "object_pk": discussion.object_id,
            "author_key": _expected_author_key(row),
        }
    return wanted


def _expected_author_key(row: Row) -> str:
    """Of an account that was closed since, and of a network that speaks, the key is all that tells one author from another."""
    if row.status == Status.REMOVED:
        return ""
    known = author_key(row.user_id, row.user_email)
    return known or (row.author_key if row.author_key.startswith(("user:", "network:")) else "")


def expected_counters(discussion: Discussion, rows: list[Row]) -> dict[str, int]:
    """What the discussion's counters should hold; what is published now was published once, at least."""
    numbers = Counter(row.status for row in rows)
    return {
        **{f"{status}_count": numbers[status] for status in COUNTED},
        "sequence": max([discussion.sequence, *(row.sequence for row in rows)]),
        "unseen_count": sum(row.unseen and row.status == Status.PUBLISHED for row in rows),
        "reported_count": sum(row.open_reports > 0 for row in rows),
        "publications": max(discussion.publications, numbers[Status.PUBLISHED]),
    }


def _rows(discussion: Discussion) -> list[Row]:
    columns = ThreadComment.objects.filter(discussion=discussion).order_by("sequence").values_list(*Row._fields)
    return [Row(*values) for values in columns.iterator(chunk_size=5_000)]


def _votes(discussion: Discussion) -> dict[int, int]:
    """How many people called each comment useful."""
    votes = CommentFlag.objects.filter(flag=USEFUL, comment__xtdcomment__threadcomment__discussion=discussion)
    return dict(votes.order_by().values_list("comment_id").annotate(Count("pk")))


def _open_reports(discussion: Discussion) -> dict[int, int]:
    """How many reports of a comment nobody has decided about."""
    open_reports = Report.objects.open().filter(comment__discussion=discussion)
    return dict(open_reports.order_by().values_list("comment_id").annotate(Count("pk")))


def _leftovers(discussion: Discussion) -> Iterator[Fault]:
    """What is left of removed comments beside their place; the fault names the column, and does not say the words again."""
    removed = ThreadComment.objects.filter(discussion=discussion, status=Status.REMOVED)
    for values in removed.exclude(Q(**NOTHING_LEFT)).order_by("pk").values("pk", *NOTHING_LEFT):
        for column, value in NOTHING_LEFT.items():
            if values[column] != value:
                yield Fault(discussion.pk, values["pk"], column, "something", value)
    yield from _rows_left("revisions", discussion, CommentRevision.objects.filter(comment__in=removed))
    yield from _rows_left("flags", discussion, CommentFlag.objects.filter(comment__in=removed))


def _rows_left(name: str, discussion: Discussion, left: QuerySet) -> Iterator[Fault]:
    for pk, number in left.order_by().values_list("comment_id").annotate(Count("pk")):
        yield Fault(discussion.pk, pk, name, number, 0)


def _expected_paths(rows: list[Row]) -> dict[int, str]:
    """Keep every path whose parent stands; put the others below the parent they name, or else at the root."""
    keys = {row.path: row.pk for row in rows}
    by_key = {row.pk: row for row in rows}
    placed: dict[int, str] = {}
    for row in rows:  # in the order of writing: a parent always has the smaller number
        own = paths.segment(row.sequence)
        parent = by_key.get(keys.get(row.path[: -paths.WIDTH], row.parent_id))
        above = placed.get(parent.pk, "") if parent and parent.sequence < row.sequence and row.path != own else ""
        placed[row.pk] = above + own
    return placed


def _published_descendants(rows: list[Row], placed: dict[int, str]) -> dict[int, int]:
    keys = {path: pk for pk, path in placed.items()}
    counts = dict.fromkeys(placed, 0)
    for row in rows:
        if row.status == Status.PUBLISHED:
            for ancestor in paths.ancestor_paths(placed[row.pk]):
                counts[keys[ancestor]] += 1
    return counts
