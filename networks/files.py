"""Files that belong to a space: kept where no address leads, let in by what they are, handed out by views that ask who asks.

They lie in the storage `STORAGES["private"]`; nothing here names an address of a file. A model writes

    file = models.FileField(storage=private_storage, upload_to=…)

with `upload_to` a function that ends in `private_name("<folder>", name)`.
"""

import re
import uuid
import zlib
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.storage import InvalidStorageError, Storage, storages
from django.db import transaction
from django.http import FileResponse, Http404
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from networks.markup import clean_text

MAX_SIZE = 20 * 1024 * 1024
"""In bytes: a report with pictures fits, a film does not."""
MAX_NAME = 120
"""Characters of a file's name, as people see it."""
MOST_PARTS = 5_000
"""How many parts an archive holds: a long document has hundreds, and a list of many more takes long to read."""

TYPES = {
    "pdf": "application/pdf",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
}
"""What may be kept, by the end of its name, and as what it is handed out."""
ACCEPT = ",".join(f".{extension}" for extension in TYPES)
"""The same for the attribute `accept` of a file field."""

_STARTS = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff", "jpeg": b"\xff\xd8\xff"}
_OPEN_DOCUMENTS = {"odt", "ods", "odp"}
_OFFICE_FOLDERS = {"docx": "word/", "xlsx": "xl/", "pptx": "ppt/"}
_MACRO_FOLDERS = ("basic/", "scripts/")
_MACRO_TYPE = re.compile(rb"vbaProject|macroEnabled", re.IGNORECASE)
_PART = b"PK\x01\x02"
"""Begins each line of an archive's table of contents."""
_BROKEN = (BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zlib.error)
"""What reading a broken archive raises, or one that is locked or packed in a way of its own."""
_PROGRAM_STARTS = ("<!", "<?", "<html", "<head", "<body", "<script", "<svg", "<iframe", "#!")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cache-Control": "private, no-store",
}


class _NoStorage(Storage):
    """Stands where a site names no private storage, so that its checks can say so: nothing can be kept in it."""

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise ImproperlyConfigured('STORAGES needs an entry "private", for files that no address leads to: see docs/plugin.md.')

    _open = _save = delete = exists = path = url = _refuse


def private_storage() -> Storage:
    """The storage of files that only a view hands out, for `FileField(storage=…)`; without one, using it raises ImproperlyConfigured."""
    try:
        return storages["private"]
    except InvalidStorageError:
        return _NoStorage()


def private_name(folder: str, name: str) -> str:
    """Where a file of this name is stored: in a folder, under a name that nobody guesses."""
    return f"{folder}/{uuid.uuid4().hex}.{extension_of(name)}"


def shown_name(name: str) -> str:
    """The name of a file as people see it: one line, no folders, not too long, its end kept."""
    path = PurePosixPath(" ".join(clean_text(name).split()).replace("\\", "/"))
    end = f".{extension_of(path.name)}"
    stem = path.name[: -len(end)] if path.name.lower().endswith(end) else path.name
    return f"{stem[: MAX_NAME - len(end)].strip('. ') or 'document'}{end}"


def extension_of(name: str) -> str:
    """The end of a file's name, in small letters, if it is one that may be kept; otherwise empty."""
    extension = name.rpartition(".")[2].strip().lower()
    return extension if extension in TYPES else ""


def validate_file(upload: Any) -> None:
    """Let a file in that is what its name says; raises ValidationError, in a sentence, for any other.

    `upload` is what a form received (`name`, `size`, readable from its start). A page or a program under the name of a document is
    refused, and so is a document that carries macros.
    """
    extension = extension_of(upload.name or "")
    if not extension:
        raise ValidationError(_("Files of this kind are not taken. Possible are: %(kinds)s."), "kind", {"kinds": ", ".join(TYPES)})
    if not upload.size:
        raise ValidationError(_("This file is empty."), "empty")
    if upload.size > MAX_SIZE:
        raise ValidationError(
            _("This file has %(size)s, which is more than the %(most)s that are taken."),
            "size",
            {"size": filesizeformat(upload.size), "most": filesizeformat(MAX_SIZE)},
        )
    upload.seek(0)
    content = upload.read()
    upload.seek(0)
    if not _is_what_it_says(content, extension):
        raise ValidationError(_("What is in this file is not what its name says (.%(kind)s)."), "content", {"kind": extension})


def serve(file: Any, name: str) -> FileResponse:
    """Hand a stored file (the value of a FileField) out as a download called `name`, which no browser runs or shows in this site's name.

    The caller has asked whether the person may read it. Raises Http404 where the file is gone.
    """
    called = shown_name(name)
    try:
        opened = file.open("rb")
    except (FileNotFoundError, ValueError):
        raise Http404 from None
    kind = TYPES.get(extension_of(called), "application/octet-stream")
    return FileResponse(opened, as_attachment=True, filename=called, content_type=kind, headers=_HEADERS)


def same_content(file: Any, upload: Any) -> bool:
    """Whether a stored file (the value of a FileField) holds what was received; one that is gone holds nothing."""
    try:
        with file.open("rb") as kept:
            stored = kept.read()
    except FileNotFoundError:
        return False
    upload.seek(0)
    received = upload.read()
    upload.seek(0)
    return stored == received


def forget(file: Any) -> None:
    """Delete a stored file (the value of a FileField) once the transaction that gives it up is over; nothing to do without one."""
    if not file:
        return
    storage, name = file.storage, file.name
    transaction.on_commit(lambda: storage.delete(name), robust=True)


def _is_what_it_says(content: bytes, extension: str) -> bool:
    if extension in _STARTS:
        return content.startswith(_STARTS[extension])
    if extension == "webp":
        return content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    if extension in _OPEN_DOCUMENTS or extension in _OFFICE_FOLDERS:
        return _is_document(content, extension)
    return _is_text(content)


def _is_document(content: bytes, extension: str) -> bool:
    """Whether an archive holds the document that its name promises, and no macros; nothing of it is unpacked but the lines that say so."""
    if content.count(_PART) > MOST_PARTS:
        return False
    try:
        with ZipFile(BytesIO(content)) as archive:
            is_open = extension in _OPEN_DOCUMENTS
            return _is_open_document(archive, extension) if is_open else _is_office_document(archive, extension)
    except _BROKEN:
        return False


def _is_open_document(archive: ZipFile, extension: str) -> bool:
    if any(name.lower().startswith(_MACRO_FOLDERS) for name in archive.namelist()):
        return False
    return _start_of(archive, "mimetype", 200).strip() == TYPES[extension].encode()


def _is_office_document(archive: ZipFile, extension: str) -> bool:
    names = archive.namelist()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return False
    if not any(name.startswith(_OFFICE_FOLDERS[extension]) for name in names):
        return False
    return not _MACRO_TYPE.search(_start_of(archive, "[Content_Types].xml", 200_000))


def _start_of(archive: ZipFile, name: str, most: int) -> bytes:
    """The first bytes of a part; raises KeyError where there is none, BadZipFile where it is packed as no office program packs."""
    if archive.getinfo(name).compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise BadZipFile
    with archive.open(name) as part:
        return part.read(most)


def _is_text(content: bytes) -> bool:
    """Whether it is words, and neither a page nor a program."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
    return "\x00" not in text and not text.lstrip().lower().startswith(_PROGRAM_STARTS)
