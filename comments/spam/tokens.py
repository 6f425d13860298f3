"""What of a comment counts for the filter: its words and pairs of words, where its links lead, and how it was sent."""

import re
import unicodedata
from collections.abc import Iterator
from zlib import crc32

from django.utils.translation import gettext

BUCKETS = 2**18
"""What is learnt is learnt about numbers, not words: each token has one of these. Two of ten thousand words seldom share one."""

READ = 1_500
"""Letters of a comment whose words are looked at, from its beginning; links are looked for in all of it."""

_LINK = re.compile(r"(?:https?://|www\.)([^\s/?#:()\[\]<>\"']+)[^\s()\[\]<>\"']*", re.IGNORECASE)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?<!\w)\+?\d(?:[\s.-]?\d){8,13}(?!\w)")
_WORD = re.compile(r"\w[\w’']{0,38}\w|[€$£%]")
_ACCENT = re.compile("[\u0300-\u036f]+")
_ARTICLE = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)[’']")

LENGTHS = ((80, "short"), (600, "medium"))


def tokens_of(text: str, *, is_guest: bool) -> dict[str, str]:
    """The tokens of a comment, each once, with how it is written there.

    `w:` a word and `b:` two in a row, in lower case and without accents; `d:` the host of a link; the others are facts.
    """
    found = dict(_facts(text, is_guest))
    written = [_ARTICLE.sub("", word) for word in _words(text[:READ])]
    folded = _folded("\n".join(written)).split("\n") if written else []
    found.update(zip(map("w:{}".format, folded), written, strict=True))
    found.update(zip(map("b:{} {}".format, folded, folded[1:]), map("{} {}".format, written, written[1:]), strict=True))
    return found


def bucket_of(token: str) -> int:
    """The number under which a token is learnt."""
    return crc32(token.encode()) % BUCKETS


def buckets_of(text: str, *, is_guest: bool) -> list[int]:
    """The numbers of a comment's tokens, each once, in order."""
    return sorted({bucket_of(token) for token in tokens_of(text, is_guest=is_guest)})


def in_words(token: str, written: str) -> str:
    """A token as a sentence's part that people understand."""
    kind, _colon, value = token.partition(":")
    if kind in {"w", "b"}:
        return gettext("“%(words)s”") % {"words": written}
    if kind == "d":
        return gettext("a link to %(host)s") % {"host": value}
    return str(_fact_in_words()[token])


def _fact_in_words() -> dict[str, str]:
    return {
        "n:0": gettext("no link"),
        "n:1": gettext("one link"),
        "n:2": gettext("two links"),
        "n:3": gettext("three links or more"),
        "a:guest": gettext("written by a guest"),
        "a:account": gettext("written with an account"),
        "s:short": gettext("a short text"),
        "s:medium": gettext("a text of some lines"),
        "s:long": gettext("a long text"),
        "e:": gettext("an e-mail address"),
        "p:": gettext("a phone number"),
        "c:": gettext("words in capitals"),
    }


def _facts(text: str, is_guest: bool) -> Iterator[tuple[str, str]]:
    hosts = [host.lower().removeprefix("www.").rstrip(".,;!") for host in _LINK.findall(text)]
    for host in hosts:
        yield f"d:{host}", host
    yield f"n:{min(len(hosts), 3)}", ""
    yield "a:guest" if is_guest else "a:account", ""
    yield f"s:{next((name for limit, name in LENGTHS if len(text) < limit), 'long')}", ""
    plain = _LINK.sub(" ", text) if hosts else text
    if "@" in plain and _MAIL.search(plain):
        yield "e:", ""
    if _PHONE.search(plain):
        yield "p:", ""
    if sum(map(str.isupper, plain)) > max(12, len(plain) * 0.3):
        yield "c:", ""


def _words(text: str) -> list[str]:
    plain = _LINK.sub(" ", unicodedata.normalize("NFC", text.lower()))
    if "@" in plain:
        plain = _MAIL.sub(" ", plain)
    return _WORD.findall(_PHONE.sub(" ", plain))


def _folded(text: str) -> str:
    """A text without its accents."""
    return text if text.isascii() else _ACCENT.sub("", unicodedata.normalize("NFKD", text))
