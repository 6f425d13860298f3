"""One page of a discussion as a reader sees it: paged by key, nested, with nothing in it that may not be shown."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments import paths
from comments.models import Discussion, ThreadComment, ThreadCommentQuerySet
from comments.permissions import editable_among, is_author, is_known
from comments.states import Status
from networks.models import Network

PAGE_SIZE = 50
DEEPEST_LEVEL = 4
"""Replies below this level are shown at it, and say whom they answer: a phone has no room for more."""
LEAD_IN = 25
"""How far above a linked comment its page may begin, so that the thread it belongs to is seen from its start."""

_TOMBSTONES = {
    Status.REMOVED: _("This comment was removed by its author."),
    Status.HIDDEN: _("This comment was hidden by the moderators."),
}


@dataclass
class Row:
    """A comment as it is shown; what may not be read is not in it."""

    pk: int
    path: str
    level: int = 0
    author: str = ""
    html: str = ""
    date: Any = None
    network: Network | None = None
    tombstone: str = ""
    is_pending: bool = False
    is_own: bool = False
    edited_at: Any = None
    can_edit: bool = False
    answers: str = ""
    answers_pk: int | None = None
    opens: bool = False
    closes: range = field(default_factory=lambda: range(0))

    @property
    def takes_replies(self) -> bool:
        """Whether it can be answered: published, not a tombstone."""
        return not self.is_pending and not self.tombstone


@dataclass
class CommentPage:
    """The rows of one page, and the keys of the pages beside it (empty where there is none)."""

    rows: list[Row]
    earlier: str = ""
    later: str = ""
    continues: list[str] = field(default_factory=list)
    """The names of those answered above the first row, when the page begins in the middle of a thread."""


def read_page(discussion: Discussion, user: Any, *, after: str = "", before: str = "") -> CommentPage:
    """Return the page that follows the key `after`, or precedes `before`; nonsense in either gives the first page."""
    if discussion.pk is None:
        return CommentPage([])
    shown = ThreadComment.objects.filter(discussion=discussion).shown().select_related("user").defer("comment")
    if paths.is_path(before):
        comments, earlier, later = _page_before(shown, before)
    else:
        comments, earlier, later = _page_after(shown, after if paths.is_path(after) else "")
    pending = _own_pending(discussion, user, comments, after=earlier, is_last=not later)
    ancestors = _ancestors_of_first(discussion, comments)
    listed = sorted([*comments, *pending], key=lambda comment: comment.path)
    rows = _rows(listed, ancestors, user)
    _offer_changes(rows, listed, user, discussion)
    return CommentPage(rows, earlier=comments[0].path if comments and earlier else "", later=later, continues=_names(ancestors))


def _page_after(shown: ThreadCommentQuerySet, after: str) -> tuple[list[ThreadComment], str, str]:
    """The comments after a key, the key they come after, and the key of the page after them."""
    comments = list(shown.filter(path__gt=after).order_by("path")[: PAGE_SIZE + 1])
    if not comments and after:
        return _page_after(shown, "")
    later = comments[PAGE_SIZE - 1].path if len(comments) > PAGE_SIZE else ""
    return comments[:PAGE_SIZE], after, later


def _page_before(shown: ThreadCommentQuerySet, before: str) -> tuple[list[ThreadComment], str, str]:
    """The comments before a key; fewer than a page of them are the first page."""
    comments = list(shown.filter(path__lt=before).order_by("-path")[: PAGE_SIZE + 1])[::-1]
    if len(comments) <= PAGE_SIZE:
        return _page_after(shown, "")
    return comments[1:], comments[0].path, comments[-1].path


def _own_pending(discussion: Discussion, user: Any, comments: list[ThreadComment], *, after: str, is_last: bool) -> Iterable[ThreadComment]:
    """The person's own comments that wait for a moderator and belong on this page."""
    if not is_known(user):
        return []
    pending = ThreadComment.objects.own_unpublished(user).filter(discussion=discussion, path__gt=after)
    if not is_last:
        pending = pending.filter(path__lte=comments[-1].path)
    return pending.select_related("user").order_by("path")[:PAGE_SIZE]


def _ancestors_of_first(discussion: Discussion, comments: list[ThreadComment]) -> list[ThreadComment]:
    """What stands above the first comment: whatever any row of the page answers is here or on the page."""
    if not comments or comments[0].is_root:
        return []
    above = ThreadComment.objects.filter(discussion=discussion, path__in=paths.ancestor_paths(comments[0].path))
    return list(above.select_related("user").defer("comment", "html").order_by("path"))


def _names(comments: Iterable[ThreadComment]) -> list[str]:
    return [_public_name(comment) for comment in comments]


def _public_name(comment: ThreadComment) -> str:
    """The author's name, where the comment itself may be read."""
    return comment.author_name if comment.status == Status.PUBLISHED else gettext("a comment no longer shown")


def _rows(comments: list[ThreadComment], ancestors: list[ThreadComment], user: Any) -> list[Row]:
    badges = _badges(comments, user)
    above = {comment.path: comment for comment in ancestors}
    on_page: dict[str, Row] = {}
    for comment in comments:
        row = _row(comment, badges, user)
        _place(row, comment, on_page, above)
        on_page[comment.path] = row
        above[comment.path] = comment
    rows = list(on_page.values())
    _nest(rows)
    return rows


def _offer_changes(rows: list[Row], comments: list[ThreadComment], user: Any, discussion: Discussion) -> None:
    """Mark the rows whose words the person may still change."""
    editable = editable_among(comments, user, discussion)
    for row in rows:
        row.can_edit = row.pk in editable


def _badges(comments: list[ThreadComment], user: Any) -> dict[int, Network]:
    """The networks whose badge the person may see: those whose existence they may know."""
    spoken_for = {comment.network_id for comment in comments if comment.network_id}
    return Network.objects.visible_to(user).in_bulk(spoken_for) if spoken_for else {}


def _row(comment: ThreadComment, badges: dict[int, Network], user: Any) -> Row:
    is_pending = comment.status == Status.PENDING
    row = Row(pk=comment.pk, path=comment.path, date=comment.submit_date, is_pending=is_pending and is_author(user, comment))
    if comment.status == Status.PUBLISHED or row.is_pending:
        row.author, row.html, row.network = comment.author_name, comment.html, badges.get(comment.network_id)
        row.is_own, row.edited_at = is_author(user, comment), comment.edited_at
    else:
        row.tombstone = str(_TOMBSTONES.get(Status(comment.status), _("This comment is not shown.")))
    return row


def _place(row: Row, comment: ThreadComment, on_page: dict[str, Row], above: dict[str, ThreadComment]) -> None:
    """Put a row under what it answers; where that is not visible just above, let it say whom it answers."""
    if comment.is_root:
        return
    parent_path = comment.path[: -paths.WIDTH]
    parent = on_page.get(parent_path)
    row.level = min(parent.level + 1, DEEPEST_LEVEL) if parent else 0
    if parent is None or parent.level == DEEPEST_LEVEL:
        answered = above.get(parent_path)
        row.answers = _public_name(answered) if answered else gettext("a comment no longer shown")
        row.answers_pk = answered.pk if answered else None


def _nest(rows: list[Row]) -> None:
    """Say where lists open and close, so that the template writes nested lists in one pass."""
    for position, row in enumerate(rows, start=1):
        next_level = rows[position].level if position < len(rows) else 0
        row.opens = next_level > row.level
        row.closes = range(max(0, row.level - next_level))


def key_of_page_with(comment: ThreadComment) -> str:
    """Return the `after` key of a page that holds the comment, empty for the first page; bounded, whatever the discussion's size.

    The page begins with the comment's thread where that is near, and with the comment itself otherwise.
    """
    before = ThreadComment.objects.filter(discussion_id=comment.discussion_id, path__lt=comment.path).shown().order_by("-path")
    preceding = list(before.values_list("path", flat=True)[:PAGE_SIZE])
    if len(preceding) < PAGE_SIZE:
        return ""
    root = comment.path[: paths.WIDTH]
    return preceding[preceding.index(root) + 1 if root in preceding[:LEAD_IN] else 0]
