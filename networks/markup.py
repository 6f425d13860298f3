"""The markup people write, here in topics and presentations, above in comments, and the one function that makes it safe HTML."""

import re
import unicodedata
from threading import local

import nh3
from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

MAX_LENGTH = 10_000
MAX_NESTING = 8

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "a"}
ATTRIBUTES = {"a": ["href", "title", "rel"], "ol": ["start"]}
PROTOCOLS = {"http", "https", "mailto"}
REL = "nofollow ugc noopener"

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_MANY_BLANK_LINES = re.compile(r"\n{3,}")
_SHAPELESS = frozenset({"Cc", "Cf", "Cn", "Cs", "Mn", "Zl", "Zp", "Zs"})
_BLANK_LOOKING = frozenset("\u115f\u1160\u2800\u3164\uffa0")

_TOP_LEVEL_DOMAINS = ["be", "ch", "com", "coop", "edu", "fr", "info", "net", "org"]
"""What makes a link of a bare host name. Any two letters would do for the library: "C’est fini.Il pleut" held a link."""


def _image_as_typed(state: StateInline, silent: bool) -> bool:
    """Write the start of a picture's markup as text, so that the rest of it does not become a link."""
    if not state.src.startswith("![", state.pos):
        return False
    if not silent:
        state.pending += "!["
    state.pos += 2
    return True


def _parser() -> MarkdownIt:
    markdown = MarkdownIt("zero", {"breaks": True, "linkify": True, "html": False, "maxNesting": MAX_NESTING * 3}).enable(
        ["paragraph", "newline", "escape", "emphasis", "list", "blockquote", "link", "linkify"]
    )
    markdown.inline.ruler.before("link", "image_as_typed", _image_as_typed)
    if markdown.linkify is not None:
        markdown.linkify.tlds(_TOP_LEVEL_DOMAINS)
    return markdown


_markdown = _parser()
_plain = MarkdownIt("zero", {"breaks": True, "html": False}).enable("newline")
_MARKERS = " \t>-*+.)0123456789"


def clean_text(text: str) -> str:
    """Return what was typed without the characters no person types: NUL, controls, lone surrogates, direction overrides.

    Line ends become `\\n`, three blank lines or more become one, and the text is put in Unicode's NFC form.
    """
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _MANY_BLANK_LINES.sub("\n\n", unicodedata.normalize("NFC", text)).strip()


def is_blank(text: str) -> bool:
    """Whether a text shows nothing: empty, or made of spaces, joiners and other characters without a shape."""
    return all(character in _BLANK_LOOKING or unicodedata.category(character) in _SHAPELESS for character in text)


def render(text: str) -> str:
    """Return the safe HTML of a text in the subset of Markdown that people write here.

    Bold, italic, lists, quotes, links and line breaks; anything else is shown as it was typed, and so is a whole text
    that nests deeper than the parser follows. The text is cut at MAX_LENGTH characters before it is parsed, cleaned by
    bleach and cleaned once more by nh3.
    """
    text = clean_text(text)[:MAX_LENGTH]
    tokens = _markdown.parse(text)
    html = _markdown.renderer.render(tokens, _markdown.options, {}) if _holds_all(tokens, text) else _plain.render(text)
    return sanitise(html)


def _holds_all(tokens: list[Token], text: str) -> bool:
    """Whether every line that says something is in the result: past its deepest nesting the parser drops what it reads."""
    held = {line for token in tokens if token.type == "inline" and token.map for line in range(*token.map)}
    return all(number in held or not line.strip(_MARKERS) for number, line in enumerate(text.split("\n")))


def sanitise(html: str) -> str:
    """Return HTML reduced to the tags people may write, every link marked `nofollow ugc noopener`."""
    return nh3.clean(
        _cleaner().clean(html),
        tags=TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes=PROTOCOLS,
        link_rel=REL,
    )


_cleaners = local()


def _cleaner() -> Cleaner:
    """A cleaner for this thread: bleach's take longer to make than to use, and are not to be shared."""
    if not hasattr(_cleaners, "own"):
        _cleaners.own = Cleaner(tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True)
    return _cleaners.own
