"""What the import remembers: which of our objects came from which of a WordPress's, and who is importing now."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Imported(models.Model):
    """One thing of a WordPress and what became of it here, so that importing again makes nothing twice."""

    source = models.CharField(max_length=200, help_text=_("The address of the WordPress."))
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=100, help_text=_("Its number there, or a digest of what names it."))
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=64)
    target = GenericForeignKey("content_type", "object_id")
    fingerprint = models.CharField(max_length=64, blank=True, help_text=_("A digest of what was imported, to notice what is new."))
    revision_id = models.BigIntegerField(null=True, help_text=_("The revision the import left, to notice what editors changed since."))
    imported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("imported object")
        verbose_name_plural = _("imported objects")
        constraints = [models.UniqueConstraint(fields=["source", "kind", "key"], name="wordpress_imported_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.key}"


class ImportLock(models.Model):
    """The one row an import holds while it runs."""

    class Meta:
        verbose_name = _("import lock")
        verbose_name_plural = _("import locks")

    def __str__(self) -> str:
        return str(self.pk)
