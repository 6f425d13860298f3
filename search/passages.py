"""The passage of a text that answers a question, as pieces of plain text that a template marks and escapes."""

from bisect import bisect_left
from typing import NamedTuple

from search.analysis import Word, words
from search.queries import Query

LENGTH = 200
LEAD = 50
"""How much of the text stands before the first marked word, in characters."""


class Piece(NamedTuple):
    """A stretch of text, and whether it answers the question."""

    text: str
    marked: bool


def marked(text: str, query: Query) -> list[Piece]:
    """A whole short text, its answering words marked."""
    return _pieces(text, _answering(text, query), 0, len(text))


def passage(text: str, query: Query) -> list[Piece]:
    """About LENGTH characters where most of the question's words stand together; the beginning where none does."""
    found = _answering(text, query)
    start, end = _window(text, _best(found))
    pieces = _pieces(text, found, start, end)
    return [*([Piece("… ", False)] if start else []), *pieces, *([Piece(" …", False)] if end < len(text) else [])]


def _answering(text: str, query: Query) -> list[Word]:
    return [word for word in words(text) if any(term.answered_by(word.stem) for term in query.terms)]


def _best(found: list[Word]) -> int:
    """Where the stretch begins that holds the most different answering words, then the most of them."""
    starts = [word.start for word in found]

    def richness(index: int) -> tuple[int, int, int]:
        stretch = found[index : bisect_left(starts, starts[index] + LENGTH - LEAD)]
        return len({word.stem for word in stretch}), len(stretch), -index

    best = max(range(len(found)), key=richness, default=None)
    return 0 if best is None else starts[best]


def _window(text: str, around: int) -> tuple[int, int]:
    """The passage's bounds, moved to the spaces between words."""
    start = 0 if around <= LEAD else text.find(" ", around - LEAD, around) + 1 or around
    end = len(text) if start + LENGTH >= len(text) else text.rfind(" ", start, start + LENGTH)
    return start, end if end > start else min(start + LENGTH, len(text))


def _pieces(text: str, found: list[Word], start: int, end: int) -> list[Piece]:
    pieces, position = [], start
    for word in found:
        if start <= word.start and word.end <= end:
            pieces += [Piece(text[position : word.start], False), Piece(text[word.start : word.end], True)]
            position = word.end
    return [piece for piece in [*pieces, Piece(text[position:end], False)] if piece.text]
