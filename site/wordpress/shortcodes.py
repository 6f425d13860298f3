"""Reads the codes in square brackets that WordPress and its plugins put in texts."""

import re
from collections.abc import Callable
from html import escape

_CODE = re.compile(r"(?P<escaped>\[)?\[(?P<name>[a-zA-Z][\w-]{1,60})(?P<attributes>(?:\s[^\[\]<>]{0,2000})?)/?\](?P<escaped_end>\])?")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
_CAPTION = re.compile(r"^\s*((?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?)(.*)$", re.DOTALL | re.IGNORECASE)


def attributes_of(text: str) -> dict[str, str]:
    """The named attributes of a code."""
    return {name.lower(): double or single or bare for name, double, single, bare in _ATTRIBUTE.findall(text)}


def expand(text: str, *, image: Callable[[str], str], warn: Callable[[str], None]) -> str:
    """Replace the codes WordPress itself knows by HTML; leave any other as it is written, and say so.

    `image` gives the `<img>` of an attachment's id, empty where there is none.
    """
    parts: list[str] = []
    position = 0
    unknown: set[str] = set()
    while match := _CODE.search(text, position):
        parts.append(text[position : match.start()])
        position = match.end()
        name = match["name"].lower()
        if match["escaped"] and match["escaped_end"]:
            parts.append(match.group()[1:-1])
        elif name in _KNOWN:
            inner, position = _inner(text, name, position)
            parts.append(f"\n\n{_KNOWN[name](attributes_of(match['attributes']), inner, image)}\n\n")
        else:
            parts.append(match.group())
            if "=" in match["attributes"] or f"[/{match['name']}]" in text[position:]:
                unknown.add(match["name"])
    for name in sorted(unknown):
        warn(f"the shortcode [{name}] is a plugin's: left in the text as it was written")
    return "".join(parts) + text[position:]


def _inner(text: str, name: str, start: int) -> tuple[str, int]:
    """What stands before a code's closing mark, and where that mark ends; nothing for a code that has none."""
    end = text.find(f"[/{name}]", start)
    following = text.find(f"[{name}", start)
    if end < 0 or 0 <= following < end:
        return "", start
    return text[start:end], end + len(name) + 3


def _caption(attributes: dict[str, str], inner: str, image: Callable[[str], str]) -> str:
    found = _CAPTION.match(inner)
    picture, words = (found[1], found[2]) if found else (inner, "")
    words = attributes.get("caption") or words
    return f"<figure>{picture}<figcaption>{words}</figcaption></figure>"


def _gallery(attributes: dict[str, str], inner: str, image: Callable[[str], str]) -> str:
    numbers = re.findall(r"\d+", attributes.get("ids") or attributes.get("include") or "")
    return "".join(f"<figure>{image(number)}</figure>" for number in numbers)


def _embed(attributes: dict[str, str], inner: str, image: Callable[[str], str]) -> str:
    return f'<figure class="wp-block-embed">{escape((inner or attributes.get("src", "")).strip())}</figure>'


def _player(attributes: dict[str, str], inner: str, image: Callable[[str], str]) -> str:
    sources = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "wav")
    url = next((attributes[source] for source in sources if attributes.get(source)), "")
    return f'<figure class="wp-block-embed">{escape(url)}</figure>' if url else ""


_KNOWN: dict[str, Callable[[dict[str, str], str, Callable[[str], str]], str]] = {
    "caption": _caption,
    "wp_caption": _caption,
    "gallery": _gallery,
    "embed": _embed,
    "video": _player,
    "audio": _player,
}
