"""Writes into a page what its post or page of the source says; saves nothing."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from taggit.models import Tag

from articles.models import ArticlePage, Authorship, GuideImage, StandardPage
from comments.models import PageDiscussionSettings
from comments.states import Mode
from wordpress.blocks import ARTICLE_BLOCKS, STANDARD_BLOCKS, Assembly
from wordpress.inline import escaped
from wordpress.links import Links
from wordpress.media import Media
from wordpress.people import People
from wordpress.pieces import Picture, Piece, Text
from wordpress.records import Item, digest
from wordpress.report import Report
from wordpress.shells import MAX_TITLE, title_of
from wordpress.survey import Entry, Survey
from wordpress.texts import read_text
from wordpress.words import cut, plain

MAX_INTRODUCTION = 1000
MAX_CAPTION = 300
UPDATE_WORTH_SAYING = timedelta(days=1)
NO_TAGS = frozenset({"uncategorized", "non-classe", "non classé", "sans-categorie"})
TAG_DOMAINS = frozenset({"post_tag", "tag", "category", ""})


@dataclass
class Contents:
    """Knows how to write a page, and what it wrote."""

    survey: Survey
    report: Report
    media: Media
    people: People
    links: Links
    source: str
    now: datetime = field(default_factory=timezone.now)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(settings.TIME_ZONE))

    def write(self, page: ArticlePage | StandardPage, item: Item, entry: Entry) -> str:
        """Write a page and return a digest of all that was written."""

        def warn(sentence: str) -> None:
            self.report.warn(sentence, line=item.line, about=f"{entry.kind} {item.key}")

        is_article = isinstance(page, ArticlePage)
        pieces = read_text(item.content, link=self.links, image_address=self._address, reusable=self._reusable, warn=warn)
        page.title = title_of(entry)
        page.introduction, opening = self._introduction(item)
        written = [page.title, page.introduction, item.status]
        if is_article:
            pieces = opening + self._with_hero(page, item, pieces, warn)
            written += self._write_article(page, item)
        allowed = ARTICLE_BLOCKS if is_article else STANDARD_BLOCKS
        seed = f"{self.source}/{entry.kind}/{item.key}"
        page.body = json.dumps(Assembly(self.media, warn, seed, allowed, page.title).body(pieces if is_article else opening + pieces))
        return digest(*written, json.dumps(page.body.get_prep_value()))

    def published_at(self, item: Item) -> datetime:
        """When an item was published."""
        return item.published_at(self.zone, self.now)

    def modified_at(self, item: Item) -> datetime:
        """When an item was changed last."""
        return item.modified_at(self.zone) or self.published_at(item)

    def _address(self, number: str) -> str:
        entry = self.survey.entries.get(number)
        return entry.address if entry and entry.kind == "attachment" else ""

    def _reusable(self, number: str) -> str:
        return self.survey.reusable.get(number, "")

    @staticmethod
    def _introduction(item: Item) -> tuple[str, list[Piece]]:
        """The excerpt, with the whole of a title too long for its field; what does not fit opens the body."""
        title = plain(item.title)
        words = " — ".join(filter(None, [title if len(title) > MAX_TITLE else "", plain(item.excerpt)]))
        if len(words) <= MAX_INTRODUCTION:
            return words, []
        return cut(words, MAX_INTRODUCTION), [Text(f"<p>{escaped(words)}</p>")]

    def _with_hero(self, page: ArticlePage, item: Item, pieces: list[Piece], warn: Any) -> list[Piece]:
        """The picture WordPress calls featured goes to the head of the page; a body that opens with it does so no more."""
        number = item.meta.get("_thumbnail_id", "").strip()
        entry = self.survey.entries.get(number)
        image = self.media.attachment(entry) if entry and entry.kind == "attachment" else None
        page.hero_image = image if isinstance(image, GuideImage) else None
        if page.hero_image is None:
            page.hero_alt, page.hero_caption, page.hero_decorative = "", "", False
            if number not in {"", "0", "-1"}:
                warn(f"its featured picture ({number}) is not here: the article has none at its head")
            return pieces
        first = next((piece for piece in pieces if isinstance(piece, Picture)), None)
        opens = first if first and self.media.is_attachment(number, first.number, first.src) else Picture("")
        page.hero_alt = cut(opens.alt or self.media.alt(number, ""), MAX_CAPTION)
        page.hero_decorative = not page.hero_alt
        caption = opens.caption or plain(entry.caption if entry else "")
        page.hero_caption = cut(caption, MAX_CAPTION)
        if page.hero_decorative:
            warn("the picture at its head has no alternative text: marked as decorative, check that it is")
        rest = [Text(f"<p>{escaped(caption)}</p>")] if len(caption) > MAX_CAPTION else []
        return [*rest, *(piece for piece in pieces if piece is not opens)]

    def _write_article(self, page: ArticlePage, item: Item) -> list[str]:
        published, modified = self.published_at(item), self.modified_at(item)
        later = item.status == "publish" and modified - published >= UPDATE_WORTH_SAYING
        page.published_on = published.astimezone(self.zone).date()
        page.updated_on = modified.astimezone(self.zone).date() if later else None
        page.go_live_at = published if item.status == "future" else None
        tags = self._tags(item)
        page.tags.set(tags)
        byline = self.people.byline(item.creator)
        page.authorships = [Authorship(author=byline)] if byline else []
        chosen = page.discussion_settings.first() or PageDiscussionSettings()
        chosen.mode = Mode.READ_ONLY if item.comment_status.lower() == "closed" else Mode.OPEN
        page.discussion_settings = [chosen]
        dated = item.post_date_gmt or item.post_date or item.pub_date
        return [dated, str(page.updated_on), *tags, str(byline), chosen.mode, str(page.hero_image_id), page.hero_alt, page.hero_caption]

    @staticmethod
    def _tags(item: Item) -> list[str]:
        """Tags, then categories, each word once whatever its capitals; words known here keep the spelling they have."""
        names: dict[str, str] = {}
        for term in sorted(item.terms, key=lambda term: term.domain not in {"post_tag", "tag"}):
            name = plain(term.name)[:100]
            if name and term.domain in TAG_DOMAINS and not NO_TAGS & {name.lower(), term.nicename.lower()}:
                names.setdefault(name.lower(), name)
        known = {tag.name.lower(): tag.name for name in names for tag in Tag.objects.filter(name__iexact=name).order_by("-pk")}
        return [known.get(lower, name) for lower, name in names.items()]
