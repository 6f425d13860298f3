"""What the rules look at in a comment: its words as they are read, the addresses of its links, the name of a guest."""

import re
from dataclasses import dataclass
from html import unescape

_LINK = re.compile(r'<a\b[^>]*?\bhref="(https?:[^"]*)"', re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/li|/blockquote|p|li|ul|ol|blockquote)\b[^>]*>", re.IGNORECASE)
TAG = re.compile(r"""<(?:"[^"]*"|[^">])*>""")
"""A tag of sanitised HTML: its attributes are quoted, and may hold a `>`."""


@dataclass(frozen=True)
class Seen:
    """A comment as the rules see it."""

    text: str
    links: tuple[str, ...]

    @property
    def everything(self) -> str:
        """The words, and below them the addresses that they hide."""
        return "\n".join([self.text, *self.links])


def see(html: str, name: str = "") -> Seen:
    """Return what the sanitised HTML of a comment says and links to; `name` is what a guest calls themselves.

    A word that is bold in its middle is one word, as it is for who reads it.
    """
    links = tuple(unescape(address) for address in _LINK.findall(html))
    text = unescape(TAG.sub("", _BREAK.sub("\n", html)))
    return Seen(f"{name}\n{text}" if name else text, links)
