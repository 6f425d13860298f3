"""The only writers of the index."""

import logging
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models, transaction

from networks.prepared import PreparedInsert
from search import catching_up
from search.models import Entry
from search.sources import SOURCES, Source, entries_without_a_thing, source_of

logger = logging.getLogger(__name__)

BATCH = 500
_KEPT = ["kind", "title", "text", "title_stems", "text_stems", "language", "date", "changed_at"]


def index(thing: models.Model) -> None:
    """Write what the index keeps of one thing, in the transaction of its change; its cost is that thing's alone.

    A failure is logged and undone by itself: nothing a person wrote is lost for it, and `search.catching_up` writes it later.
    """
    source = source_of(type(thing))
    _apart(thing, lambda: _write(source, [thing]))


def index_many(things: models.QuerySet) -> None:
    """Write what the index keeps of many things of one kind, in the transaction that wrote them; a failure is logged as for one."""
    source = source_of(things.model)
    _apart(things.model(), lambda: deque(_index_all(source, things), maxlen=0))


def forget(thing: models.Model) -> None:
    """Take one thing out of the index; where this fails, `visible_to` keeps it out of every answer all the same."""
    source = source_of(type(thing))
    _apart(thing, lambda: Entry.objects.filter(**{source.field: thing.pk}).delete())


def index_everything(*, only_missing: bool = False) -> Iterator[int]:
    """Index all that can be found, or what the index misses or holds out of date; yields the size of each batch written."""
    for source in SOURCES:
        yield from _index_all(source, source.outdated() if only_missing else source.findable())


def count_to_index(*, only_missing: bool = False) -> int:
    """How many things `index_everything` would write."""
    return sum((source.outdated() if only_missing else source.findable()).count() for source in SOURCES)


def forget_what_is_gone() -> int:
    """Delete the entries whose thing can no longer be found by anybody, and return how many."""
    return entries_without_a_thing().delete()[0]


def _apart(thing: models.Model, write: Any) -> None:
    try:
        with transaction.atomic():
            write()
    except Exception:  # whatever fails here, the comment or page it came with must not
        logger.exception("Search: %s %s is not indexed; rebuild_search --missing will catch up.", thing._meta.label, thing.pk)
        catching_up.something_was_missed()
    else:
        catching_up.something_was_written()


_INSERTS = {source.field: PreparedInsert(Entry, unique=[source.field], updates=_KEPT) for source in SOURCES}


def _write(source: Source, things: Sequence[models.Model]) -> None:
    entries = [source.entry(thing) for thing in things]
    if len(entries) == 1:
        _INSERTS[source.field].one(entries[0])
    else:
        Entry.objects.bulk_create(entries, update_conflicts=True, unique_fields=[source.field], update_fields=_KEPT)


def _index_all(source: Source, things: models.QuerySet) -> Iterator[int]:
    """In batches of short transactions, by key, so that people go on posting meanwhile."""
    last = 0
    while batch := list(source.with_what_is_read(things.filter(pk__gt=last).order_by("pk"))[:BATCH]):
        _write(source, batch)
        last = batch[-1].pk
        yield len(batch)
