"""The orders in which a discussion is read, and which comments make a page of each: found by key, never by counting or skipping rows."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments import paths
from comments.models import Discussion, ThreadComment, ThreadCommentQuerySet

PAGE_SIZE = 50


class Order(StrEnum):
    """What comes first; the value is the address's `tri`. Replies stay in their thread, in the order they were written."""

    OLDEST = ""
    NEWEST = "recents"
    MOST_USEFUL = "utiles"

    @classmethod
    def of(cls, text: str) -> "Order":
        """The order that an address asks for; nonsense is the first."""
        return cls(text) if text in set(cls) else cls.OLDEST

    @property
    def label(self) -> Promise:
        """What the order is called on a page."""
        return _LABELS[self]


_LABELS = {
    Order.OLDEST: pgettext_lazy("comments", "Oldest"),
    Order.NEWEST: pgettext_lazy("comments", "Newest"),
    Order.MOST_USEFUL: _("Most useful"),
}


@dataclass(frozen=True)
class Slice:
    """The comments of one page in their order, and the keys around it (empty where there is nothing more)."""

    comments: list[ThreadComment]
    after: str = ""
    """The key that the page follows; empty for the first page."""
    later: str = ""
    """The key that the next page follows."""


@dataclass(frozen=True)
class _Root:
    """The first comment of a thread, as far as choosing threads needs it."""

    pk: int
    path: str
    useful_count: int
    published_descendants: int


_ROOT = ("pk", "path", "useful_count", "published_descendants")


def take(comments: ThreadCommentQuerySet, discussion: Discussion, order: Order, *, after: str = "", before: str = "") -> Slice:
    """The page of a discussion that follows the key `after`, or precedes `before`; nonsense in either gives the first page.

    `comments` says what is read of each. Pages before another are found in the order of writing alone; the other orders
    lead back to their first page.
    """
    if order != Order.OLDEST:
        return _Threads(comments.shown(), discussion, order).page_after(*_cursor(after, order))
    shown = comments.filter(discussion=discussion).shown()
    return _page_before(shown, before) if paths.is_path(before) else _page_after(shown, after if paths.is_path(after) else "")


def _page_after(shown: ThreadCommentQuerySet, after: str) -> Slice:
    comments = list(shown.filter(path__gt=after).order_by("path")[: PAGE_SIZE + 1])
    if not comments and after:
        return _page_after(shown, "")
    later = comments[PAGE_SIZE - 1].path if len(comments) > PAGE_SIZE else ""
    return Slice(comments[:PAGE_SIZE], after, later)


def _page_before(shown: ThreadCommentQuerySet, before: str) -> Slice:
    """The comments before a key; fewer than a page of them are the first page."""
    comments = list(shown.filter(path__lt=before).order_by("-path")[: PAGE_SIZE + 1])[::-1]
    if len(comments) <= PAGE_SIZE:
        return _page_after(shown, "")
    return Slice(comments[1:], comments[0].path, comments[-1].path)


def _cursor(key: str, order: Order) -> tuple[str, int]:
    """The last path of the page before, and its thread's votes where these decide; an empty path for the first page."""
    path, _dot, votes = key.partition(".")
    has_votes = votes.isascii() and votes.isdigit() and len(votes) < 10
    if not paths.is_path(path) or has_votes != (order == Order.MOST_USEFUL):
        return "", 0
    return path, int(votes) if has_votes else 0


class _Threads:
    """A discussion read thread by thread in another order than that of writing; `shown` is not limited to it."""

    def __init__(self, shown: ThreadCommentQuerySet, discussion: Discussion, order: Order) -> None:
        self.shown = shown
        self.here = shown.filter(discussion=discussion)
        self.order = order

    def page_after(self, path: str, votes: int) -> Slice:
        """The rest of the thread where the page before ended, then whole threads, the last one cut where the page ends."""
        comments = self._thread(path, PAGE_SIZE + 1, path__gt=path) if path else []
        roots = self._roots(path[: paths.WIDTH], votes, PAGE_SIZE + 1 - len(comments))
        comments += self._of_threads(roots, PAGE_SIZE + 1 - len(comments))
        if not comments and path:
            return self.page_after("", 0)
        after = self._key(path, votes) if path else ""
        if len(comments) <= PAGE_SIZE:
            return Slice(comments, after)
        last = comments[PAGE_SIZE - 1].path
        scores = {path[: paths.WIDTH]: votes, **{root.path: root.useful_count for root in roots}}
        return Slice(comments[:PAGE_SIZE], after, self._key(last, scores[last[: paths.WIDTH]]))

    def _key(self, path: str, votes: int) -> str:
        return f"{path}.{votes}" if self.order == Order.MOST_USEFUL else path

    def _thread(self, path: str, count: int, **where: str) -> list[ThreadComment]:
        """The first comments of one thread, in the order they were written."""
        end = paths.last_descendant_bound(path[: paths.WIDTH])
        return list(self.here.filter(path__lt=end, **where).order_by("path")[:count])

    def _roots(self, root: str, votes: int, count: int) -> list[_Root]:
        """The next threads after one (from the first, without one), in the index of their order."""
        roots = self.here.filter(depth=0)
        if self.order == Order.NEWEST:
            following = roots.filter(path__lt=root) if root else roots
            return _read(following.order_by("-path"), count)
        if not root:
            return _read(roots.order_by("-useful_count", "path"), count)
        as_useful = _read(roots.filter(useful_count=votes, path__gt=root).order_by("path"), count)
        less_useful = roots.filter(useful_count__lt=votes).order_by("-useful_count", "path")
        return [*as_useful, *_read(less_useful, count - len(as_useful))]

    def _of_threads(self, roots: list[_Root], room: int) -> list[ThreadComment]:
        """The comments of these threads until there is no more room: those that fit in one query, the one that does not by key."""
        whole: list[_Root] = []
        for root in roots:
            if 1 + root.published_descendants > room:
                return [*self._whole(whole), *self._thread(root.path, room, path__gte=root.path)]
            whole.append(root)
            room -= 1 + root.published_descendants
            if room == 0:
                break
        return self._whole(whole)

    def _whole(self, roots: list[_Root]) -> list[ThreadComment]:
        """All comments of these threads, found by their roots alone: by the discussion too, SQLite would read all of it."""
        rank = {root.pk: number for number, root in enumerate(roots)}
        comments = self.shown.filter(root__in=rank).order_by() if rank else []
        return sorted(comments, key=lambda comment: (rank[comment.root_id], comment.path))


def _read(roots: ThreadCommentQuerySet, count: int) -> list[_Root]:
    return [_Root(*row) for row in roots.select_related(None).values_list(*_ROOT)[:count]] if count > 0 else []
