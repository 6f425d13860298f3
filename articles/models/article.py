"""The article: one chapter of the guide."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, PageManager, PageQuerySet, PageViewRestriction
from wagtail.search import index

from articles.blocks import ArticleBody
from articles.contents import Entry, contents_of
from articles.models.authors import Author
from articles.models.illustrated import IllustratedPage
from articles.pictures import fetch_copies
from articles.reading_time import reading_minutes
from articles.visibility import may_read, noting_restrictions, readable


class ArticleQuerySet(PageQuerySet):
    """Reads of articles."""

    def visible_to(self, user: Any) -> "ArticleQuerySet":
        """Published articles behind no restriction that keeps the person out (the rule of `articles.visibility`)."""
        return readable(self, user)

    def for_listing(self) -> "ArticleQuerySet":
        """Articles with their picture and tags, without their body: the same few queries for one and for many."""
        return self.defer_streamfields().select_related("hero_image").prefetch_related("hero_image__renditions")

    def at(self, url_path: str) -> "ArticlePage | None":
        """The article at a place of the tree, with what its page shows, in one query."""
        found = self.filter(slug=url_path.rstrip("/").rpartition("/")[2], url_path=url_path)
        return noting_restrictions(found).select_related("locale", "hero_image").first()


ArticleManager = PageManager.from_queryset(ArticleQuerySet)


class ArticleTag(TaggedItemBase):
    """A word an article is found by."""

    content_object = ParentalKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="tagged_items")


class Authorship(Orderable):
    """Who wrote an article, in the order they are named."""

    article = ParentalKey("articles.ArticlePage", on_delete=models.CASCADE, related_name="authorships")
    author = models.ForeignKey(Author, verbose_name=_("author"), on_delete=models.PROTECT, related_name="authorships")

    panels = [FieldPanel("author")]

    class Meta(Orderable.Meta):
        verbose_name = _("author")
        verbose_name_plural = _("authors")

    def __str__(self) -> str:
        return str(self.author)


class ArticlePage(IllustratedPage):
    """One chapter of the guide."""

    introduction = models.TextField(
        _("introduction"),
        max_length=1000,
        blank=True,
        help_text=_("Two or three sentences: they open the article, and stand for it in lists, searches and shared links."),
    )
    body = StreamField(ArticleBody(), verbose_name=_("body"), blank=True)
    tags = ClusterTaggableManager(through=ArticleTag, verbose_name=_("tags"), blank=True)
    published_on = models.DateField(_("published on"), default=timezone.localdate)
    updated_on = models.DateField(
        _("updated on"),
        null=True,
        blank=True,
        help_text=_("The day of the last change that matters to readers. Empty: no update is mentioned."),
    )
    reading_minutes = models.PositiveSmallIntegerField(_("reading time"), default=1, editable=False)

    objects = ArticleManager()

    template = "articles/article_page.html"
    parent_page_types = ["articles.GuideIndexPage"]
    subpage_types = []
    page_description = _("One chapter of the guide, with its discussion.")

    content_panels = [
        *IllustratedPage.content_panels,
        FieldPanel("introduction"),
        IllustratedPage.hero_panel,
        FieldPanel("body"),
        InlinePanel("authorships", heading=_("Authors"), label=_("author")),
    ]
    promote_panels = [
        FieldPanel("tags"),
        FieldRowPanel([FieldPanel("published_on"), FieldPanel("updated_on")], heading=_("Dates")),
        *IllustratedPage.promote_panels,
    ]
    search_fields = [
        *IllustratedPage.search_fields,
        index.SearchField("introduction", boost=2),
        index.SearchField("body"),
        index.RelatedFields("tags", [index.SearchField("name")]),
        index.FilterField("published_on"),
    ]

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, counting the reading time again, so that lists never have to read bodies."""
        self.reading_minutes = reading_minutes(self.introduction, self.body)
        super().save(*args, **kwargs)

    def is_visible_to(self, user: Any) -> bool:
        """Whether the person may read this article: the twin of `visible_to` for one."""
        return may_read(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the template shows besides the page's own fields."""
        fetch_copies(self)
        previous_article, next_article = self._neighbours(request.user)
        return {
            **super().get_context(request, *args, **kwargs),
            "contents": self.contents,
            "previous_article": previous_article,
            "next_article": next_article,
        }

    def _neighbours(self, user: Any) -> tuple["ArticlePage | None", "ArticlePage | None"]:
        """The articles before and after this one that the person may read."""
        siblings = ArticlePage.objects.sibling_of(self, inclusive=False).visible_to(user)
        before = siblings.filter(path__lt=self.path).order_by("-path").values("path")[:1]
        after = siblings.filter(path__gt=self.path).order_by("path").values("path")[:1]
        both = ArticlePage.objects.filter(Q(path=Subquery(before)) | Q(path=Subquery(after))).defer_streamfields().order_by("path")
        found = list(both)
        return (
            next((page for page in found if page.path < self.path), None),
            next((page for page in found if page.path > self.path), None),
        )

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """As in Wagtail; without asking where reading the page told that there is none (`ArticleQuerySet.at`)."""
        if not getattr(self, "may_be_restricted", True):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    @property
    def contents(self) -> list[Entry]:
        """The list of contents, from the headings of the body."""
        return contents_of(self.body)

    @cached_property
    def authors(self) -> list[Author]:
        """The people named, in their order."""
        return [authorship.author for authorship in self.authorships.select_related("author")]

    @cached_property
    def words(self) -> list[Any]:
        """The tags, read once for the page and for search engines."""
        return list(self.tags.all())

    @property
    def last_change(self) -> date:
        """The day the content was last changed in a way that matters, for search engines."""
        return max(self.published_on, self.updated_on or self.published_on)
