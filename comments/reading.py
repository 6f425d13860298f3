"""One page of a discussion as a reader sees it: paged by key, nested, with nothing in it that may not be shown."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django_comments.models import CommentFlag

from comments import paths
from comments.display import Display, Row, public_name
from comments.models import Discussion, ThreadComment, ThreadCommentQuerySet
from comments.orders import PAGE_SIZE, Order, Slice, take
from comments.permissions import editable_among, is_known
from comments.rows import USEFUL
from comments.spoken import spoken_of
from comments.states import ONCE_PUBLIC
from networks.models import Network, Visibility
from networks.prepared import Parameter, PreparedQuery

LEAD_IN = 25
"""How far above a linked comment its page may begin, so that the thread it belongs to is seen from its start."""
EXCERPT = 160
"""How many characters of a pinned comment stand above the discussion."""
_BLOCKS = re.compile(r"<(?=/?(?:p|li|br|blockquote)\b)")

_COLUMNS = (
    *("discussion", "root", "path", "depth", "status", "html", "user", "user_name", "user_email", "submit_date"),
    *("network", "author_role", "useful_count", "pinned", "featured", "published_descendants", "edited_at", "changed_at", "voice"),
)
"""What a row shows, or needs in order to know what it may show."""
_BADGE = ("name", "acronym", "slug", "colour", "visibility")


@dataclass
class Pin:
    """A comment that editors point readers to, as it is named above the discussion."""

    row: Row
    excerpt: str


@dataclass
class CommentPage:
    """The rows of one page, and the keys of the pages beside it (empty where there is none)."""

    rows: list[Row]
    order: Order = Order.OLDEST
    earlier: str = ""
    later: str = ""
    is_first: bool = True
    continues: list[str] = field(default_factory=list)
    """The names of those answered above the first row, when the page begins in the middle of a thread."""
    pins: list[Pin] = field(default_factory=list)


def read_page(
    discussion: Discussion,
    user: Any,
    *,
    order: Order = Order.OLDEST,
    after: str = "",
    before: str = "",
    sought: int | None = None,
    seen_at: datetime | None = None,
) -> CommentPage:
    """Return the page that follows the key `after`, or precedes `before`; nonsense in either gives the first page.

    `sought` is the key of a comment whose address led here: where it is shown no more, a sentence stands at its place. What
    was published after `seen_at` is marked as new.
    """
    if discussion.pk is None:
        return CommentPage([], order)
    comments_of_all = _as_shown_to(ThreadComment.objects.all(), user)
    everything = comments_of_all.filter(discussion=discussion)
    part = take(comments_of_all, discussion, order, after=after, before=before)
    pinned = list(everything.pinned().order_by("path")) if _may_have_pins(discussion, part) else []
    comments = _with(part, _only_for_this_reader(everything, discussion, user, sought), order)
    ancestors = _ancestors_of_first(everything, comments)
    display = Display(
        user,
        is_open=discussion.is_open(),
        badges=_badges([*comments, *pinned], user),
        seen_at=seen_at,
        spoken=spoken_of(comments, user),
    )
    rows = display.rows(comments, {comment.path: comment for comment in ancestors})
    _offer_changes(rows, comments, user, discussion)
    return CommentPage(
        rows,
        order,
        earlier=part.comments[0].path if part.comments and part.after and order == Order.OLDEST else "",
        later=part.later,
        is_first=not part.after,
        continues=[public_name(comment) for comment in ancestors],
        pins=[Pin(display.row(comment), _excerpt(comment)) for comment in pinned],
    )


def _as_shown_to(comments: ThreadCommentQuerySet, user: Any) -> ThreadCommentQuerySet:
    """The comments with all that a row shows, in one query."""
    people = [f"user__{field.attname}" for field in get_user_model()._meta.concrete_fields if field.name != "password"]
    comments = comments.select_related("user", "network").only(*_COLUMNS, *people, *(f"network__{name}" for name in _BADGE))
    if not user.is_authenticated:
        return comments
    votes = CommentFlag.objects.filter(comment=OuterRef("pk"), user=user, flag=USEFUL)
    return comments.annotate(is_useful_to_me=Exists(votes))


def _may_have_pins(discussion: Discussion, part: Slice) -> bool:
    return not part.after and getattr(discussion, "has_pins", True)


def _only_for_this_reader(
    everything: ThreadCommentQuerySet, discussion: Discussion, user: Any, sought: int | None
) -> Iterable[ThreadComment]:
    """The person's own comments that wait for a moderator, and the comment they look for where it is shown no more."""
    wanted = Q()
    if (discussion.pending_count or discussion.rephrasing_count) and is_known(user):
        own = ThreadComment.objects.own_unpublished(user).filter(discussion=discussion).order_by("-path")
        wanted |= Q(pk__in=own.values("pk")[:PAGE_SIZE])
    if sought:
        wanted |= Q(pk=sought, shown=False, status__in=ONCE_PUBLIC)
    return everything.filter(wanted) if wanted else []


def _with(part: Slice, more: Iterable[ThreadComment], order: Order) -> list[ThreadComment]:
    """The comments of a page and those shown to this reader alone, each at its place; threads of theirs alone come first."""
    rank = {root: number for number, root in enumerate(dict.fromkeys(_root_path(comment) for comment in part.comments))}
    placed = [comment for comment in more if _belongs(comment, part, order, rank)]
    if order == Order.OLDEST:
        return sorted([*part.comments, *placed], key=lambda comment: comment.path)
    return sorted([*part.comments, *placed], key=lambda comment: (rank.get(_root_path(comment), -1), comment.path))


def _belongs(comment: ThreadComment, part: Slice, order: Order, rank: dict[str, int]) -> bool:
    """Whether a comment that is no part of the discussion for others stands on this page."""
    last = part.comments[-1].path if part.later else ""
    if order == Order.OLDEST:
        return part.after < comment.path and (not last or comment.path <= last)
    root = _root_path(comment)
    if root not in rank:
        return not part.after
    begins_before, ends_after = part.after.startswith(root), last.startswith(root)
    return not (begins_before and comment.path < part.after) and not (ends_after and comment.path > last)


def _root_path(comment: ThreadComment) -> str:
    return comment.path[: paths.WIDTH]


def _ancestors_of_first(everything: ThreadCommentQuerySet, comments: list[ThreadComment]) -> list[ThreadComment]:
    """What stands above the first comment: whatever any row of the page answers is here or on the page."""
    if not comments or comments[0].is_root:
        return []
    return list(everything.filter(path__in=paths.ancestor_paths(comments[0].path)).order_by("path"))


def _offer_changes(rows: list[Row], comments: list[ThreadComment], user: Any, discussion: Discussion) -> None:
    """Mark the rows whose words the person may still change."""
    editable = editable_among(comments, user, discussion)
    for row in rows:
        row.can_edit = row.pk in editable


def _badges(comments: list[ThreadComment], user: Any) -> dict[int, Network]:
    """The networks whose badge the person may see: those whose existence they may know."""
    spoken_for = {comment.network_id: comment.network for comment in comments if comment.network_id}
    secret = [key for key, network in spoken_for.items() if network.visibility == Visibility.SECRET]
    known = _known(secret, user) if secret else set()
    return {key: network for key, network in spoken_for.items() if network.visibility != Visibility.SECRET or key in known}


def _known(networks: list[int], user: Any) -> set[int]:
    visible: QuerySet = Network.objects.visible_to(user)
    return set(visible.filter(pk__in=networks).values_list("pk", flat=True))


def _excerpt(comment: ThreadComment) -> str:
    words = unescape(strip_tags(_BLOCKS.sub(" <", comment.html)))
    return Truncator(" ".join(words.split())).chars(EXCERPT)


_PRECEDING = PreparedQuery(
    lambda: (
        ThreadComment.objects.filter(discussion_id=Parameter("discussion", Discussion._meta.pk), path__lt=Parameter("path"))
        .shown()
        .order_by("-path")
        .values_list("path")[:PAGE_SIZE]
    )
)


def key_of_page_with(comment: ThreadComment) -> str:
    """Return the `after` key of a page that holds the comment, empty for the first page; bounded, whatever the discussion's size.

    The page begins with the comment's thread where that is near, and with the comment itself otherwise.
    """
    preceding = [path for (path,) in _PRECEDING.all(discussion=comment.discussion_id, path=comment.path)]
    if len(preceding) < PAGE_SIZE:
        return ""
    root = comment.path[: paths.WIDTH]
    return preceding[preceding.index(root) + 1 if root in preceding[:LEAD_IN] else 0]
