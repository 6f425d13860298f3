"""The keys of rows in addresses and forms."""


def key_in(text: str) -> int | None:
    """The key that a text names; None for anything that can be no key, rather than an error of the database."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
