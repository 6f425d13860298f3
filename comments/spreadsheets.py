"""Rows for spreadsheets, in cells that no program runs where they look like formulas."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.functional import Promise

BYTE_ORDER_MARK = "\ufeff"
"""Begins a file of which spreadsheets shall know that it is in UTF-8."""

_FORMULA = re.compile(r"^[=+\-@\t\r]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula, without the characters its file cannot hold; anything else as it is."""
    if not isinstance(value, str | Promise):
        return value
    text = _UNPRINTABLE.sub("", str(value))
    return f"'{text}" if _FORMULA.match(text) else text


def csv_lines(rows: Iterable[Iterable[Any]], *, delimiter: str = ",") -> Iterator[str]:
    """The lines of a CSV file, one for each row, as they are asked for; every cell is harmless."""
    writer = csv.writer(_Echo(), delimiter=delimiter)
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


class _Echo:
    """What a csv writer writes to, and gets back."""

    def write(self, line: str) -> str:
        """Hand the line back."""
        return line
