"""Reads an export once, whole, before anything is written: whether it is sound, and what refers to what.

Only short facts are kept of each item, so that memory grows with the number of items, not with the file.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from wordpress.records import Author, Item, Site
from wordpress.wxr import read

UPLOADS = "/wp-content/uploads/"


@dataclass(frozen=True)
class Entry:
    """The short facts of an item."""

    key: str
    line: int
    kind: str
    title: str
    slug: str
    status: str
    creator: str
    parent: str
    address: str = ""
    upload: str = ""
    alt: str = ""
    caption: str = ""


@dataclass
class Survey:
    """What the file holds."""

    site: Site = field(default_factory=Site)
    authors: list[Author] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    by_address: dict[str, str] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)
    reusable: dict[str, str] = field(default_factory=dict)
    duplicates: list[Entry] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)

    def of_kind(self, *kinds: str) -> list[Entry]:
        """The entries of some kinds, in the file's order."""
        return [entry for entry in self.entries.values() if entry.kind in kinds]

    def entry_at(self, address: str) -> Entry | None:
        """The item an address of the source leads to."""
        key = self.by_address.get(self.place(address))
        return self.entries.get(key) if key else None

    def upload_at(self, address: str) -> str:
        """The path below the uploads folder of an address of the source; empty for any other address."""
        place = self.place(address)
        return place.split(UPLOADS, 1)[1] if UPLOADS in place else ""

    def place(self, address: str) -> str:
        """What tells one address of the source from another, be it relative, with www or another scheme; empty for other sites."""
        try:
            parts = urlsplit(address.strip())
            host = _bare(parts.hostname or "")
        except ValueError:
            return ""
        if parts.scheme not in {"", "http", "https"} or (host and host not in self.hosts):
            return ""
        number = next((value for name, value in parse_qsl(parts.query) if name in {"p", "page_id", "attachment_id"}), "")
        return f"?{number}" if number else unquote(parts.path).rstrip("/")


def survey_of(path: Path, progress: Callable[[int], None] | None = None) -> Survey:
    """Read the whole file; raises ExportError with a sentence and the line when it is broken."""
    survey = Survey()
    items: list[tuple[Entry, tuple[str, ...]]] = []
    for record in read(path, progress):
        match record:
            case Author():
                survey.authors.append(record)
            case Item():
                items.append((_entry(record), (record.link, record.guid, record.attachment_url)))
                if record.post_type == "wp_block":
                    survey.reusable[record.key] = record.content
            case Site():
                survey.site = record
    site = survey.site
    survey.hosts = {host for host in map(_host, [site.base_blog_url, site.base_site_url, site.link]) if host}
    survey.hosts |= {_host(addresses[2]) for entry, addresses in items if entry.kind == "attachment"} - {""}
    for entry, addresses in items:
        _add(survey, entry, addresses)
    return survey


def _entry(item: Item) -> Entry:
    return Entry(
        key=item.key,
        line=item.line,
        kind=item.post_type.strip().lower() or "post",
        title=item.title,
        slug=item.slug,
        status=("password" if item.password and item.status == "publish" else item.status).strip().lower(),
        creator=item.creator,
        parent=item.parent if item.parent not in {"", "0"} else "",
        address=item.attachment_url or (item.guid if item.post_type == "attachment" else item.link),
        upload=item.meta.get("_wp_attached_file", ""),
        alt=item.meta.get("_wp_attachment_image_alt", ""),
        caption=item.excerpt.strip() if item.post_type == "attachment" else "",
    )


def _add(survey: Survey, entry: Entry, addresses: tuple[str, ...]) -> None:
    if entry.key in survey.entries:
        survey.duplicates.append(entry)
        return
    survey.entries[entry.key] = entry
    if not entry.key.startswith("h"):
        survey.by_address.setdefault(f"?{entry.key}", entry.key)
    for address in addresses:
        if (place := survey.place(address)) and place != "/":
            survey.by_address.setdefault(place, entry.key)
    if entry.kind == "attachment" and (upload := entry.upload or survey.upload_at(entry.address)):
        survey.uploads.setdefault(upload, entry.key)


def _host(address: str) -> str:
    try:
        return _bare(urlsplit(address).hostname or "")
    except ValueError:
        return ""


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
