"""What tells whether a page kept in a cache is still true."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentVersion(models.Model):
    """One share of the version of everything that readers see outside discussions; the sum of the shares is the version.

    Who changes something adds one to a share that nobody else holds, in the transaction of the change: changes never wait
    for each other, and every commit makes the sum grow.
    """

    wagtail_reference_index_ignore = True

    changes = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("share of the content's version")
        verbose_name_plural = _("shares of the content's version")

    def __str__(self) -> str:
        return str(self.changes)
