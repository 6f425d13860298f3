"""The picture at the head of a page."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from articles.models.media import GuideImage
from articles.preview import FramedPreview


class IllustratedPageForm(WagtailAdminPageForm):
    """Asks, when the page is published, what its picture says to those who do not see it."""

    def clean(self) -> dict[str, Any]:
        """Refuse a picture with neither an alternative text nor the word that it is decorative; a draft may wait."""
        cleaned = super().clean()
        silent = cleaned.get("hero_image") and not cleaned.get("hero_alt") and not cleaned.get("hero_decorative")
        if silent and not self.is_deferred_validation:
            self.add_error("hero_alt", _("Describe the picture, or say that it is decorative."))
        return cleaned


class IllustratedPage(FramedPreview, Page):
    """A page with a picture at its head."""

    hero_image = models.ForeignKey(
        GuideImage, verbose_name=_("picture"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    hero_alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture says, for those who do not see it. Required unless the picture is decorative."),
    )
    hero_decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("The picture adds nothing to the text: screen readers pass over it.")
    )
    hero_caption = models.CharField(_("caption"), max_length=300, blank=True)
    hero_credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Empty: the credit given with the picture in the library.")
    )

    base_form_class = IllustratedPageForm

    hero_panel = MultiFieldPanel(
        [
            FieldPanel("hero_image"),
            FieldPanel("hero_alt"),
            FieldPanel("hero_decorative"),
            FieldPanel("hero_caption"),
            FieldPanel("hero_credit"),
        ],
        heading=_("Picture at the head of the page"),
    )

    class Meta:
        abstract = True

    @property
    def hero_text(self) -> str:
        """The alternative text, empty for a decorative picture; the library's description stands in for a missing one."""
        if self.hero_decorative or self.hero_image is None:
            return ""
        return self.hero_alt or self.hero_image.default_alt_text

    @property
    def hero_source(self) -> str:
        """Who made the picture."""
        return self.hero_credit or (self.hero_image.credit if self.hero_image else "")
