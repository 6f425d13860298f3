"""Reads HTML, from blocks or from the classic editor, into pieces: headings, paragraphs, lists, pictures and the rest."""

import re
from collections.abc import Iterable

import nh3
from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.element import PageElement

from wordpress.inline import LinkAttributes, escaped, inline_html, plain_text
from wordpress.pieces import Embed, File, Fold, Heading, Items, Picture, Piece, Quote, Table, Text

MAX_NESTING = 60
MAX_LIST_LEVELS = 4

_INLINE_NAMES = """
    a abbr b bdi bdo br cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt u var
"""
_INLINE = frozenset(_INLINE_NAMES.split())
_BLOCK_NAMES = """
    address article aside audio blockquote caption center dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr
    iframe img li main nav ol p picture pre section source summary table tbody td tfoot th thead tr ul video
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_ATTRIBUTES = {
    "*": {"class"},
    "a": {"href"},
    "img": {"src", "alt", "data-id"},
    "iframe": {"src", "title"},
    "video": {"src"},
    "audio": {"src"},
    "source": {"src"},
}
_ATTACHMENT_CLASS = re.compile(r"wp-image-(\d{1,20})")
_URL = re.compile(r"https?://\S{3,2000}")
_MEDIA = ["img", "iframe", "video", "audio", "table", "figure"]


def pieces_of(html: str, link: LinkAttributes) -> list[Piece]:
    """Return the pieces of an HTML text; scripts, styles, handlers and unknown elements do not get past here, words do."""
    safe = nh3.clean(
        html,
        tags=set(_INLINE | _BLOCKS),
        clean_content_tags={"script", "style"},
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel=None,
    )
    walk = _Walk(link)
    walk.through(BeautifulSoup(safe, "html.parser").children, 0)
    walk.end_paragraph()
    return walk.pieces


class _Walk:
    """Goes through a tree in its order and collects pieces; loose words between blocks become paragraphs."""

    def __init__(self, link: LinkAttributes) -> None:
        self.link = link
        self.pieces: list[Piece] = []
        self.loose: list[PageElement] = []

    def through(self, nodes: Iterable[PageElement], depth: int) -> None:
        """Read nodes one after the other."""
        for node in list(nodes):
            if isinstance(node, NavigableString) or (node.name in _INLINE and node.find(list(_BLOCKS)) is None):
                self.loose.append(node)
                continue
            self.end_paragraph()
            if depth > MAX_NESTING:
                self.add_text(escaped(plain_text(node)))
            else:
                getattr(self, f"read_{_READERS.get(node.name, 'container')}")(node, depth)
            self.end_paragraph()

    def end_paragraph(self) -> None:
        """Make a paragraph of the loose words."""
        nodes, self.loose = self.loose, []
        words = "".join(node.get_text() for node in nodes).strip()
        if _URL.fullmatch(words) and not any(isinstance(node, Tag) for node in nodes):
            self.pieces.append(Embed(words))
        else:
            self.add_text(inline_html(nodes, self.link))

    def add_text(self, html: str) -> None:
        """Add a paragraph that says something."""
        if html.replace("\xa0", " ").strip():
            self.pieces.append(Text(f"<p>{html}</p>"))

    def read_container(self, node: Tag, depth: int) -> None:
        """An element that says nothing itself."""
        if "wp-block-file" in _classes(node):
            self.read_file(node, depth)
        else:
            self.through(node.children, depth + 1)

    def read_file(self, node: Tag, depth: int) -> None:
        """A file block: the first link names the file, its button says nothing more."""
        links = [anchor for anchor in node.find_all("a") if anchor.get("href")]
        if links:
            self.pieces.append(File(str(links[0]["href"]), plain_text(links[0])))
        for anchor in links:
            if anchor["href"] == links[0]["href"]:
                anchor.extract()
        self.through(node.children, depth + 1)

    def read_heading(self, node: Tag, depth: int) -> None:
        """A heading, and the pictures somebody put into it."""
        if words := plain_text(node):
            self.pieces.append(Heading(words, int(node.name[1])))
        self.read_media_in(node, depth)

    def read_media_in(self, node: Tag, depth: int) -> None:
        """The pictures and films inside something that is otherwise only read for its words."""
        self.through(node.find_all(["img", "iframe", "video", "audio"]), depth + 1)

    def read_list(self, node: Tag, depth: int) -> None:
        """A list of short items, or, when it holds other lists, a list inside a text."""
        if node.find(["ul", "ol"]) is not None:
            self.pieces.append(Text(self.nested_list(node, 1)))
        elif written := [html for html in map(self.item, _items(node)) if html]:
            self.pieces.append(Items(node.name == "ol", written))
        self.read_media_in(node, depth)

    def item(self, node: PageElement) -> str:
        """One item's words, its paragraphs parted by breaks."""
        if not isinstance(node, Tag) or node.name not in {"li", "td", "th"}:
            return inline_html([node], self.link)
        parts: list[list[PageElement]] = [[]]
        for child in node.children:
            if isinstance(child, Tag) and child.name in _BLOCKS:
                parts += [[child], []]
            else:
                parts[-1].append(child)
        return "<br/>".join(filter(None, (inline_html(part, self.link) for part in parts)))

    def nested_list(self, node: Tag, level: int) -> str:
        """A list with the lists inside it; below the levels the page editor knows, only words."""
        written = []
        for item in _items(node):
            children = list(item.children) if isinstance(item, Tag) and item.name == "li" else [item]
            inner = [child for child in children if isinstance(child, Tag) and child.name in {"ul", "ol"} and level < MAX_LIST_LEVELS]
            words = inline_html([child for child in children if not any(child is one for one in inner)], self.link)
            written.append(f"<li>{words}{''.join(self.nested_list(child, level + 1) for child in inner)}</li>")
        return f"<{node.name}>{''.join(written)}</{node.name}>" if written else ""

    def read_figure(self, node: Tag, depth: int) -> None:
        """A figure: what it holds, with its caption, and whatever else somebody put into it."""
        caption = node.find("figcaption", recursive=False)
        words = plain_text(caption) if caption else ""
        if caption:
            caption.extract()
        held = node.find_all(["figure", "table", "img", "iframe", "video", "audio"])
        if len(held) == 1 and held[0].name != "figure":
            held[0].extract()
            self.pieces.append(self._held(held[0], words))
            words = ""
        elif not held and _URL.fullmatch(address := node.get_text().strip()):
            self.pieces.append(Embed(address, words))
            return
        self.through(node.children, depth + 1)
        self.end_paragraph()
        self.add_text(escaped(words))

    def _held(self, node: Tag, caption: str) -> Piece:
        """The one thing a figure holds."""
        if node.name == "table":
            return self.table(node, caption)
        if node.name == "img":
            return _picture(node, caption)
        return Embed(_source(node), caption) if _source(node) else Text(f"<p>{escaped(caption)}</p>")

    def read_picture(self, node: Tag, depth: int) -> None:
        """A picture without a figure."""
        self.pieces.append(_picture(node, ""))

    def read_player(self, node: Tag, depth: int) -> None:
        """A frame, a film or a sound."""
        if address := _source(node):
            self.pieces.append(Embed(address, str(node.get("title", ""))))
        else:
            self.through(node.children, depth + 1)

    def read_quote(self, node: Tag, depth: int) -> None:
        """Somebody's words; pictures and films in them follow."""
        cite = node.find("cite")
        source = plain_text(cite.extract()) if cite else ""
        words = plain_text(node)
        paragraphs = "\n\n".join(filter(None, map(plain_text, node.find_all("p"))))
        if paragraphs.split() == words.split():
            words = paragraphs
        if words:
            self.pieces.append(Quote(words, source))
        else:
            self.add_text(escaped(source))
        self.read_media_in(node, depth)

    def read_table(self, node: Tag, depth: int) -> None:
        """A table without a figure."""
        self.pieces.append(self.table(node, ""))
        self.read_media_in(node, depth)

    def table(self, node: Tag, caption: str) -> Table:
        """The cells of a table; those of tables inside it are read as words."""
        captions = [*map(plain_text, node.find_all("caption", recursive=False)), caption]
        rows = [row for row in node.find_all("tr") if row.find_parent("table") is node]
        cells = [[self.item(cell) for cell in row.find_all(["td", "th"], recursive=False)] for row in rows]
        first_names = bool(rows) and (node.find("thead") is not None or not rows[0].find("td", recursive=False))
        heads = [plain_text(cell) for cell in rows[0].find_all(["td", "th"], recursive=False)] if first_names else []
        return Table(cells[1:] if first_names else cells, heads, " ".join(filter(None, captions)))

    def read_fold(self, node: Tag, depth: int) -> None:
        """A folded passage: its words stay in the fold, its pictures and tables follow it."""
        summary = node.find("summary", recursive=False)
        title = plain_text(summary.extract()) if summary else ""
        inner = _Walk(self.link)
        inner.through(node.children, depth + 1)
        inner.end_paragraph()
        words = "".join(as_text(piece) for piece in inner.pieces)
        if words:
            self.pieces.append(Fold(title, words))
        elif title:
            self.add_text(escaped(title))
        self.pieces += [piece for piece in inner.pieces if not as_text(piece)]

    def read_preformatted(self, node: Tag, depth: int) -> None:
        """A passage whose line ends count."""
        lines = [escaped(line) for line in node.get_text().strip("\n").split("\n")]
        self.add_text("<br/>".join(lines))

    def read_paragraph(self, node: Tag, depth: int) -> None:
        """A paragraph, or what somebody put into one."""
        self.through(node.children, depth + 1)

    def read_rule(self, node: Tag, depth: int) -> None:
        """A line across the page, or an element that needs its parent: nothing to keep."""


_READERS = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    **dict.fromkeys(["ul", "ol"], "list"),
    **dict.fromkeys(["iframe", "video", "audio"], "player"),
    **dict.fromkeys(["hr", "source"], "rule"),
    "blockquote": "quote",
    "details": "fold",
    "figure": "figure",
    "img": "picture",
    "p": "paragraph",
    "pre": "preformatted",
    "table": "table",
}


def as_text(piece: Piece) -> str:
    """A piece of words as paragraphs and lists, for places that take nothing else; empty for pictures, files and the like."""
    match piece:
        case Text(html):
            return html
        case Items(ordered, items):
            name = "ol" if ordered else "ul"
            return f"<{name}>{''.join(f'<li>{item}</li>' for item in items)}</{name}>"
        case Heading(text):
            return f"<p><b>{escaped(text)}</b></p>"
        case Quote(text, source):
            return "".join(f"<p><i>{escaped(part)}</i></p>" for part in [*text.split("\n\n"), source] if part)
        case Fold(title, html):
            return as_text(Heading(title, 3)) + html if title else html
    return ""


def _classes(node: Tag) -> list[str]:
    return list(node.get_attribute_list("class"))


def _picture(node: Tag, caption: str) -> Picture:
    found = _ATTACHMENT_CLASS.search(" ".join(str(name) for name in _classes(node)))
    number = found[1] if found else str(node.get("data-id", ""))
    return Picture(str(node.get("src", "")), number, " ".join(str(node.get("alt", "")).split()), caption)


def _source(node: Tag) -> str:
    """The address of what a player shows."""
    return next((str(element["src"]) for element in [node, *node.find_all("source")] if element.get("src")), "")


def _items(node: Tag) -> list[PageElement]:
    """The items of a list, and what stands between them as if it were one."""
    return [child for child in node.children if isinstance(child, Tag) or child.strip()]
