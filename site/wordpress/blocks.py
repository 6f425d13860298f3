"""Turns the pieces of a text into the blocks of a page's body."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import PurePosixPath
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from articles.video import video_of
from wordpress.block_ids import with_ids
from wordpress.html_pieces import as_text
from wordpress.inline import escaped
from wordpress.pieces import Embed, File, Fold, Heading, Items, Picture, Piece, Quote, Table, Text

ARTICLE_BLOCKS = frozenset(
    {"heading", "text", "list", "picture", "key_point", "table", "accordion", "resources", "quote", "figures", "video", "sources"}
)
STANDARD_BLOCKS = ARTICLE_BLOCKS - {"quote", "figures", "video", "sources"}
MAX_RESOURCE_TITLE = 200
LONGEST_HEADING = 200
SOURCES_HEADINGS = frozenset({"toutes les sources", "sources", "les sources", "all the sources", "all sources"})

Block = dict[str, Any]

_ONLY_A_LINK = re.compile(r'<p><a href="([^"]+)">((?:(?!</?a\b|<br).)+)</a>[.\s]*</p>')
_TAG = re.compile(r"<[^>]+>")
_valid_url = URLValidator(schemes=["http", "https"])


class Library(Protocol):
    """Where pictures and files are found once they are in the site."""

    def image(self, number: str, address: str) -> int | None:
        """The picture of an attachment's id or address."""

    def alt(self, number: str, address: str) -> str:
        """What the source says of a picture."""

    def document(self, address: str) -> int | None:
        """The file at an address."""


@dataclass
class Assembly:
    """Builds one page's body; `seed` makes the ids of its blocks its own, and the same at every run."""

    library: Library
    warn: Callable[[str], None]
    seed: str
    allowed: frozenset[str] = ARTICLE_BLOCKS
    title: str = ""
    last_words: str = field(default="", init=False)

    def body(self, pieces: list[Piece]) -> list[Block]:
        """Return the body as a StreamField keeps it."""
        blocks: list[Block] = []
        for group in _grouped(_with_levels(pieces)):
            if sources := self._sources(group, blocks):
                blocks += sources
            else:
                for piece in group:
                    blocks += self._block(piece)
        return with_ids(_merged(blocks), self.seed)

    # Sources --------------------------------------------------------------------------------------------------------

    def _sources(self, group: list[Piece], before: list[Block]) -> list[Block]:
        """The block of sources: files and links under a heading that says so; nothing for any other group."""
        if not isinstance(group[0], Heading) or _plain(group[0].text) not in SOURCES_HEADINGS:
            return []
        items: list[Block] = []
        rest = group[1:]
        while rest and (found := self._resources(rest[0])):
            items += found
            rest = rest[1:]
        if not items or "sources" not in self.allowed or any(block["type"] == "sources" for block in before):
            return []
        title = "" if _plain(group[0].text) == "toutes les sources" else group[0].text[:120]
        return [{"type": "sources", "value": {"title": title, "items": items}}, *(b for piece in rest for b in self._block(piece))]

    def _resources(self, piece: Piece) -> list[Block]:
        """A piece as files and links, nothing when it says more than that, or its titles are too long for theirs."""
        match piece:
            case File(href, title):
                found = [(href, title)]
            case Text(html):
                found = [_ONLY_A_LINK.fullmatch(html)]
            case Items(_, items):
                found = [_ONLY_A_LINK.fullmatch(f"<p>{item}</p>") for item in items]
            case _:
                return []
        links = [(unescape(one[1]), unescape(_TAG.sub("", one[2]))) if isinstance(one, re.Match) else one for one in found]
        made = [self._resource(*link) if link and len(link[1]) <= MAX_RESOURCE_TITLE else None for link in links]
        return [block for block in made if block] if all(made) else []

    def _resource(self, address: str, title: str) -> Block | None:
        document = self.library.document(address)
        if document is not None:
            return {"type": "document", "value": {"document": document, "title": title[:MAX_RESOURCE_TITLE], "description": ""}}
        if not _is_url(address):
            return None
        return {"type": "link", "value": _link(address, title)}

    # One piece ------------------------------------------------------------------------------------------------------

    def _block(self, piece: Piece) -> list[Block]:
        made = getattr(self, f"_{type(piece).__name__.lower()}")(piece)
        self.last_words = piece.text if isinstance(piece, Heading) else self.last_words
        return made

    def _heading(self, piece: Heading) -> list[Block]:
        if not _is_heading(piece):
            return _text(f"<p><b>{escaped(piece.text)}</b></p>")
        return [{"type": "heading", "value": {"text": piece.text, "level": f"h{piece.level}"}}]

    def _text(self, piece: Text) -> list[Block]:
        return _text(piece.html)

    def _items(self, piece: Items) -> list[Block]:
        items = [{"type": "item", "value": f"<p>{item}</p>"} for item in piece.items]
        return [{"type": "list", "value": {"ordered": piece.ordered, "items": items}}]

    def _picture(self, piece: Picture) -> list[Block]:
        image = self.library.image(piece.number, piece.src)
        if image is None:
            words = piece.caption or piece.alt or PurePosixPath(urlsplit(piece.src).path).name or piece.src
            return _text(_linked(piece.src, words) if _is_url(piece.src) else f"<p>{escaped(words)}</p>" if words else "")
        alt = piece.alt or self.library.alt(piece.number, piece.src)
        if not alt:
            self.warn(f"the picture {piece.src} has no alternative text: marked as decorative, check that it is")
        value = {"image": {"image": image, "decorative": not alt, "alt_text": alt[:255]}, "caption": piece.caption[:300], "credit": ""}
        return [{"type": "picture", "value": value}, *_text(_rest(piece.caption, 300))]

    def _quote(self, piece: Quote) -> list[Block]:
        if "quote" not in self.allowed:
            return _text(as_text(piece))
        author, source = (piece.source, "") if len(piece.source) <= 200 else ("", piece.source[:300])
        quote = {"type": "quote", "value": {"text": piece.text, "author": author, "source": source, "url": ""}}
        return [quote, *_text(_rest(piece.source, 300))]

    def _table(self, piece: Table) -> list[Block]:
        rows = [row for row in piece.rows if any(row)]
        heads = piece.heads if rows else []
        rows = rows or [[escaped(head) for head in piece.heads]]
        width = max(len(heads), *(len(row) for row in rows))
        if not any(any(row) for row in rows):
            return _text(f"<p>{escaped(piece.caption)}</p>" if piece.caption else "")
        if not heads or not all(heads) or len(heads) < width:
            self.warn("a table has columns without heading: they are numbered, name them")
        columns, cells = [], []
        for number in range(width):
            words = [row[number] if number < len(row) else "" for row in rows]
            rich = any("<" in cell for cell in words)
            head = heads[number] if number < len(heads) else ""
            columns.append({"type": "rich_text" if rich else "text", "heading": head or str(number + 1)})
            cells.append([f"<p>{cell}</p>" if rich and cell else unescape(cell) for cell in words])
        caption = piece.caption or self.last_words or self.title
        table = {"columns": columns, "rows": [{"values": list(row)} for row in zip(*cells, strict=True)], "caption": caption}
        return [{"type": "table", "value": {"table": table, "row_headers": False, "source": ""}}]

    def _fold(self, piece: Fold) -> list[Block]:
        whole = piece.title or " ".join(unescape(_TAG.sub(" ", piece.html)).split())[:60] + "…"
        title = whole if len(whole) <= 200 else f"{whole[:199]}…"
        html = piece.html if title == whole else f"<p><b>{escaped(whole)}</b></p>{piece.html}"
        return [{"type": "accordion", "value": [{"type": "item", "value": {"title": title, "text": html}}]}]

    def _embed(self, piece: Embed) -> list[Block]:
        video = video_of(piece.url)
        if video and "video" in self.allowed and _is_url(piece.url):
            value = {"title": (piece.caption or video.provider)[:200], "url": piece.url, "file": None, "caption": "", "transcript": ""}
            return [{"type": "video", "value": value}, *_text(_rest(piece.caption, 200))]
        return self._file(File(piece.url, piece.caption))

    def _file(self, piece: File) -> list[Block]:
        resource = self._resource(piece.href, piece.title)
        if resource is None:
            return _text(f"<p>{escaped(piece.title or piece.href)}</p>")
        return [{"type": "resources", "value": {"title": "", "items": [resource]}}, *_text(_rest(piece.title, MAX_RESOURCE_TITLE))]


def _is_heading(piece: Piece) -> bool:
    """Whether a piece becomes a heading: one that is longer than the editor takes becomes a paragraph."""
    return isinstance(piece, Heading) and len(piece.text) <= LONGEST_HEADING


def _with_levels(pieces: list[Piece]) -> list[Piece]:
    """Headings on two levels, the first on the upper one, whatever levels the theme asked for."""
    levels = [piece.level for piece in pieces if _is_heading(piece)]
    top = min(levels, default=2)
    made: list[Piece] = []
    seen = False
    for piece in pieces:
        if isinstance(piece, Heading):
            made.append(Heading(piece.text, 2 if piece.level <= max(top, 2) or not seen else 3))
            seen = seen or _is_heading(piece)
        else:
            made.append(piece)
    return made


def _grouped(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """Each heading with what stands under it."""
    group: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Heading) and group:
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _merged(blocks: list[Block]) -> list[Block]:
    """Paragraphs that follow each other in one block of text, folds in one accordion, files in one list of files."""
    merged: list[Block] = []
    for block in blocks:
        last = merged[-1] if merged else {"type": ""}
        if block["type"] != last["type"] or block["type"] not in {"text", "accordion", "resources"}:
            merged.append(block)
        elif block["type"] == "resources":
            last["value"]["items"] += block["value"]["items"]
        else:
            last["value"] = last["value"] + block["value"]
    return merged


def _text(html: str) -> list[Block]:
    return [{"type": "text", "value": html}] if html else []


def _rest(words: str, kept: int) -> str:
    """What a short field could not hold, as a paragraph with the whole of it."""
    return f"<p>{escaped(words)}</p>" if len(words) > kept else ""


def _linked(address: str, words: str) -> str:
    return f'<p><a href="{escaped(address).replace(chr(34), "&quot;")}">{escaped(words)}</a></p>'


def _link(address: str, title: str) -> dict[str, Any]:
    return {"title": (title or address)[:MAX_RESOURCE_TITLE], "page": None, "url": address, "description": "", "language": ""}


def _is_url(address: str) -> bool:
    try:
        _valid_url(address)
    except ValidationError:
        return False
    return True


def _plain(words: str) -> str:
    return unicodedata.normalize("NFKC", words).strip(" :.\u00a0\u202f").lower()
