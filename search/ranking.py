"""Which of the entries that answer a question come first; the same on every database, and always the same."""

from typing import NamedTuple

from django.db import models
from django.db.models.functions import Substr

from search.models import Entry, EntryQuerySet
from search.queries import Query, Term

WEIGHED_STEMS = 4_000
"""How much of an entry's stems is weighed, in characters; words beyond still find it, but weigh nothing."""


class Candidate(NamedTuple):
    """What ranking reads of an entry."""

    id: int
    title_stems: str
    beginning: str
    date: object


def candidates(entries: EntryQuerySet | models.QuerySet[Entry]) -> list[Candidate]:
    """Read what ranking needs of some entries, and no more."""
    rows = entries.annotate(beginning=Substr("text_stems", 1, WEIGHED_STEMS))
    return [Candidate(*row) for row in rows.values_list("id", "title_stems", "beginning", "date")]


def ranked(found: list[Candidate], query: Query) -> list[int]:
    """The keys of the candidates, best first.

    First by how many of the question's terms they hold, then by how many stand in the title, then by how densely the text
    speaks of them (in steps of a tenth), then the newest; the key settles what is left.
    """
    return [candidate.id for candidate in sorted(found, key=lambda candidate: _merit(candidate, query.terms), reverse=True)]


def _merit(candidate: Candidate, terms: tuple[Term, ...]) -> tuple:
    in_title = [_count(term, candidate.title_stems) for term in terms]
    in_text = [_count(term, candidate.beginning) for term in terms]
    held = sum(1 for title, text in zip(in_title, in_text, strict=True) if title or text)
    length = len(candidate.beginning) / WEIGHED_STEMS
    density = sum(count / (count + 1 + length) for count in in_text)
    return held, sum(map(bool, in_title)), round(density, 1), candidate.date, candidate.id


def _count(term: Term, stems: str) -> int:
    return f" {stems} ".count(f" {term.stems}" if term.beginning else f" {term.stems} ")
