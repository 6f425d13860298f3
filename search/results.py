"""The answer to a question: found by the database, ranked, cut into pages, and made ready to be shown."""

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from search.engines import matching
from search.models import Entry, Kind
from search.passages import Piece, marked, passage
from search.queries import Query
from search.ranking import candidates, ranked

MAX_CANDIDATES = 1_000
"""How many entries of each kind are ranked: the newest that answer. Beyond, a better question serves better than more pages."""

PAGE_SIZE = 20


@dataclass(frozen=True)
class Hit:
    """One result as it is shown: the thing, where it stands, its title and passage in pieces to mark."""

    entry: Entry
    place: str
    title: list[Piece]
    passage: list[Piece]

    @property
    def author(self) -> str:
        """Who wrote a comment."""
        return self.entry.comment.author_name

    @property
    def about(self) -> str:
        """What a comment is about."""
        return self.entry.comment.discussion.title


@dataclass(frozen=True)
class Results:
    """One page of the answer; `total` counts what was ranked, and `more` says that there is more than that."""

    query: Query
    hits: list[Hit]
    total: int = 0
    more: bool = False
    page: int = 1

    @property
    def first_number(self) -> int:
        """The number of the first result shown."""
        return (self.page - 1) * PAGE_SIZE + 1

    @property
    def pages(self) -> int:
        """How many pages there are; one at least."""
        return max(1, -(-self.total // PAGE_SIZE))


def find(query: Query, *, user: Any, kind: Kind | None = None, page: int = 1) -> Results:
    """Answer a question with what the person may see, of one kind or of all; a page past the last is the last.

    Where nothing holds all of its terms, the answer is what holds some of them (`results.query.needs_all` is False).
    """
    keys, more = _keys(query, user, kind)
    if not keys and query:
        query = query.loosened()
        keys, more = _keys(query, user, kind)
    results = Results(query, [], total=len(keys), more=more)
    page = min(max(page, 1), results.pages)
    shown = keys[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Results(query, _hits(shown, query), total=len(keys), more=more, page=page)


def _keys(query: Query, user: Any, kind: Kind | None) -> tuple[list[int], bool]:
    if not query:
        return [], False
    found, more = [], False
    for each in [kind] if kind else Kind:
        entries = matching(Entry.objects.visible_to(user, each), query, each)
        some = candidates(entries[: MAX_CANDIDATES + 1])
        more = more or len(some) > MAX_CANDIDATES
        found += some[:MAX_CANDIDATES]
    return ranked(found, query), more


def _hits(keys: list[int], query: Query) -> list[Hit]:
    entries = (
        Entry.objects.filter(pk__in=keys)
        .select_related("page", "topic__network", "comment__discussion__network", "comment__user", "comment__network")
        .defer("title_stems", "text_stems")
        .in_bulk()
    )
    shown = [entries[key] for key in keys if key in entries]
    parents = _titles_of_parents([entry.page for entry in shown if entry.page])
    return [Hit(entry, _place(entry, parents), marked(entry.title, query), passage(entry.text, query)) for entry in shown]


def _titles_of_parents(pages: list[Page]) -> dict[str, str]:
    paths = {_parent_path(page) for page in pages}
    return dict(Page.objects.live().filter(path__in=paths, depth__gt=1).values_list("path", "title"))


def _parent_path(page: Page) -> str:
    return page.path[: -Page.steplen]


def _place(entry: Entry, parents: dict[str, str]) -> str:
    """What the thing stands in: a page's section, or the network of a topic or of a comment's discussion."""
    if entry.page:
        return parents.get(_parent_path(entry.page), "")
    network = entry.topic.network if entry.topic else entry.comment.discussion.network
    return network.name if network else ""
