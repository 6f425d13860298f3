"""Turns titles, excerpts and names of the source into plain words of a bounded length."""

import re
from html import unescape

import nh3

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """The words of a text that may hold tags and entities, without controls, line ends as spaces."""
    words = unescape(nh3.clean(text, tags=set(), clean_content_tags={"script", "style"})) if "<" in text or "&" in text else text
    return " ".join(_CONTROL.sub(" ", words).split())


def cut(text: str, length: int) -> str:
    """A text no longer than that, cut between words and marked as cut."""
    if len(text) <= length:
        return text
    head = text[: length - 1]
    between = head.rfind(" ", length // 2)
    return f"{head[:between] if between > 0 else head}…"
