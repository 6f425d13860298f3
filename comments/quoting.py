"""The words of a comment as a reply quotes them."""

from comments.models import ThreadComment

MAX_QUOTED = 500
"""Longer quotes hide what the reply itself says."""


def quote_of(comment: ThreadComment) -> str:
    """A comment's own words as a quote in the markup people write, without what it quotes itself; shortened at a word."""
    own = "\n".join(line for line in comment.comment.split("\n") if not line.lstrip().startswith(">")).strip()
    return as_quote(own or comment.comment)


def as_quote(text: str) -> str:
    """A text as a quote, MAX_QUOTED characters of it at most."""
    text = _shortened(text.strip())
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n")) + "\n\n"


def _shortened(text: str) -> str:
    if len(text) <= MAX_QUOTED:
        return text
    cut = text[: MAX_QUOTED - 1]
    at_a_word = cut[: max(cut.rfind(" "), cut.rfind("\n"))] if max(cut.rfind(" "), cut.rfind("\n")) > MAX_QUOTED // 2 else cut
    return f"{at_a_word.rstrip()}…"
