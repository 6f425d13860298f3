"""Guests who have proven their address on a browser."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class GuestPass(models.Model):
    """A browser on which a guest has proven an address: a signed cookie names it, revoking it ends it."""

    wagtail_reference_index_ignore = True

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(db_index=True, help_text=_("In lower case."))
    name = models.CharField(max_length=50)
    created_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("remembered guest")
        verbose_name_plural = _("remembered guests")

    def __str__(self) -> str:
        return self.email
