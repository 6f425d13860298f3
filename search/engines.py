"""How each database is asked which entries hold the words of a question."""

from collections.abc import Callable

from django.db import connections, router

from search.models import Entry, EntryQuerySet, Kind
from search.queries import Query, Term


def matching(entries: EntryQuerySet, query: Query, kind: Kind) -> EntryQuerySet:
    """The entries of one kind that answer a question, the newest first.

    A query set's `extra` is what names an index that is no model: FTS5's table, PostgreSQL's generated column.
    Both expressions are made of stems, letters and digits only, and passed as parameters.
    """
    return _ENGINES[connections[entries.db].vendor](entries.filter(kind=kind), query, kind)


def _postgresql(entries: EntryQuerySet, query: Query, kind: Kind) -> EntryQuerySet:
    expression = _joined(query, _tsquery_term, " & ", " | ")
    return entries.extra(where=["search_entry.vector @@ %s::tsquery"], params=[expression]).order_by("-id")


def _tsquery_term(term: Term) -> str:
    words = " <-> ".join(f"'{stem}'" for stem in term.stems.split(" "))
    return f"{words}:*" if term.beginning else f"({words})"


def _sqlite(entries: EntryQuerySet, query: Query, kind: Kind) -> EntryQuerySet:
    """FTS5 reads its own rows from the newest, so that a LIMIT stops it early; the kind is a word of the index for that."""
    expression = _joined(query, _fts5_term, " AND ", " OR ")
    return entries.extra(
        tables=["search_fulltext"],
        where=["search_fulltext.rowid = search_entry.id", "search_fulltext MATCH %s"],
        params=[f"kind : {kind.value} AND {{title_stems text_stems}} : ({expression})"],
        order_by=["-search_fulltext.rowid"],
    )


def _fts5_term(term: Term) -> str:
    return f'"{term.stems}"{"*" if term.beginning else ""}'


def _joined(query: Query, written: Callable[[Term], str], every: str, any_: str) -> str:
    return (every if query.needs_all else any_).join(written(term) for term in query.terms)


def settle() -> None:
    """Let the database put its index in order after many writes: PostgreSQL counts its words, SQLite merges its pieces."""
    with connections[router.db_for_write(Entry)].cursor() as cursor:
        cursor.execute(_SETTLING[cursor.db.vendor])


_SETTLING = {"postgresql": "ANALYZE search_entry", "sqlite": "INSERT INTO search_fulltext(search_fulltext) VALUES ('optimize')"}
_ENGINES = {"postgresql": _postgresql, "sqlite": _sqlite}
