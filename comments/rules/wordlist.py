"""The word list, ready to be looked up: the cost of a text depends on its length, not on how many words are listed."""

import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import re2

from comments.models import Effect, ListedWord, WordKind
from comments.rules.folding import fold, without_accents, words_of
from comments.rules.seen import Seen

logger = logging.getLogger(__name__)

TEXT_SECONDS = 0.25
"""How long all patterns together may look at one text: somebody waits for their comment to be stored."""
LARGEST_PATTERN = 1 << 18
"""The memory that a pattern may take, in bytes, which also bounds its time: a long text costs the largest a few hundredths of a second."""


@dataclass(frozen=True)
class Hit:
    """An entry of the list that stands in a text; `too_slow` where no time was left to try a pattern."""

    entry: ListedWord
    too_slow: bool = False

    @property
    def refuses(self) -> bool:
        """Whether the comment is refused for it."""
        return self.entry.effect == Effect.REFUSE and not self.too_slow


class WordList:
    """Entries of the list, compiled."""

    def __init__(self, entries: Iterable[ListedWord]) -> None:
        self._phrases: dict[str, list[tuple[tuple[str, ...], ListedWord]]] = defaultdict(list)
        self._patterns: list[tuple[Any, ListedWord]] = []
        for entry in entries:
            if entry.kind == WordKind.PATTERN:
                self._add_pattern(entry)
            elif words := tuple(word for _start, _end, word in words_of(entry.text)):
                self._phrases[words[0]].append((words, entry))

    def _add_pattern(self, entry: ListedWord) -> None:
        try:
            self._patterns.append((compiled(entry.text), entry))
        except re2.error:
            logger.exception("Pattern %s of the word list is none: it is left out.", entry.pk)

    def hits(self, seen: Seen) -> list[Hit]:
        """The entries that stand in what a comment says, each once."""
        found = {id(entry): Hit(entry) for _start, _end, entry in self.places(seen.everything)}
        return [*found.values(), *self._hits_of_patterns(seen.everything)]

    def places(self, text: str) -> Iterator[tuple[int, int, ListedWord]]:
        """Where words and phrases of the list stand in a text."""
        words = list(words_of(text)) if self._phrases else []
        folded = [word for _start, _end, word in words]
        for place, word in enumerate(folded):
            for phrase, entry in self._phrases.get(word, ()):
                if tuple(folded[place : place + len(phrase)]) == phrase:
                    yield words[place][0], words[place + len(phrase) - 1][1], entry

    def _hits_of_patterns(self, text: str) -> Iterator[Hit]:
        if not self._patterns:
            return
        looked_at, until = without_accents(text), time.monotonic() + TEXT_SECONDS
        for pattern, entry in self._patterns:
            if time.monotonic() > until:
                logger.warning("Pattern %s of the word list was not tried: those before it took too long.", entry.pk)
                yield Hit(entry, too_slow=True)
            elif pattern.search(looked_at):
                yield Hit(entry)


def compiled(pattern: str) -> Any:
    """A pattern ready to look past case and accents, in a time that grows as the text does; raises re2.error for what is none."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = LARGEST_PATTERN
    return re2.compile(without_accents(pattern), options)


def key_of(kind: str, text: str) -> str:
    """What makes two entries the same: the folded words of a phrase, a pattern to the letter."""
    return text if kind == WordKind.PATTERN else " ".join(fold(text[start:end]) for start, end, _word in words_of(text))
