"""Reads an export's text, whatever bytes a WordPress and its plugins put in it, without moving a line."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

CHUNK = 1 << 16

_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,9}));")
_LONGEST_REFERENCE = 14


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Read bytes that are no UTF-8 as what old databases mostly held beside it."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("wordpress.as_windows_1252", _as_windows_1252)


def encoding_of(path: Path) -> str:
    """The encoding the bytes are in: by their mark, else UTF-8 where they are, else as declared, else UTF-8 with faults.

    The declaration comes late because it is what WordPress gets wrong: it names the blog's charset, not the file's.
    """
    with path.open("rb") as file:
        head = file.read(1024)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if _is_utf8(path):
        return "utf-8-sig"
    declared = _DECLARED.match(head)
    return _usable(declared.group(1).decode("ascii")) if declared else "utf-8-sig"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(CHUNK * 16):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            # A file cut in the middle of a letter is a cut file, not another encoding.
            return "unexpected end" in error.reason
    return True


def _usable(name: str) -> str:
    """The codec of a declared name; browsers and WordPress mean Windows-1252 when they say Latin 1."""
    try:
        found = codecs.lookup(name).name
        b"".decode(found)
    except LookupError:
        return "utf-8-sig"
    return {"utf-8": "utf-8-sig", "ascii": "cp1252", "iso8859-1": "cp1252"}.get(found, found)


def legal_text(path: Path) -> Iterator[tuple[str, int]]:
    """Yield the file's text in chunks, each with the bytes read so far.

    Characters that XML forbids (WordPress exports those pasted from word processors and left by plugins) are dropped,
    line ends are kept, so that line numbers stay the file's own.
    """
    encoding = encoding_of(path)
    errors = "wordpress.as_windows_1252" if encoding == "utf-8-sig" else "replace"
    decoder = codecs.getincrementaldecoder(encoding)(errors=errors)
    held, size = "", 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            text = held + _ILLEGAL.sub("", decoder.decode(chunk))
            text, held = _hold_back(text)
            yield _REFERENCE.sub(_legal_reference, text), size
    rest = held + _ILLEGAL.sub("", decoder.decode(b"", final=True))
    yield _REFERENCE.sub(_legal_reference, rest), size


def _hold_back(text: str) -> tuple[str, str]:
    """Split before a character reference that the chunk may have cut."""
    start = text.rfind("&", max(0, len(text) - _LONGEST_REFERENCE))
    return (text, "") if start < 0 or ";" in text[start:] else (text[:start], text[start:])


def _legal_reference(match: re.Match[str]) -> str:
    hexadecimal, decimal = match.groups()
    number = int(hexadecimal, 16) if hexadecimal else int(decimal)
    legal = number in {9, 10, 13} or 0x20 <= number <= 0xD7FF or 0xE000 <= number <= 0xFFFD or 0x10000 <= number <= 0x10FFFF
    return match.group() if legal else ""
