"""How each comment of a page is shown: strings ready to be written, since a page writes them fifty times; nothing that may not be read.

Addresses are reversed, dates and sentences formatted once for all that share them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.formats import get_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from comments import paths
from comments.models import ThreadComment
from comments.permissions import is_author
from comments.spoken import Spoken
from comments.states import WAITING, AuthorRole, Status
from networks.models import Network

DEEPEST_LEVEL = 4
"""Replies below this level are shown at it, and say whom they answer: a phone has no room for more."""

NOTHING = SafeString()

_TOMBSTONES = {
    Status.REMOVED: _("This comment was removed by its author."),
    Status.HIDDEN: _("This comment was hidden by the moderators."),
}


@dataclass
class Row:
    """A comment as it is shown; what may not be read is not in it."""

    pk: int
    path: str
    permalink: str
    key: SafeString
    """The primary key as addresses and ids write it, whatever the language does to numbers."""
    level: int = 0
    author: str = ""
    to_author: str = ""
    """The end of “Reply to …”, for those who hear a link without its place."""
    of_author: str = ""
    """What is meant, for those who hear a button without its place."""
    html: SafeString = NOTHING
    when: str = ""
    moment: str = ""
    """The date for machines."""
    role: str = ""
    network: Network | None = None
    network_url: str = ""
    spoken: Spoken | None = None
    """What is said of a network's words, and of those that stood in a space first."""
    is_of_account: bool = False
    """Whether somebody with an account wrote it: they can be asked to let it stand elsewhere."""
    speaks_for_network: bool = False
    tombstone: str = ""
    is_pending: bool = False
    to_rephrase: bool = False
    """Whether a moderator asks this person, its author, for better words."""
    is_own: bool = False
    is_new: bool = False
    edited_when: str = ""
    edited_moment: str = ""
    can_edit: bool = False
    is_featured: bool = False
    is_pinned: bool = False
    is_useful_to_me: bool = False
    takes_vote: bool = False
    """Whether this person can call it useful, or could once signed in."""
    useful_count: int = 0
    useful_sentence: str = ""
    answers: str = ""
    answers_url: str = ""
    hide_replies: str = ""
    show_replies: str = ""
    opens: bool = False
    closes: SafeString = NOTHING

    @property
    def looks(self) -> str:
        """The ends of the class names that say what is special about it."""
        marks = {
            "pending": self.is_pending,
            "new": self.is_new,
            "featured": self.is_featured,
            "network": self.speaks_for_network,
        }
        return "".join(f" comment--{name}" for name, holds in marks.items() if holds)

    @property
    def takes_replies(self) -> bool:
        """Whether it can be answered: published, not a tombstone."""
        return not self.is_pending and not self.tombstone


class Address:
    """The addresses of one name for many comments, reversed once."""

    def __init__(self, name: str) -> None:
        self._before, _key, self._after = reverse(name, args=[0]).rpartition("0")

    def of(self, pk: int) -> SafeString:
        """The address of one comment."""
        return SafeString(f"{self._before}{pk}{self._after}")


class Dates:
    """Moments as a person reads them, in the language and the time zone of the request."""

    def __init__(self) -> None:
        self._day, self._time = get_format("DATE_FORMAT"), get_format("TIME_FORMAT")
        self._days: dict[date, str] = {}

    def of(self, moment: datetime) -> SafeString:
        """The day, written once for all comments of it, and the time."""
        here = timezone.localtime(moment)
        day = here.date()
        if day not in self._days:
            self._days[day] = format_date(here, self._day)
        return SafeString(f"{self._days[day]}, {format_date(here, self._time)}")


class Display:
    """Makes the rows of one page for one person.

    `badges` are the networks they may know of, by key; what was published after `seen_at` is new to them; `spoken` is what
    `comments.spoken` says of some of them.
    """

    def __init__(
        self,
        viewer: Any,
        *,
        is_open: bool,
        badges: dict[int, Network],
        seen_at: datetime | None = None,
        spoken: dict[int, Spoken] | None = None,
    ) -> None:
        self.spoken = spoken or {}
        self.viewer = viewer
        self.is_open = is_open
        self.badges = badges
        self.seen_at = seen_at
        self.permalinks = Address("comments:permalink")
        self.dates = Dates()
        self.roles = {role.value: str(role.label) for role in AuthorRole}
        self.to_author, self.of_author = escape(gettext("to %(name)s")), escape(gettext("comment by %(name)s"))
        self.in_reply_to = escape(gettext("in reply to %(name)s"))

    def rows(self, comments: list[ThreadComment], above: dict[str, ThreadComment]) -> list[Row]:
        """The rows of these comments in their order; `above` holds, by path, what stands above the first."""
        known, on_page = dict(above), dict[str, Row]()
        for comment in comments:
            row = self.row(comment)
            self._place(row, comment, on_page, known)
            on_page[comment.path] = row
            known[comment.path] = comment
        rows = list(on_page.values())
        _nest(rows, {comment.path: comment.published_descendants for comment in comments})
        return rows

    def row(self, comment: ThreadComment) -> Row:
        """What may be shown of one comment."""
        is_own = is_author(self.viewer, comment)
        row = Row(comment.pk, comment.path, self.permalinks.of(comment.pk), SafeString(str(comment.pk)))
        row.is_pending = comment.status in WAITING and is_own
        row.to_rephrase = row.is_pending and comment.status == Status.REPHRASING
        if comment.status != Status.PUBLISHED and not row.is_pending:
            row.tombstone = str(_TOMBSTONES.get(Status(comment.status), _("This comment is not shown.")))
            return row
        row.author, row.is_own = escape(self._name(comment)), is_own
        row.spoken, row.speaks_for_network = self.spoken.get(comment.pk), comment.is_of_network
        row.is_of_account = comment.user_id is not None
        row.to_author, row.of_author = _naming(row.author, self.to_author), _naming(row.author, self.of_author)
        row.html = SafeString(comment.html)
        row.when, row.moment = self.dates.of(comment.submit_date), _for_machines(comment.submit_date)
        if comment.edited_at:
            row.edited_when, row.edited_moment = self.dates.of(comment.edited_at), _for_machines(comment.edited_at)
        row.role = self.roles.get(comment.author_role, "")
        if network := self.badges.get(comment.network_id or 0):
            row.network, row.network_url = network, network.get_absolute_url()
        if not row.is_pending:
            self._highlight(row, comment)
        return row

    def _name(self, comment: ThreadComment) -> str:
        """The author's name; a secret network's for those who may know of it."""
        network = self.badges.get(comment.network_id or 0) if comment.is_of_network else None
        return network.name if network else comment.author_name

    def _highlight(self, row: Row, comment: ThreadComment) -> None:
        """What readers and editors made of a published comment, and whether it is new to this reader."""
        row.is_featured, row.is_pinned, row.useful_count = comment.featured, comment.pinned, comment.useful_count
        if row.useful_count:
            said = ngettext("%(count)d person says so", "%(count)d people say so", row.useful_count)
            row.useful_sentence = said % {"count": row.useful_count}
        row.takes_vote = self.is_open and not row.is_own
        row.is_useful_to_me = getattr(comment, "is_useful_to_me", False)
        row.is_new = self.seen_at is not None and comment.changed_at > self.seen_at and not row.is_own

    def _place(self, row: Row, comment: ThreadComment, on_page: dict[str, Row], known: dict[str, ThreadComment]) -> None:
        """Put a row under what it answers; where that is not visible just above, let it say whom it answers."""
        if comment.is_root:
            return
        parent_path = comment.path[: -paths.WIDTH]
        parent = on_page.get(parent_path)
        row.level = min(parent.level + 1, DEEPEST_LEVEL) if parent else 0
        if parent is None or parent.level == DEEPEST_LEVEL:
            answered = known.get(parent_path)
            row.answers = _naming(escape(public_name(answered)), self.in_reply_to)
            row.answers_url = self.permalinks.of(answered.pk) if answered else ""


def public_name(comment: ThreadComment | None) -> str:
    """The author's name, where the comment itself may be read."""
    return comment.author_name if comment and comment.status == Status.PUBLISHED else gettext("a comment no longer shown")


def _for_machines(moment: datetime) -> SafeString:
    return SafeString(moment.isoformat(timespec="seconds"))


def _naming(name: SafeString, sentence: SafeString) -> SafeString:
    """A sentence with a name in it; both are escaped."""
    return SafeString(sentence % {"name": name})


def _nest(rows: list[Row], replies: dict[str, int]) -> None:
    """Say where lists open and close, so that the template writes nested lists in one pass, and how much each of them holds."""
    for position, row in enumerate(rows, start=1):
        next_level = rows[position].level if position < len(rows) else 0
        if next_level > row.level:
            count = max(1, replies[row.path])
            row.opens = True
            row.hide_replies = escape(ngettext("Hide the reply", "Hide the %(count)d replies", count) % {"count": count})
            row.show_replies = escape(ngettext("Show the reply", "Show the %(count)d replies", count) % {"count": count})
        else:
            row.closes = SafeString("</ol></details></li>" * (row.level - next_level))
