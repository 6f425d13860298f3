"""What a WordPress export holds, as plain records; nothing here knows Django's models."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")
EARLIEST_YEAR, LATEST_YEAR = 1971, 9990


@dataclass
class Site:
    """The blog that was exported."""

    title: str = ""
    link: str = ""
    base_site_url: str = ""
    base_blog_url: str = ""
    language: str = ""
    wxr_version: str = ""

    @property
    def url(self) -> str:
        """The blog's address, which tells one source from another."""
        return self.base_blog_url or self.base_site_url or self.link


@dataclass
class Author:
    """Someone who wrote on the blog."""

    line: int = 0
    author_id: str = ""
    login: str = ""
    email: str = ""
    display_name: str = ""
    first_name: str = ""
    last_name: str = ""

    @property
    def name(self) -> str:
        """The name to show."""
        return self.display_name or f"{self.first_name} {self.last_name}".strip() or self.login


@dataclass
class Term:
    """A category or tag put on an item; older exports leave the domain or the nicename out."""

    domain: str = ""
    nicename: str = ""
    name: str = ""


@dataclass
class Comment:
    """A comment, as its item carries it."""

    line: int = 0
    comment_id: str = ""
    author: str = ""
    author_email: str = ""
    date: str = ""
    date_gmt: str = ""
    content: str = ""
    approved: str = ""
    type: str = ""
    parent: str = ""
    user_id: str = ""

    @property
    def is_ping(self) -> bool:
        """Whether another site's software wrote it (a pingback or trackback)."""
        return self.type.lower() in {"pingback", "trackback"}


@dataclass
class Item:
    """A post, page, attachment or anything else a WordPress keeps among its posts."""

    line: int = 0
    post_id: str = ""
    post_type: str = ""
    title: str = ""
    link: str = ""
    guid: str = ""
    creator: str = ""
    pub_date: str = ""
    post_date: str = ""
    post_date_gmt: str = ""
    post_modified: str = ""
    post_modified_gmt: str = ""
    content: str = ""
    excerpt: str = ""
    status: str = ""
    slug: str = ""
    password: str = ""
    parent: str = ""
    comment_status: str = ""
    attachment_url: str = ""
    terms: list[Term] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    comments: list[Comment] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What names the item in its source: its id, or a digest of what else tells it apart."""
        number = self.post_id.strip()
        if number and number != "0" and len(number) <= 40:
            return number
        return "h" + digest(self.guid or self.link or f"{self.title}\n{self.post_date}\n{self.content[:1000]}")[:39]

    def published_at(self, zone: ZoneInfo, now: datetime) -> datetime:
        """When it was published: by its GMT date, else its local one, else the feed's, else now."""
        return read_date(self.post_date_gmt, UTC) or read_date(self.post_date, zone) or read_feed_date(self.pub_date) or now

    def modified_at(self, zone: ZoneInfo) -> datetime | None:
        """When it was changed last, if it says so."""
        return read_date(self.post_modified_gmt, UTC) or read_date(self.post_modified, zone)


def digest(*texts: str) -> str:
    """A digest of texts, for noticing that something has changed."""
    return hashlib.sha256("\x1f".join(texts).encode("utf-8", "replace")).hexdigest()


def read_date(text: str, zone: ZoneInfo | type[UTC]) -> datetime | None:
    """Read one of WordPress's dates; None for `0000-00-00 00:00:00`, an empty text or nonsense."""
    for form in _FORMATS:
        try:
            moment = datetime.strptime(text.strip(), form).replace(tzinfo=zone)
        except ValueError:
            continue
        return _plausible(moment)
    return None


def read_feed_date(text: str) -> datetime | None:
    """Read an RSS date (`Tue, 17 Jan 2023 10:30:00 +0000`); None for anything else."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _plausible(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _plausible(moment: datetime) -> datetime | None:
    """The moment in UTC, or None where a database could not keep it (WordPress writes the year -0001 for drafts)."""
    return moment.astimezone(UTC) if EARLIEST_YEAR <= moment.year <= LATEST_YEAR else None
