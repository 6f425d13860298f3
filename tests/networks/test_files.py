"""Files of spaces: let in by what they are, stored where no address leads, handed out as downloads that nothing runs."""

from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import override_settings

from networks import files


def archive(**members):
    """A zip file with these members."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def office(folder, **more):
    return archive(**{"[Content_Types].xml": "<Types/>", f"{folder}/document.xml": "<x/>", **more})


GOOD = {
    "Compte rendu.pdf": b"%PDF-1.7\n...",
    "notes.odt": archive(mimetype=files.TYPES["odt"]),
    "tableau.ods": archive(mimetype=files.TYPES["ods"]),
    "notes.docx": office("word"),
    "tableau.xlsx": office("xl"),
    "présentation.PPTX": office("ppt"),
    "notes.txt": "Été à l’ombre < 3 €".encode(),
    "windows.csv": "été;1".encode("latin-1"),
    "excel.txt": "Été".encode("utf-16"),
    "notes.md": b"# Notes\n\n<b>gras</b>",
    "photo.png": b"\x89PNG\r\n\x1a\n...",
    "photo.JPG": b"\xff\xd8\xff\xe0...",
    "photo.webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
}
BAD = {
    "page.html": b"<p>x</p>",
    "dessin.svg": b"<svg/>",
    "sans": b"%PDF-1.7",
    "rapport.pdf.exe": b"MZ",
    "page.pdf": b"<html><script>alert(1)</script>",
    "dessin.png": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "page.txt": b"\xef\xbb\xbf  <!DOCTYPE html><script>",
    "dessin.md": b"<?xml version='1.0'?><svg/>",
    "programme.txt": b"#!/bin/sh\nrm -rf",
    "octets.csv": b"a;\x00\x01\x02",
    "archive.docx": archive(anything="x"),
    "autre.docx": office("xl"),
    "macros.docx": office("word", **{"word/vbaProject.bin": "x"}),
    "autrement.docx": office(
        "word", **{"word/data.bin": "x", "[Content_Types].xml": "<Types>application/vnd.ms-office.vbaProject</Types>"}
    ),
    "basic.odt": archive(mimetype=files.TYPES["odt"], **{"Basic/Standard/Module1.xml": "x"}),
    "python.ods": archive(mimetype=files.TYPES["ods"], **{"Scripts/python/macro.py": "x"}),
    "autre.odt": archive(mimetype=files.TYPES["ods"]),
    "abîmé.xlsx": b"PK\x03\x04 and nothing else",
    "photo.webp": b"RIFF but no picture",
    "vide.pdf": b"",
}


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_what_it_says_is_taken(name):
    upload = SimpleUploadedFile(name, GOOD[name])

    files.validate_file(upload)

    assert upload.read() == GOOD[name], "it is read again when it is stored"


@pytest.mark.parametrize("name", BAD)
def test_any_other_is_refused_in_a_sentence(name):
    with pytest.raises(ValidationError) as refusal:
        files.validate_file(SimpleUploadedFile(name, BAD[name]))

    assert refusal.value.messages[0].endswith(".")


@pytest.mark.parametrize("method", [ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_an_archive_broken_anywhere_is_taken_or_refused_and_nothing_else(method):
    buffer = BytesIO()
    with ZipFile(buffer, "w", method) as packed:
        packed.writestr("mimetype", files.TYPES["odt"])
    whole, refused = buffer.getvalue(), 0

    for place in range(len(whole)):
        for wrong in (0x00, 0xFF):
            broken = whole[:place] + bytes([wrong]) + whole[place + 1 :]
            try:
                files.validate_file(SimpleUploadedFile("notes.odt", broken))
            except ValidationError:
                refused += 1

    assert refused


def test_an_archive_of_countless_parts_is_refused_unread(monkeypatch):
    monkeypatch.setattr(files, "MOST_PARTS", 3)
    few, many = ({str(number): "" for number in range(count)} for count in (2, 3))

    files.validate_file(SimpleUploadedFile("notes.odt", archive(mimetype=files.TYPES["odt"], **few)))
    with pytest.raises(ValidationError):
        files.validate_file(SimpleUploadedFile("notes.odt", archive(mimetype=files.TYPES["odt"], **many)))


def test_a_file_that_is_too_large_is_refused_unread():
    upload = SimpleUploadedFile("film.pdf", b"%PDF-")
    upload.size = files.MAX_SIZE + 1

    with pytest.raises(ValidationError) as refusal:
        files.validate_file(upload)

    assert "20" in refusal.value.messages[0]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Compte rendu.pdf", "Compte rendu.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows.TXT", "windows.txt"),
        ("a\nb\r\nX-Header: 1.pdf", "a b X-Header: 1.pdf"),
        ("\x00\u202egnp.pdf", "gnp.pdf"),
        (".pdf", "document.pdf"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
    ],
)
def test_a_name_is_shown_on_one_line_with_its_end(given, shown):
    assert files.shown_name(given) == shown


def test_a_stored_name_says_nothing_of_the_file():
    first, second = files.private_name("contributions", "Secret.PDF"), files.private_name("contributions", "Secret.PDF")

    assert first != second
    assert first.startswith("contributions/")
    assert first.endswith(".pdf")
    assert "ecret" not in first


def test_private_files_lie_outside_the_media():
    stored = storages["private"].path("contributions/x.pdf")

    assert files.private_storage() is storages["private"]
    assert not stored.startswith(str(settings.MEDIA_ROOT))


def test_a_site_without_a_private_storage_is_told_so():
    rest = {name: value for name, value in settings.STORAGES.items() if name != "private"}

    with override_settings(STORAGES=rest), pytest.raises(ImproperlyConfigured, match="private"):
        files.private_storage().path("a")


def test_a_file_is_handed_out_as_a_download_that_nothing_runs():
    answer = files.serve(ContentFile(b"%PDF-", name="x.pdf"), "Compte\nrendu d’été.pdf")

    assert answer.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''Compte%20rendu")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert b"".join(answer.streaming_content) == b"%PDF-"


def test_a_file_that_is_gone_does_not_exist():
    class Gone:
        def open(self, mode):
            raise FileNotFoundError

    with pytest.raises(Http404):
        files.serve(Gone(), "x.pdf")
