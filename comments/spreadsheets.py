"""Texts for the cells of spreadsheets, which some programs run where they look like formulas."""

import re
from typing import Any

_FORMULA = re.compile(r"^[=+\-@\t\r]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(value: Any) -> Any:
    """A text that no spreadsheet takes for a formula, without the characters its file cannot hold; anything else as it is."""
    if not isinstance(value, str):
        return value
    text = _UNPRINTABLE.sub("", value)
    return f"'{text}" if _FORMULA.match(text) else text
