"""The guide's pages, pictures and files."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page, PageManager, PageQuerySet


class GuideImage(AbstractImage):
    """A picture of the guide."""

    credit = models.CharField(_("credit"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")


class GuideRendition(AbstractRendition):
    """A resized copy of a picture."""

    image = models.ForeignKey(GuideImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class GuideDocument(AbstractDocument):
    """A file readers download."""

    language = models.CharField(_("language"), max_length=10, blank=True, default="fr")

    admin_form_fields = (*Document.admin_form_fields, "language")


class ArticleQuerySet(PageQuerySet):
    """Reads of articles."""

    def visible_to(self, user: Any) -> "ArticleQuerySet":
        """Published articles behind no restriction that keeps the person out."""
        return self.live().public()


ArticleManager = PageManager.from_queryset(ArticleQuerySet)


class HomePage(Page):
    """The home of the site."""


class GuideIndexPage(Page):
    """The guide: its articles in their order."""


class ArticlePage(Page):
    """One chapter of the guide."""

    objects = ArticleManager()


class StandardPage(Page):
    """A page that belongs to no guide: legal notice, accessibility, charter."""
