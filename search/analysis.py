"""The one analyser: what a word of a text or of a question becomes before the two are compared.

Both databases store and compare the stems made here, so that a search answers alike on SQLite and PostgreSQL. Accents are
folded before stemming, not after: only then does a word typed without them take the same road as the word of the text.
Snowball's French rules for accented endings (-é, -ée, -ière) are lost by it; `_ENDINGS` gives back those that matter.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import local

import Stemmer

MAX_WORD = 64
"""A longer word keeps its first characters only: nobody types more, and both engines have a limit."""

_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"})

_ENDINGS = [
    (re.compile(r"(?<=..)ees?$"), "e"),  # élevée, financées
    (re.compile(r"ieres?$"), "ier"),  # première
    (re.compile(r"(?<=c)trices?$"), "teur"),  # actrice, directrice
    (re.compile(r"(?<=e)rs$"), "r"),  # plaidoyers, leaders
    (re.compile(r"(?<=..[iu])s$"), ""),  # élus, amis
    (re.compile(r"(?<=oi)s$"), ""),  # lois
    (re.compile(r"(jeu|lieu|oeu|feu)x$"), r"\1"),  # enjeux, milieux, vœux
]
_IRREGULAR = {"publique": "public", "publiques": "public", "travaux": "travail", "yeux": "oeil"}

_FRENCH_STOP_WORDS = """
a au aux avec c ce ces cet cette d dans de des du elle elles en est et eux il ils j je jusqu l la le les leur leurs lorsqu lui
m ma mais me mes mon n ne nos notre nous on ou par pas pour puisqu qu que qui quoiqu s sa se ses si son sont sur t ta te tes
toi ton tu un une vos votre vous y
"""
STOP_WORDS = frozenset(_FRENCH_STOP_WORDS.split())
"""Words too common to tell one text from another, folded, and what an apostrophe leaves behind (l’, d’, qu’, jusqu’)."""

_stemmers = local()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, and its stem."""

    start: int
    end: int
    stem: str


def words(text: str) -> Iterator[Word]:
    """The words of a text that count, in order; stop words are left out."""
    for match in _WORD.finditer(text):
        if stem := stem_of(match.group()):
            yield Word(match.start(), match.end(), stem)


def stems(text: str) -> str:
    """The stems of a text, one space between two: what the index holds."""
    return " ".join(word.stem for word in words(text))


def fold(word: str) -> str:
    """A word in lower case, without accents, ligatures or anything but letters and digits."""
    decomposed = unicodedata.normalize("NFKD", word.translate(_LIGATURES).casefold())
    return "".join(character for character in decomposed if character.isalnum())[:MAX_WORD]


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    """The stem of one word; empty for a stop word."""
    folded = fold(word)
    if not folded or folded in STOP_WORDS:
        return ""
    folded = _IRREGULAR.get(folded, folded)
    for ending, replacement in _ENDINGS:
        folded = ending.sub(replacement, folded)
    return _stemmer().stemWord(folded)


def _stemmer() -> Stemmer.Stemmer:
    """A stemmer for this thread: PyStemmer's are not to be shared."""
    if not hasattr(_stemmers, "french"):
        _stemmers.french = Stemmer.Stemmer("french")
    return _stemmers.french
