"""Guests who have proven their address on a browser."""

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class GuestPassQuerySet(models.QuerySet["GuestPass"]):
    """Reads of passes."""

    def valid(self) -> "GuestPassQuerySet":
        """Passes that still say who writes: neither revoked nor unused for a lifetime."""
        return self.filter(revoked_at=None, used_at__gt=timezone.now() - GuestPass.LIFETIME)

    def over(self) -> "GuestPassQuerySet":
        """Passes that will never be valid again."""
        return self.filter(models.Q(used_at__lte=timezone.now() - GuestPass.LIFETIME) | ~models.Q(revoked_at=None))


class GuestPass(models.Model):
    """A browser on which a guest has proven an address: a signed cookie names it, revoking it ends it."""

    LIFETIME = timedelta(days=180)
    """How long a browser is remembered after its guest last wrote there."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(db_index=True, help_text=_("In lower case."))
    name = models.CharField(max_length=50)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    objects = GuestPassQuerySet.as_manager()

    class Meta:
        verbose_name = _("remembered guest")
        verbose_name_plural = _("remembered guests")

    def __str__(self) -> str:
        return self.email
