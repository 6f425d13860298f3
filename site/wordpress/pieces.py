"""What a text is made of, before it becomes the blocks of a page."""

from dataclasses import dataclass, field


@dataclass
class Heading:
    """A heading, with the level it had."""

    text: str
    level: int


@dataclass
class Text:
    """Paragraphs or nested lists, as safe HTML."""

    html: str


@dataclass
class Items:
    """A list without lists inside; each item is safe HTML."""

    ordered: bool
    items: list[str]


@dataclass
class Picture:
    """A picture by its attachment's id or its address."""

    src: str
    number: str = ""
    alt: str = ""
    caption: str = ""


@dataclass
class Quote:
    """Somebody's words."""

    text: str
    source: str = ""


@dataclass
class Table:
    """Rows of cells, each safe HTML; `heads` is empty where the table names no column."""

    rows: list[list[str]]
    heads: list[str] = field(default_factory=list)
    caption: str = ""


@dataclass
class Fold:
    """A passage folded under its title."""

    title: str
    html: str


@dataclass
class Embed:
    """Something another site shows, or a sound or film of this one."""

    url: str
    caption: str = ""


@dataclass
class File:
    """A file to download."""

    href: str
    title: str


Piece = Heading | Text | Items | Picture | Quote | Table | Fold | Embed | File
