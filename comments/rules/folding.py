"""When two words are one for the rules: whatever their case, their accents, and the shapes and joiners that Unicode has for a letter."""

import re
import unicodedata
from collections.abc import Iterator

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""What shows nothing inside a word, and would hide it from a list."""
_WORD = re.compile(f"(?:[^\\W_]|[\u0300-\u036f{_INVISIBLE}])+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d"})


def fold(word: str) -> str:
    """A word in lower case, without accents, ligatures or anything but letters and digits."""
    plain = unicodedata.normalize("NFKD", word).casefold().translate(_LIGATURES)
    return "".join(character for character in unicodedata.normalize("NFKD", plain) if character.isalnum())


def without_accents(text: str) -> str:
    """A text or a pattern as patterns see it: without accents and without what shows nothing; they look past case themselves."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character) and character not in _INVISIBLE)


def words_of(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text in their order: where each begins and ends, and the word folded."""
    for match in _WORD.finditer(text):
        if folded := fold(match.group()):
            yield match.start(), match.end(), folded
