"""What a person typed in the search box, understood without ever failing; no engine sees it as it was typed."""

import re
import unicodedata
from dataclasses import dataclass, replace

from networks.markup import clean_text
from search.analysis import stems, words

MAX_LENGTH = 200
MAX_TERMS = 12
SHORTEST_BEGINNING = 3
"""A shorter word is never searched as the beginning of others: it begins too many."""

_QUOTES = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "„": '"'})
_PHRASE = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Term:
    """Stems that stand side by side in a text; `beginning`: the last may also begin a longer one."""

    stems: str
    beginning: bool = False

    def answered_by(self, stem: str) -> bool:
        """Whether a stem of a text is one of this term's, or begins so."""
        if self.beginning:
            return stem.startswith(self.stems)
        return stem in self.stems.split(" ")


@dataclass(frozen=True, slots=True)
class Query:
    """A question: its terms, whether a text needs all of them, and what is said about how it was read."""

    text: str
    terms: tuple[Term, ...] = ()
    needs_all: bool = True
    was_cut: bool = False

    def __bool__(self) -> bool:
        """Whether there is something to search for."""
        return bool(self.terms)

    def loosened(self) -> "Query":
        """The same question asked again where nothing answers all of it: any of its words, or a word that begins so."""
        found = dict.fromkeys(stem for term in self.terms for stem in term.stems.split(" "))
        terms = tuple(Term(stem, beginning=len(stem) >= SHORTEST_BEGINNING) for stem in found)
        return replace(self, terms=terms[:MAX_TERMS], needs_all=False)


def parse(typed: str) -> Query:
    """Read what was typed: words, and phrases between quotation marks; every other sign is passed over.

    The first MAX_LENGTH characters and MAX_TERMS terms are read; `was_cut` says when there were more.
    """
    whole = " ".join(unicodedata.normalize("NFC", clean_text(typed[: MAX_LENGTH * 10])).split())
    text = _cut(whole)
    terms = tuple(dict.fromkeys(_terms(text.translate(_QUOTES))))
    return Query(text, terms[:MAX_TERMS], was_cut=text != whole or len(terms) > MAX_TERMS)


def _cut(text: str) -> str:
    """The first MAX_LENGTH characters, without the word that this cuts in two."""
    if len(text) <= MAX_LENGTH:
        return text
    start, space, _ = text[: MAX_LENGTH + 1].rpartition(" ")
    return start if space else text[:MAX_LENGTH]


def _terms(text: str) -> list[Term]:
    phrases = [Term(phrase) for quoted in _PHRASE.findall(text) if (phrase := stems(quoted))]
    return phrases + [Term(word.stem) for word in words(_PHRASE.sub(" ", text))]
