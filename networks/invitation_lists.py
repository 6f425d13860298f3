"""Lists of people to invite: a line each, as spreadsheets write them, and what became of every line."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from networks.accounts import fold
from networks.services import Invited
from networks.states import InviteOutcome, Role

MOST_LINES = 500
MOST_BYTES = 1_000_000
LONGEST_ADDRESS = 254

_SEPARATORS = ";\t,"
_BEHIND_A_NAME = re.compile(r"<\s*([^<>\s]+)\s*>$")
_HEADERS = ("mail", "adresse", "address", "courriel", "nom", "name")
_ROLES = {
    **dict.fromkeys(["member", "membre", "adherent", "adherente"], Role.MEMBER),
    **dict.fromkeys(["facilitator", "animateur", "animatrice", "animateurrice", "animation"], Role.FACILITATOR),
    **dict.fromkeys(["moderator", "moderateur", "moderatrice", "moderateurrice", "moderation"], Role.MODERATOR),
}
TO_CORRECT = frozenset({InviteOutcome.INVALID, InviteOutcome.UNKNOWN_ROLE, InviteOutcome.TOO_MANY})
"""What a line is kept for, to be sent again once it is put right."""


@dataclass(frozen=True)
class Line:
    """One line of a list: as it was written, what was read in it, and what became of it (None: to be invited)."""

    number: int
    text: str
    email: str = ""
    role: Role = Role.MEMBER
    outcome: InviteOutcome | None = None


def decode(content: bytes) -> str:
    """The text of a file as spreadsheets save it: UTF-8 or UTF-16 with their marks, UTF-8 without, or else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def written_lines(text: str) -> list[tuple[int, str]]:
    """The lines that hold something, with their numbers, without the line of headings that a spreadsheet begins with.

    A line of nothing but addresses is one for each, under the same number: people paste what stands in their mail program.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip(f" {_SEPARATORS}\"'")]
    if lines and "@" not in lines[0][1] and any(word in _plain(lines[0][1]) for word in _HEADERS):
        lines = lines[1:]
    return [(number, part) for number, line in lines for part in _apart(line)]


def _apart(line: str) -> list[str]:
    cells = [cell for cell in _cells(line) if cell]
    return cells if len(cells) > 1 and all(_is_address(_address_in(cell)) for cell in cells) else [line]


def read_lines(text: str) -> Iterator[Line]:
    """Each line read: an address, perhaps a name, perhaps a role, in any order; an address that stands twice is read once."""
    seen: set[str] = set()
    for number, written in written_lines(text):
        line = _read(number, written)
        if line.outcome is None:
            line = replace(line, outcome=InviteOutcome.DUPLICATE) if fold(line.email) in seen else line
            seen.add(fold(line.email))
        yield line


def with_outcomes(lines: Iterable[Line], invited: Iterable[Invited]) -> list[Line]:
    """The lines, those to be invited with what became of them, in the same order."""
    results = iter(invited)
    return [line if line.outcome else replace(line, outcome=next(results).outcome) for line in lines]


def _read(number: int, written: str) -> Line:
    cells = _cells(written)
    email = next((cell for cell in cells if "@" in cell), cells[0] if cells else "")
    others = [cell for cell in cells if cell and cell is not email]
    roles = [_ROLES[_plain(cell)] for cell in others if _plain(cell) in _ROLES]
    address = _address_in(email)
    if not _is_address(address):
        return Line(number, written, outcome=InviteOutcome.INVALID)
    if not roles and len(others) > 1:
        return Line(number, written, address, outcome=InviteOutcome.UNKNOWN_ROLE)
    return Line(number, written, address, roles[-1] if roles else Role.MEMBER)


def _cells(written: str) -> list[str]:
    separator = next((mark for mark in _SEPARATORS if mark in written), _SEPARATORS[0])
    try:
        rows = list(csv.reader([written], delimiter=separator))
    except csv.Error:
        return [written]
    return [cell.strip() for cell in rows[0]] if rows else []


def _address_in(cell: str) -> str:
    """The address of a cell, which may stand behind a name: `Nina <nina@example.org>`."""
    named = _BEHIND_A_NAME.search(cell)
    return named[1] if named else cell


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= LONGEST_ADDRESS


def _plain(cell: str) -> str:
    """A word as it is compared: in small letters, without accents or points."""
    return "".join(letter for letter in unicodedata.normalize("NFKD", cell.casefold()) if letter.isalpha())
