"""Where entries come from: what can be found of each kind, and what the index keeps of it."""

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing
from wagtail.search.index import RelatedFields, SearchField

from articles.models import ArticlePage, StandardPage
from comments.models import ThreadComment
from comments.states import Status
from networks.markup import clean_text
from networks.models import Topic
from search.analysis import stems
from search.models import Entry, Kind

MAX_TEXT = 200_000
"""The longest text indexed of one thing: far beyond a book's chapter, below PostgreSQL's limit for one row's words."""

_NOTHING = ("", "None")
"""What Wagtail's blocks say of a value that is missing."""

_SPACES = re.compile(r"\s+")


class Source:
    """Things of one kind. `field` is the entry's column that points to them, `changed_fields` when they changed: the last is always set."""

    kind: Kind
    model: type[models.Model]
    field: str
    changed_fields: tuple[str, ...]

    def findable(self) -> models.QuerySet:
        """The things that somebody may find; who, is decided when they search."""
        raise NotImplementedError

    def with_what_is_read(self, things: models.QuerySet) -> models.QuerySet:
        """The things with what `entry` reads of them, in few queries."""
        return things

    def outdated(self) -> models.QuerySet:
        """Findable things that the index misses, or holds as they were before their last change."""
        current = Entry.objects.filter(**{self.field: models.OuterRef("pk"), "changed_at__gte": models.OuterRef("last_change")})
        return self.findable().annotate(last_change=self._last_change()).filter(~models.Exists(current))

    def _last_change(self) -> Any:
        """The newest of the dates of change; a database's `GREATEST` may know nothing of dates that are not set."""
        *sometimes, always = self.changed_fields
        return Greatest(always, *(Coalesce(name, always) for name in sometimes)) if sometimes else F(always)

    def entry(self, thing: Any) -> Entry:
        """What the index keeps of a thing."""
        title, text = _plain(self.title(thing))[:300], _plain(self.text(thing))[:MAX_TEXT]
        return Entry(
            kind=self.kind,
            **{f"{self.field}_id": thing.pk},
            title=title,
            text=text,
            title_stems=stems(title),
            text_stems=stems(text),
            language=self.language(thing) or settings.LANGUAGE_CODE,
            date=self.date(thing),
            changed_at=max(filter(None, (getattr(thing, name) for name in self.changed_fields))),
        )

    def title(self, thing: Any) -> str:
        return thing.title

    def text(self, thing: Any) -> str:
        raise NotImplementedError

    def language(self, thing: Any) -> str:
        return ""

    def date(self, thing: Any) -> Any:
        raise NotImplementedError


class PageSource(Source):
    """Pages of one type: what Wagtail's own search would read in them."""

    field = "page"
    changed_fields = ("last_published_at",)

    def __init__(self, kind: Kind, model: type[Page]) -> None:
        self.kind = kind
        self.model = model

    def findable(self) -> models.QuerySet:
        return self.model.objects.filter(live=True, last_published_at__isnull=False)

    def with_what_is_read(self, things: models.QuerySet) -> models.QuerySet:
        return things.select_related("locale")

    def text(self, thing: Page) -> str:
        return " ".join(text for text in _searched_by_wagtail(thing, thing.get_search_fields()) if text not in _NOTHING)

    def language(self, thing: Page) -> str:
        return thing.locale.language_code

    def date(self, thing: Page) -> Any:
        return thing.last_published_at


class TopicSource(Source):
    """Topics of the networks' spaces."""

    kind = Kind.TOPIC
    model = Topic
    field = "topic"
    changed_fields = ("updated_at", "created_at")

    def findable(self) -> models.QuerySet:
        return Topic.objects.all()

    def text(self, thing: Topic) -> str:
        return _text_of(thing.html) if thing.html else thing.text

    def date(self, thing: Topic) -> Any:
        return thing.created_at


class CommentSource(Source):
    """Published comments; they have no title, and are found by their words only, not by their author's name."""

    kind = Kind.COMMENT
    model = ThreadComment
    field = "comment"
    changed_fields = ("edited_at", "changed_at")

    def findable(self) -> models.QuerySet:
        return ThreadComment.objects.filter(status=Status.PUBLISHED)

    def title(self, thing: ThreadComment) -> str:
        return ""

    def text(self, thing: ThreadComment) -> str:
        return _text_of(thing.html) if thing.html else thing.comment

    def language(self, thing: ThreadComment) -> str:
        return thing.language

    def date(self, thing: ThreadComment) -> Any:
        return thing.submit_date


SOURCES: tuple[Source, ...] = (
    PageSource(Kind.ARTICLE, ArticlePage),
    PageSource(Kind.PAGE, StandardPage),
    TopicSource(),
    CommentSource(),
)


def source_of(model: type[models.Model]) -> Source | None:
    """Where the entries of a model come from, if it is one that can be found."""
    return next((source for source in SOURCES if issubclass(model, source.model)), None)


def entries_without_a_thing() -> models.QuerySet:
    """Entries whose thing can no longer be found by anybody."""
    kept = Q(pk__in=[])
    for source in SOURCES:
        kept |= Q(kind=source.kind, **{f"{source.field}__in": source.findable().order_by().values("pk")})
    return Entry.objects.exclude(kept)


def _searched_by_wagtail(thing: models.Model, fields: list) -> Iterator[str]:
    """The texts of the fields that a page declares in `search_fields`, without its title."""
    for field in fields:
        if isinstance(field, RelatedFields):
            related = field.get_value(thing)
            for other in related.all() if hasattr(related, "all") else filter(None, [related]):
                yield from _searched_by_wagtail(other, field.fields)
        elif isinstance(field, SearchField) and field.field_name != "title":
            value = field.get_value(thing)
            yield from map(str, value) if isinstance(value, list | tuple) else [str(value or "")]


def _text_of(html: str) -> str:
    return get_text_for_indexing(html.replace("<br>", "<br/>"))


def _plain(text: str) -> str:
    return _SPACES.sub(" ", clean_text(text)).strip()
