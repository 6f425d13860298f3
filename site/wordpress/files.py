"""Files of the source: where they lie, whether they are what they say, and those written here, taken back when the import fails."""

import re
from collections.abc import Iterator
from pathlib import Path

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import Storage
from django.utils.translation import override
from wagtail.images.fields import WagtailImageField

_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w+$)")
_SCALED = re.compile(r"-scaled(?=\.\w+$)")
_SIGNATURES = {
    "pdf": b"%PDF",
    "rtf": b"{\\rtf",
    "webm": b"\x1a\x45\xdf\xa3",
    **dict.fromkeys(["docx", "epub", "odp", "ods", "odt", "pptx", "xlsx", "zip"], b"PK"),
}


class Written:
    """The files an import put in the storage."""

    def __init__(self) -> None:
        self.files: list[tuple[Storage, str]] = []

    def add(self, storage: Storage, name: str) -> None:
        """Remember a file."""
        self.files.append((storage, name))

    def take_back(self) -> None:
        """Delete them all."""
        while self.files:
            storage, name = self.files.pop()
            storage.delete(name)


class Uploads:
    """The folders in which the source's uploads may lie: the one named, and those beside the export."""

    def __init__(self, export: Path, media: Path | None) -> None:
        bases = [media] if media else []
        beside = export.resolve().parent
        self.roots = [root.resolve() for base in bases for root in (base, base / "uploads", base / "wp-content" / "uploads")]
        self.roots += [beside / "uploads", beside / "wp-content" / "uploads"]

    def find(self, path: str) -> Path | None:
        """The file of an uploads path, or of the picture it is a smaller copy of; None when there is none, or it lies outside."""
        return next((found for name in _names(path) for root in self.roots if (found := _inside(root, name))), None)


def _names(path: str) -> Iterator[str]:
    yield path
    whole = _SIZE.sub("", path)
    if whole != path:
        yield from (whole, _with_suffix(whole, "-scaled"))
    elif _SCALED.search(path):
        yield _SCALED.sub("", path)
    else:
        yield _with_suffix(path, "-scaled")


def full_size(path: str) -> str:
    """The path of the picture that WordPress made a smaller copy of."""
    return _SIZE.sub("", path)


def _with_suffix(path: str, suffix: str) -> str:
    stem, dot, extension = path.rpartition(".")
    return f"{stem}{suffix}{dot}{extension}"


def _inside(root: Path, name: str) -> Path | None:
    if not name or "\0" in name or "\\" in name or name.startswith("/") or ".." in name.split("/"):
        return None
    try:
        found = (root / name).resolve()
        return found if found.is_relative_to(root.resolve()) and found.is_file() else None
    except (OSError, ValueError, RuntimeError):
        return None


def extension_of(path: str) -> str:
    """A file name's extension, in small letters."""
    return path.rpartition(".")[2].lower() if "." in path else ""


def is_picture(path: str) -> bool:
    """Whether a name is a picture's."""
    return extension_of(path) in settings.WAGTAILIMAGES_EXTENSIONS


def fault_of_picture(file: Path) -> str:
    """Why a file is no picture this site takes; empty when it is one."""
    try:
        with file.open("rb") as stream, override("en"):
            WagtailImageField().clean(File(stream, name=file.name))
        if extension_of(file.name) == "svg" and not _is_quiet_svg(file):
            return "the drawing carries scripts"
    except ValidationError as error:
        return " ".join(error.messages)
    except Exception as error:  # noqa: BLE001 (image libraries raise whatever a crafted file makes them raise)
        return f"it cannot be read ({type(error).__name__})"
    return ""


def fault_of_document(file: Path) -> str:
    """Why a file is no document this site takes; empty when it is one."""
    extension = extension_of(file.name)
    if extension not in settings.WAGTAILDOCS_EXTENSIONS:
        return f"files of the type “{extension or 'none'}” are not taken here (WAGTAILDOCS_EXTENSIONS)"
    try:
        with file.open("rb") as stream:
            head = stream.read(1024)
    except OSError as error:
        return f"it cannot be read ({error.strerror})"
    if not head:
        return "it is empty"
    signature = _SIGNATURES.get(extension, b"")
    return "" if signature in head else f"its content is not that of a {extension} file"


def _is_quiet_svg(file: Path) -> bool:
    try:
        root = ElementTree.parse(file).getroot()
    except (ElementTree.ParseError, DefusedXmlException):
        return False
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].lower()
        if name in {"script", "foreignobject"} or any(attribute.lower().startswith("on") for attribute in element.attrib):
            return False
    return True
