"""Pictures and files."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from articles.languages import language_choices


class GuideImage(AbstractImage):
    """A picture of the guide; its `description` is what a page says of it when it says nothing of its own."""

    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it, and the licence. Shown under the picture wherever it is used.")
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class GuideRendition(AbstractRendition):
    """A resized copy of a picture."""

    image = models.ForeignKey(GuideImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class GuideDocument(AbstractDocument):
    """A file readers download."""

    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        default="fr",
        choices=language_choices,
        help_text=_("The language it is written in, told to readers before they download it."),
    )

    admin_form_fields = (*Document.admin_form_fields, "language")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
