"""Brings the source's pictures and files in; nothing is fetched from the network."""

from pathlib import Path, PurePosixPath

from django.core.files import File
from django.db.models import Model
from wagtail.utils.file import hash_filelike

from articles.models import GuideDocument, GuideImage
from wordpress.files import Uploads, Written, extension_of, fault_of_document, fault_of_picture, full_size, is_picture
from wordpress.ledger import Ledger
from wordpress.records import digest
from wordpress.report import Report
from wordpress.survey import Entry, Survey
from wordpress.words import plain


class Media:
    """The source's uploads, found by attachment or by address (the `Library` of `wordpress.blocks`)."""

    def __init__(self, survey: Survey, ledger: Ledger, report: Report, uploads: Uploads, written: Written) -> None:
        self.survey, self.ledger, self.report = survey, ledger, report
        self.uploads, self.written = uploads, written
        self.found: dict[tuple[str, str], Model | None] = {}
        self.language = survey.site.language.split("-")[0].lower()

    def attachment(self, entry: Entry) -> Model | None:
        """The picture or file of an attachment."""
        path = entry.upload or self.survey.upload_at(entry.address)
        return self._object("attachment", entry.key, path, entry)

    def image(self, number: str, address: str) -> int | None:
        """The picture of an address, or else of an attachment's number."""
        found = self._at(number, address)
        return found.pk if isinstance(found, GuideImage) else None

    def document(self, address: str) -> int | None:
        """The file of an address."""
        found = self._at("", address)
        return found.pk if isinstance(found, GuideDocument) else None

    def alt(self, number: str, address: str) -> str:
        """What the source says of a picture where its text says nothing."""
        entry = self._entry(number, address)
        return " ".join(plain(entry.alt).split()) if entry else ""

    def is_attachment(self, key: str, number: str, address: str) -> bool:
        """Whether a picture in a text is the attachment with that key."""
        entry = self._entry(number, address)
        return entry is not None and entry.key == key

    def _at(self, number: str, address: str) -> Model | None:
        if entry := self._entry(number, address):
            return self.attachment(entry)
        path = self.survey.upload_at(address)
        return self._object("file", digest(path), path, None) if path else None

    def _entry(self, number: str, address: str) -> Entry | None:
        """The attachment of an address: of the very file, of the picture it is a smaller copy of, or of its own page."""
        path = self.survey.upload_at(address)
        whole = full_size(path)
        scaled = "-scaled.".join(whole.rsplit(".", 1))
        key = next((self.survey.uploads[name] for name in (path, whole, scaled) if name in self.survey.uploads), "")
        entry = self.survey.entries.get(key) or (None if path else self.survey.entry_at(address)) or self.survey.entries.get(number)
        return entry if entry and entry.kind == "attachment" else None

    def _object(self, kind: str, key: str, path: str, entry: Entry | None) -> Model | None:
        if (kind, key) not in self.found:
            self.found[kind, key] = self._known(kind, key, path) or self._make(kind, key, path, entry)
        return self.found[kind, key]

    def _known(self, kind: str, key: str, path: str) -> Model | None:
        row = self.ledger.row(kind, key)
        if row and row.target:
            self._read(path, "unchanged")
            return row.target
        return None

    def _read(self, path: str, outcome: str) -> None:
        what = "pictures" if is_picture(path) else "files"
        self.report.count(what, "read")
        self.report.count(what, outcome)

    def _make(self, kind: str, key: str, path: str, entry: Entry | None) -> Model | None:
        what = "pictures" if is_picture(path) else "files"
        file = self.uploads.find(path)
        fault = self._fault(kind, key, path, file)
        if fault or file is None:
            self.report.count(what, "read")
            self.report.skip(what, fault.split(" (")[0])
            self.report.warn(f"{path or 'an attachment without file'}: {fault}", line=entry.line if entry else 0, about=_about(entry))
            return None
        made = self._same(file, what) or self._store(file, path, entry, what)
        self.ledger.note(kind, key, made)
        return made

    def _fault(self, kind: str, key: str, path: str, file: Path | None) -> str:
        if self.ledger.row(kind, key):
            return "removed from this site since it was imported: not brought back"
        if file is None:
            return "the file was not found: links go on leading to the old site" if path else "no file is named"
        return fault_of_picture(file) if is_picture(path) else fault_of_document(file)

    def _same(self, file: Path, what: str) -> Model | None:
        """The picture or file with the same content that is here already."""
        with file.open("rb") as stream:
            content = hash_filelike(stream)
        model = GuideImage if what == "pictures" else GuideDocument
        found = model.objects.filter(file_hash=content).order_by("pk").first()
        if found:
            self.report.count(what, "read")
            self.report.count(what, "unchanged")
            self.report.detail(what, "the same file was here already")
        return found

    def _store(self, file: Path, path: str, entry: Entry | None, what: str) -> Model:
        title = (plain(entry.title) if entry else "") or PurePosixPath(path).stem
        made: GuideImage | GuideDocument
        if what == "pictures":
            made = GuideImage(title=title[:255], description=" ".join(plain(entry.alt if entry else "").split())[:255])
        else:
            made = GuideDocument(title=title[:255])
            made.language = self.language if self.language in {"fr", "en"} and not self._speaks_for_its_admin() else "fr"
        with file.open("rb") as stream:
            made.file.save(f"{PurePosixPath(path).stem}.{extension_of(path)}", File(stream), save=False)
            self.written.add(made.file.storage, made.file.name)
            if isinstance(made, GuideImage):
                made._set_image_file_metadata()  # noqa: SLF001 (what Wagtail's own upload forms call)
            else:
                made._set_document_file_metadata()  # noqa: SLF001
        made.save()
        made.file.close()
        self._read(path, "made")
        return made

    def _speaks_for_its_admin(self) -> bool:
        """Whether the export names the language of the WordPress's screens (`en-US`, its default) and not of its texts."""
        return self.survey.site.language.lower() == "en-us"


def _about(entry: Entry | None) -> str:
    return f"attachment {entry.key}" if entry else ""
