"""Gives blocks and paragraphs ids drawn from what they say, so that importing again changes nothing."""

import hashlib
import json
import re
from collections import Counter
from typing import Any
from uuid import NAMESPACE_URL, uuid5

_PLAIN = frozenset({"heading", "quote", "picture", "video", "document", "link"})
"""Blocks without rich text: a `<p>` in them is somebody's words."""

_PARAGRAPH = re.compile(r"<(p|li)>")


def with_ids(blocks: list[dict[str, Any]], seed: str) -> list[dict[str, Any]]:
    """Return blocks with an id each, those inside them too, and a `data-block-key` on each paragraph.

    The same words in the same page get the same id whatever stands around them; twins are numbered.
    """
    return [_identified(block, seed, seen) for seen in [Counter()] for block in blocks]


def _identified(block: dict[str, Any], seed: str, seen: Counter[str]) -> dict[str, Any]:
    name = f"{seed}|{block['type']}|{json.dumps(block['value'], sort_keys=True)}"
    seen[name] += 1
    identity = str(uuid5(NAMESPACE_URL, f"{name}|{seen[name]}"))
    value = block["value"] if block["type"] in _PLAIN else _inside(block["value"], identity)
    return {"type": block["type"], "value": value, "id": identity}


def _inside(value: Any, seed: str) -> Any:
    if isinstance(value, str):
        return _with_keys(value, seed)
    if isinstance(value, list):
        seen: Counter[str] = Counter()
        return [_identified(part, seed, seen) if _is_block(part) else _inside(part, seed) for part in value]
    if isinstance(value, dict):
        return {name: _inside(part, seed) for name, part in value.items()}
    return value


def _is_block(part: Any) -> bool:
    return isinstance(part, dict) and part.keys() == {"type", "value"}


def _with_keys(html: str, seed: str) -> str:
    if not html.startswith(("<p>", "<ul>", "<ol>")):
        return html
    numbers = iter(range(len(html)))
    return _PARAGRAPH.sub(lambda tag: f'<{tag[1]} data-block-key="{_key(seed, next(numbers))}">', html)


def _key(seed: str, number: int) -> str:
    """Five letters, as the page editor's own keys."""
    return hashlib.sha256(f"{seed}|{number}".encode()).hexdigest()[:5]
