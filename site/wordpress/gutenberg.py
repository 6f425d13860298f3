"""Reads the block grammar WordPress writes posts in, and gives back the HTML inside.

    <!-- wp:name {"json": "attributes"} --> HTML, and other blocks <!-- /wp:name -->      <!-- wp:name /-->

The HTML that blocks save says what they are (`figure.wp-block-image`, `details`, `div.wp-block-file`), so that it is read as any
other HTML is (`html_pieces`); only blocks that save nothing, or something else than HTML, need a word here.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

MAX_NESTING = 100

_DELIMITER = re.compile(r"<!--\s+(?P<closes>/)?wp:(?P<name>[a-z][a-z0-9_-]*(?:/[a-z][a-z0-9_-]*)?)(?P<rest>(?:(?!-->).)*)-->", re.DOTALL)

_NAMES = """
    accordion accordion-heading accordion-item accordion-panel audio block button buttons code column columns cover details embed file
    footnotes freeform gallery group heading html image list list-item media-text missing more nextpage paragraph preformatted pullquote
    quote row separator shortcode spacer stack table verse video
"""
READ_AS_HTML = frozenset(_NAMES.split())
_PLACEHOLDERS = frozenset({"more", "nextpage", "spacer", "separator"})


@dataclass
class Block:
    """A block: its name (empty for the HTML between blocks), its attributes, and its HTML with the blocks inside, in order."""

    name: str
    attributes: dict[str, Any] = field(default_factory=dict)
    content: "list[str | Block]" = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether it saved nothing."""
        return not any(not isinstance(part, str) or part.strip() for part in self.content)


def is_gutenberg(text: str) -> bool:
    """Whether a text was written in blocks; the classic editor wrote anything older."""
    return _DELIMITER.search(text) is not None


def parse(text: str) -> Block:
    """Read a post's text into a nameless block that holds the rest; blocks closed wrongly or never close with their parent."""
    top = Block("")
    stack = [top]
    position = 0
    for match in _DELIMITER.finditer(text):
        stack[-1].content.append(text[position : match.start()])
        position = match.end()
        name = match["name"].removeprefix("core/").removeprefix("core-embed/")
        if match["closes"]:
            _close(stack, name)
            continue
        rest = match["rest"].strip()
        block = Block("embed" if "core-embed/" in match["name"] else name, _attributes(rest.removesuffix("/")))
        stack[-1].content.append(block)
        if not rest.endswith("/") and len(stack) < MAX_NESTING:
            stack.append(block)
    stack[-1].content.append(text[position:])
    return top


def _close(stack: list[Block], name: str) -> None:
    """Leave the innermost block of that name; a closing mark without its opening one closes nothing."""
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].name in {name, "embed"}:
            del stack[depth:]
            return


def _attributes(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def html_of(text: str, *, classic: Callable[[str], str], reusable: Callable[[str], str], warn: Callable[[str], None]) -> str:
    """Return the HTML of a post written in blocks.

    `classic` turns what stands between blocks, or in a classic or shortcode block, into HTML; `reusable` gives the text of
    the reusable block with an id, empty where there is none; `warn` is told what cannot be kept.
    """
    return "".join(_parts(parse(text), classic, reusable, warn, seen=frozenset()))


def _parts(
    block: Block,
    classic: Callable[[str], str],
    reusable: Callable[[str], str],
    warn: Callable[[str], None],
    seen: frozenset[str],
) -> list[str]:
    if block.name == "block":
        return _reused(block, classic, reusable, warn, seen)
    if block.is_empty:
        return [_html_from_attributes(block, warn)]
    if block.name and block.name not in READ_AS_HTML:
        warn(f"the block “{block.name}” is not known here: its text is kept, check how it looks")
    parts: list[str] = []
    for part in block.content:
        if isinstance(part, Block):
            parts += _parts(part, classic, reusable, warn, seen)
        elif block.name in {"", "freeform", "shortcode", "missing"}:
            parts.append(classic(part))
        else:
            parts.append(part)
    return parts


def _reused(
    block: Block,
    classic: Callable[[str], str],
    reusable: Callable[[str], str],
    warn: Callable[[str], None],
    seen: frozenset[str],
) -> list[str]:
    number = str(block.attributes.get("ref", ""))
    text = "" if number in seen else reusable(number)
    if not text:
        warn(f"the reusable block {number or '(no id)'} is not in the file: left out")
        return []
    return _parts(parse(text), classic, reusable, warn, seen | {number})


def _html_from_attributes(block: Block, warn: Callable[[str], None]) -> str:
    url = block.attributes.get("url") or block.attributes.get("href") or block.attributes.get("src")
    if isinstance(url, str) and block.name in {"embed", "video", "audio", "file"}:
        return f'<figure class="wp-block-embed">{escape(url)}</figure>'
    if block.name and block.name not in _PLACEHOLDERS | READ_AS_HTML:
        warn(f"the block “{block.name}” is made anew by WordPress each time it is shown, and saved nothing: left out")
    return ""
