"""The words that a rule found, marked in a comment's HTML for moderators."""

from collections.abc import Iterable
from html import unescape

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from comments.models import ListedWord, WordKind
from comments.rules.findings import Finding
from comments.rules.seen import TAG
from comments.rules.wordlist import WordList


def marked(html: str, found: Iterable[Finding]) -> SafeString:
    """Return a comment's sanitised HTML with the found words in `<mark>`.

    Tags pass as they are, and what stands between them is escaped anew. A word that a tag cuts in two is not marked: the card names it.
    """
    words = [finding.detail for finding in found if finding.rule == WordKind.WORD]
    if not words:
        return mark_safe(html)  # noqa: S308 (sanitised when it was written)
    listed = WordList(ListedWord(kind=WordKind.WORD, text=word) for word in words)
    parts, end = [], 0
    for tag in TAG.finditer(html):
        parts += [_marked(unescape(html[end : tag.start()]), listed), tag.group()]
        end = tag.end()
    return mark_safe("".join([*parts, _marked(unescape(html[end:]), listed)]))  # noqa: S308 (its tags are sanitised, its text escaped)


def _marked(text: str, listed: WordList) -> str:
    parts, place = [], 0
    for start, end, _entry in listed.places(text):
        if start >= place:
            parts += [escape(text[place:start]), f"<mark>{escape(text[start:end])}</mark>"]
            place = end
    return "".join([*parts, escape(text[place:])])
