"""The word list as a CSV file: what is written, and what is read back from a file that a person may have made by hand."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

import re2
from django.utils.translation import gettext

from comments.models import Effect, ListedWord, WordKind
from comments.rules.wordlist import compiled, key_of

COLUMNS = ("kind", "text", "effect", "note", "active")
MOST_LINES = 5_000
LONGEST = {"text": 200, "note": 200}
_NO = {"no", "non", "0", "false", "faux"}


@dataclass(frozen=True)
class Line:
    """One line of a file: the word it adds, or the sentence that says why it adds none."""

    number: int
    text: str
    word: ListedWord | None = None
    problem: str = ""


def why_not(kind: str, text: str) -> str:
    """The sentence that says why a word or pattern can be no entry of the list; empty where it can."""
    if kind == WordKind.PATTERN:
        try:
            compiled(text)
        except re2.error as error:
            told = error.args[0].decode("utf-8", "replace") if error.args and isinstance(error.args[0], bytes) else str(error)
            return gettext("This pattern cannot be read: %(problem)s") % {"problem": told}
        return gettext("This pattern matches every comment.") if compiled(text).search("") else ""
    return "" if key_of(kind, text) else gettext("A word needs letters or digits.")


def read_lines(content: str) -> list[Line]:
    """Read a file line by line: columns by their names in the first line, or else one word a line; MOST_LINES at most.

    What is listed already, or twice in the file, adds nothing and says so.
    """
    rows = list(csv.reader(io.StringIO(content), delimiter=_delimiter(content)))
    names = [cell.strip().lower() for cell in rows[0]] if rows else []
    has_names = "text" in names
    known = {(kind, key_of(kind, text)) for kind, text in ListedWord.objects.values_list("kind", "text")}
    lines = []
    for number, row in enumerate(rows[1:] if has_names else rows, 2 if has_names else 1):
        if any(cell.strip() for cell in row):
            told = dict(zip(names, row, strict=False)) if has_names else {"text": row[0]}
            lines.append(_line(number, {name: _plain(value) for name, value in told.items()}, known))
        if len(lines) >= MOST_LINES:
            break
    return lines


def rows_of(words: Iterable[ListedWord]) -> Iterable[list[str]]:
    """The rows of the file of these words, with the names of the columns first."""
    yield list(COLUMNS)
    for word in words:
        yield [word.kind, word.text, word.effect, word.note, "yes" if word.active else "no"]


def _delimiter(content: str) -> str:
    """A spreadsheet in French writes semicolons."""
    first = content.partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","


def _plain(cell: str) -> str:
    """A cell without what keeps a spreadsheet from running it."""
    cell = cell.strip()
    return cell[1:] if cell[:1] == "'" and cell[1:2] in set("=+-@") else cell


def _line(number: int, told: dict[str, str], known: set[tuple[str, str]]) -> Line:
    kind, effect = told.get("kind") or WordKind.WORD, told.get("effect") or Effect.HOLD
    text, note = told.get("text", ""), told.get("note", "")
    problem = _problem(kind, effect, text, note)
    if not problem and (kind, key_of(kind, text)) in known:
        problem = gettext("Is listed already.")
    if problem:
        return Line(number, text[:80], problem=problem)
    known.add((kind, key_of(kind, text)))
    word = ListedWord(kind=kind, text=text, effect=effect, note=note, active=told.get("active", "").lower() not in _NO)
    return Line(number, text, word)


def _problem(kind: str, effect: str, text: str, note: str) -> str:
    if kind not in WordKind.values:
        return gettext("“%(value)s” is no kind: write word or pattern.") % {"value": kind[:40]}
    if effect not in Effect.values:
        return gettext("“%(value)s” is no effect: write hold or refuse.") % {"value": effect[:40]}
    if max(len(text), len(note)) > LONGEST["text"]:
        return gettext("%(number)d characters at most.") % {"number": LONGEST["text"]}
    return why_not(kind, text)
