"""How a display name is written."""

import unicodedata

JOINERS = {"\u200c", "\u200d"}


def clean_name(text: str) -> str:
    """Return a name on one line, without the characters nobody sees: controls, direction overrides, lone surrogates.

    The joiners that some scripts and emoji need stay. The result may be empty.
    """
    visible = (" " if character.isspace() else character for character in unicodedata.normalize("NFC", text))
    return " ".join("".join(c for c in visible if c in JOINERS or not unicodedata.category(c).startswith("C")).split())
