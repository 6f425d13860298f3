"""Reads a WordPress export (WXR 1.0 to 1.2) as a stream: one item in memory at a time, whatever the file's size.

Elements are known by their written names (`wp:post_id`), so that an export whose namespaces are missing or renumbered reads
like any other. No document type, no entity, nothing from outside the file is ever read.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax import SAXParseException
from xml.sax.expatreader import AttributesImpl
from xml.sax.handler import ContentHandler

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from wordpress.export_text import legal_text
from wordpress.records import Author, Comment, Item, Site, Term

MAX_DEPTH = 50
MAX_TEXT = 64_000_000
"""Characters in one element; a text beyond them is no article, and would fill the memory."""


class ExportError(Exception):
    """A file that cannot be read; its text is one sentence, with the line."""


SITE_FIELDS = {
    "title": "title",
    "link": "link",
    "language": "language",
    "wp:wxr_version": "wxr_version",
    "wp:base_site_url": "base_site_url",
    "wp:base_blog_url": "base_blog_url",
}
AUTHOR_FIELDS = {
    "wp:author_id": "author_id",
    "wp:author_login": "login",
    "wp:author_email": "email",
    "wp:author_display_name": "display_name",
    "wp:author_first_name": "first_name",
    "wp:author_last_name": "last_name",
}
ITEM_FIELDS = {
    "title": "title",
    "link": "link",
    "guid": "guid",
    "pubDate": "pub_date",
    "dc:creator": "creator",
    "content:encoded": "content",
    "excerpt:encoded": "excerpt",
    "wp:post_id": "post_id",
    "wp:post_date": "post_date",
    "wp:post_date_gmt": "post_date_gmt",
    "wp:post_modified": "post_modified",
    "wp:post_modified_gmt": "post_modified_gmt",
    "wp:comment_status": "comment_status",
    "wp:post_name": "slug",
    "wp:status": "status",
    "wp:post_parent": "parent",
    "wp:post_type": "post_type",
    "wp:post_password": "password",
    "wp:attachment_url": "attachment_url",
}
COMMENT_FIELDS = {
    "wp:comment_id": "comment_id",
    "wp:comment_author": "author",
    "wp:comment_author_email": "author_email",
    "wp:comment_date": "date",
    "wp:comment_date_gmt": "date_gmt",
    "wp:comment_content": "content",
    "wp:comment_approved": "approved",
    "wp:comment_type": "type",
    "wp:comment_parent": "parent",
    "wp:comment_user_id": "user_id",
}
_KEPT_AS_WRITTEN = {"content:encoded", "excerpt:encoded", "wp:comment_content", "wp:meta_value"}


@dataclass
class _Open:
    """An element whose end has not come: its name, the record it fills and the text in it so far."""

    name: str
    record: object
    text: list[str]


class _Reader(ContentHandler):
    """Builds records from the parser's events and hands each on when its element ends."""

    def __init__(self, hand_on: Callable[[object], None]) -> None:
        super().__init__()
        self.hand_on = hand_on
        self.site = Site()
        self.open: list[_Open] = []
        self.meta_key = ""
        self.skipped_lines = 0
        self.seen_channel = False
        self.size = 0

    @property
    def line(self) -> int:
        """The line of the file the parser is at."""
        return (self._locator.getLineNumber() or 1) + self.skipped_lines

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 (SAX's own name)
        """Open an element: a record of its own, or a part of the one around it."""
        if len(self.open) >= MAX_DEPTH:
            raise ExportError(f"Line {self.line}: elements are nested more than {MAX_DEPTH} deep; this is no WordPress export.")
        self.size = 0
        self.open.append(_Open(name, self._record(name, attrs), []))

    def _record(self, name: str, attrs: AttributesImpl) -> object:
        around = self.open[-1].record if self.open else None
        if name == "item":
            return Item(line=self.line)
        if name == "channel":
            self.seen_channel = True
            return self.site
        if name == "wp:author":
            return Author(line=self.line)
        if name == "wp:comment" and isinstance(around, Item):
            return Comment(line=self.line)
        if name == "category" and isinstance(around, Item):
            return Term(domain=attrs.get("domain", ""), nicename=attrs.get("nicename", ""))
        # Details that share names with their item's, and are not imported.
        return None if name in {"wp:commentmeta", "wp:category", "wp:tag", "wp:term", "image"} else around

    def characters(self, content: str) -> None:
        """Keep a piece of an element's text."""
        self.size += len(content)
        if self.size > MAX_TEXT:
            raise ExportError(f"Line {self.line}: a text has more than {MAX_TEXT:,} characters; this is no WordPress export.")
        self.open[-1].text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802 (SAX's own name)
        """Close an element: put its text where it belongs, or hand its record on."""
        closed = self.open.pop()
        around = self.open[-1].record if self.open else None
        text = "".join(closed.text)
        self._fill(closed.record, name, text if name in _KEPT_AS_WRITTEN else text.strip())
        match closed.record:
            case Comment() if name == "wp:comment" and isinstance(around, Item):
                around.comments.append(closed.record)
            case Term() if name == "category" and isinstance(around, Item):
                closed.record.name = text.strip()
                around.terms.append(closed.record)
            case Item() | Author() if name in {"item", "wp:author"}:
                self.hand_on(closed.record)

    def _fill(self, record: object, name: str, text: str) -> None:
        if isinstance(record, Item) and name == "wp:meta_key":
            self.meta_key = text
        elif isinstance(record, Item) and name == "wp:meta_value":
            record.meta[self.meta_key] = text
        elif field := _FIELDS.get(type(record), {}).get(name):
            setattr(record, field, text)


_FIELDS: dict[type, dict[str, str]] = {Site: SITE_FIELDS, Author: AUTHOR_FIELDS, Item: ITEM_FIELDS, Comment: COMMENT_FIELDS}


def read(path: Path, progress: Callable[[int], None] | None = None) -> Iterator[Site | Author | Item]:
    """Yield the export's authors and items in their order, then its site; raises ExportError with the line.

    `progress` is told the bytes read so far. Records are as written: nothing is checked or completed here.
    """
    ready: list[Site | Author | Item] = []
    reader = _Reader(ready.append)
    parser = DefusedExpatParser(forbid_dtd=True)
    parser.setContentHandler(reader)
    reader.setDocumentLocator(parser)
    try:
        for text, size in _from_first_letter(legal_text(path), reader):
            parser.feed(text)
            yield from _drain(ready)
            if progress:
                progress(size)
        parser.feed("", isFinal=True)
    except SAXParseException as error:
        raise ExportError(_sentence(error, reader.line)) from None
    except DefusedXmlException:
        raise ExportError(f"Line {reader.line}: the file declares a document type or entities; no WordPress export does.") from None
    except OSError as error:
        raise ExportError(f"The file cannot be read: {error.strerror}.") from None
    if not reader.seen_channel:
        raise ExportError("Line 1: this XML holds no channel; it is not the export of a WordPress.")
    yield from _drain(ready)
    yield reader.site


def _from_first_letter(chunks: Iterator[tuple[str, int]], reader: _Reader) -> Iterator[tuple[str, int]]:
    """Leave out the blank lines that plugins print before the declaration, which XML does not allow there."""
    started = False
    for chunk, size in chunks:
        text = chunk if started else chunk.lstrip()
        if not started:
            reader.skipped_lines += chunk[: len(chunk) - len(text)].count("\n")
            started = bool(text)
        yield text, size


def _drain(ready: list) -> Iterator:
    records, ready[:] = list(ready), []
    return iter(records)


def _sentence(error: SAXParseException, line: int) -> str:
    what = error.getMessage()
    if what == "no element found" or "unclosed" in what:
        return f"Line {line}: the file ends too early ({what}); export it again, or copy it whole."
    return f"Line {line}: this is not the XML of a WordPress export ({what})."
