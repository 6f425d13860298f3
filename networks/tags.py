"""The words that topics are found by, as people type them."""

import re

from django.utils.text import slugify

from networks.markup import clean_text

_APART = re.compile(r"[,;\n]")


def tags_in(text: str) -> list[str]:
    """The words of a line, separated by commas, without doubles: the first way of writing a word wins."""
    words = [" ".join(clean_text(word).lstrip("#").split()) for word in _APART.split(text)]
    return list({slug: word for word in reversed(words) if (slug := tag_slug(word))}.values())[::-1]


def tag_slug(word: str) -> str:
    """What makes two ways of writing a word the same tag: neither case, nor accents, nor signs count; empty for no word."""
    return slugify(word.replace("’", " ").replace("'", " "))[:60].strip("-")
