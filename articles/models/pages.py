"""The pages around the articles: home, the guide's index, and the pages that belong to no guide."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager, PageQuerySet
from wagtail.search import index

from articles.blocks import HomeSections, StandardBody
from articles.blocks.text import INLINE_FEATURES
from articles.contents import Entry, contents_of
from articles.models.article import ArticlePage
from articles.models.illustrated import IllustratedPage
from articles.pictures import fetch_copies
from articles.preview import FramedPreview
from articles.visibility import readable

ARTICLE_DEPTH = 2
"""How many parts the address of an article has below the home: the guide's and its own."""


class ReadablePageQuerySet(PageQuerySet):
    """Reads of pages."""

    def visible_to(self, user: Any) -> "ReadablePageQuerySet":
        """Published pages behind no restriction that keeps the person out (the rule of `articles.visibility`)."""
        return readable(self, user)


ReadablePageManager = PageManager.from_queryset(ReadablePageQuerySet)


class HomePage(IllustratedPage):
    """The home of the site."""

    introduction = RichTextField(_("introduction"), features=INLINE_FEATURES, blank=True)
    call_label = models.CharField(
        _("label of the button"), max_length=60, blank=True, help_text=_("An invitation to read. Empty: “Read the guide”.")
    )
    call_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page the button leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Empty: the guide."),
    )
    sections = StreamField(HomeSections(), verbose_name=_("sections"), blank=True)

    objects = ReadablePageManager()

    template = "articles/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["articles.GuideIndexPage", "articles.StandardPage"]
    page_description = _("The first page of the site.")

    content_panels = [
        *IllustratedPage.content_panels,
        FieldPanel("introduction"),
        MultiFieldPanel([FieldPanel("call_label"), PageChooserPanel("call_page")], heading=_("Call to read")),
        IllustratedPage.hero_panel,
        FieldPanel("sections"),
    ]
    search_fields = [*IllustratedPage.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the template shows, with the copies of the picture read at once."""
        fetch_copies(self)
        return super().get_context(request, *args, **kwargs)

    @property
    def guide(self) -> "GuideIndexPage | None":
        """The guide below this home."""
        return GuideIndexPage.objects.child_of(self).live().first()

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find an article by its whole address in one query, where Wagtail walks down the tree page by page."""
        if len(path_components) == ARTICLE_DEPTH and (article := ArticlePage.objects.at(f"{self.url_path}{'/'.join(path_components)}/")):
            return article.route(request, [])
        return super().route(request, path_components)


class GuideIndexPage(FramedPreview, Page):
    """The guide: its articles in their order."""

    introduction = RichTextField(_("introduction"), features=INLINE_FEATURES, blank=True)

    objects = ReadablePageManager()

    template = "articles/guide_index_page.html"
    parent_page_types = ["articles.HomePage"]
    subpage_types = ["articles.ArticlePage"]
    max_count_per_parent = 1
    admin_default_ordering = "ord"
    page_description = _("The table of the guide's articles, in the order you give them in the page tree.")

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]

    class Meta:
        verbose_name = _("guide")
        verbose_name_plural = _("guides")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the articles the person may read; a guide is a book's table of contents, so it stands on one page."""
        articles = ArticlePage.objects.child_of(self).visible_to(request.user).for_listing()
        tag = request.GET.get("tag", "")[:100].replace("\0", "")
        if tag:
            articles = articles.filter(tags__slug=tag)
        return {**super().get_context(request, *args, **kwargs), "articles": articles, "tag": tag}


class StandardPage(FramedPreview, Page):
    """A page that belongs to no guide: legal notice, accessibility, charter."""

    introduction = models.TextField(_("introduction"), max_length=1000, blank=True)
    body = StreamField(StandardBody(), verbose_name=_("body"), blank=True)

    objects = ReadablePageManager()

    template = "articles/standard_page.html"
    parent_page_types = ["articles.HomePage", "articles.StandardPage"]
    subpage_types = ["articles.StandardPage"]
    page_description = _("A page beside the guide: legal notice, privacy, accessibility, charter, who we are.")

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [*Page.search_fields, index.SearchField("introduction"), index.SearchField("body")]

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """What the template shows, with the copies of the pictures read at once."""
        fetch_copies(self)
        return super().get_context(request, *args, **kwargs)

    @property
    def contents(self) -> list[Entry]:
        """The list of contents, from the headings of the body."""
        return contents_of(self.body)
