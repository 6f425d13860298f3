"""Writes the HTML inside a paragraph as the page editor keeps it: bold, italic, superscript, links and line breaks."""

import re
from collections.abc import Callable, Iterable
from html import escape

from bs4 import NavigableString, Tag
from bs4.element import PageElement

MAX_NESTING = 30

LinkAttributes = Callable[[str], dict[str, str]]
"""From a link's address to its attributes in the page editor; none where the link cannot stay."""

_KEPT = {"b": "b", "strong": "b", "i": "i", "em": "i", "cite": "i", "sup": "sup"}
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BREAKS_AT_ENDS = re.compile(r"^(?:\s|<br/>)+|(?:\s|<br/>)+$")


def inline_html(nodes: Iterable[PageElement], link: LinkAttributes) -> str:
    """Return the safe HTML of nodes, without breaks and spaces at either end."""
    return _BREAKS_AT_ENDS.sub("", "".join(_written(node, link, 0, frozenset()) for node in nodes))


def escaped(words: str) -> str:
    """Words as HTML."""
    return escape(words, quote=False)


def plain_text(node: PageElement) -> str:
    """A node's words, on one line."""
    words = node.get_text(" ") if isinstance(node, Tag) and node.find("br") else node.get_text()
    return _SPACE.sub(" ", words).strip()


def _written(node: PageElement, link: LinkAttributes, depth: int, inside: frozenset[str]) -> str:
    if isinstance(node, NavigableString):
        return escape(_SPACE.sub(" ", str(node)), quote=False)
    if not isinstance(node, Tag):
        return ""
    if depth > MAX_NESTING:
        return escape(plain_text(node), quote=False)
    if node.name == "br":
        return "<br/>"
    kept = _KEPT.get(node.name, "")
    attributes = link(str(node.get("href", ""))) if node.name == "a" and "a" not in inside else {}
    tag = "a" if attributes else kept
    words = "".join(_written(child, link, depth + 1, inside | {tag}) for child in node.children)
    if not tag or tag in inside or not words.strip():
        return words
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>{words}</{tag}>"
