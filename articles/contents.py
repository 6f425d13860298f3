"""The list of contents of a page, and the anchors its entries lead to."""

from dataclasses import dataclass, field
from hashlib import blake2s
from typing import Any

from wagtail.blocks import StreamValue

SOURCES_ANCHOR = "sources"


@dataclass
class Entry:
    """A heading, with the subheadings below it."""

    text: str
    anchor: str
    children: list["Entry"] = field(default_factory=list)


def anchor_of(block: Any) -> str:
    """The anchor of a heading: drawn from its block's id, so that links to it survive a new wording or a new place."""
    name = block.id or block.value["text"]
    return f"s-{blake2s(str(name).encode(), digest_size=4).hexdigest()}"


def contents_of(body: StreamValue) -> list[Entry]:
    """The headings of a body, subheadings under theirs; a subheading that comes before any heading stands by itself."""
    entries: list[Entry] = []
    for block in body:
        if block.block_type == "sources":
            entries.append(Entry(block.value.heading, SOURCES_ANCHOR))
        elif block.block_type == "heading":
            entry = Entry(block.value["text"], anchor_of(block))
            below = entries and block.value["level"] == "h3" and entries[-1].anchor != SOURCES_ANCHOR
            (entries[-1].children if below else entries).append(entry)
    return entries
