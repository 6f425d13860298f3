"""What facilitators wrote to all members."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.markup import MAX_LENGTH, render
from networks.models.networks import Network


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Reads of announcements."""

    def older_than(self, key: int | None) -> "AnnouncementQuerySet":
        """The latest first, after the one with this key; from the first without a key."""
        found = self.order_by("-pk")
        return found if key is None else found.filter(pk__lt=key)


class Announcement(models.Model):
    """A message to all members of a network: mailed to each, kept on the site for those who come later."""

    wagtail_reference_index_ignore = True

    network = models.ForeignKey(Network, verbose_name=_("network"), on_delete=models.CASCADE, related_name="announcements")
    subject = models.CharField(_("subject of the message"), max_length=150)
    text = models.TextField(_("text"), max_length=MAX_LENGTH)
    html = models.TextField(editable=False, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("sent by"), null=True, on_delete=models.SET_NULL, related_name="+")
    sent_at = models.DateTimeField(_("sent on"), default=timezone.now)
    recipient_count = models.PositiveIntegerField(_("recipients"), default=0)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [models.Index(fields=["network", "-id"], name="networks_announcement_listed")]

    def __str__(self) -> str:
        return self.subject

    def save(self, **kwargs: Any) -> None:
        """Save, with the safe HTML of the text; what was sent is never rewritten."""
        self.html = render(self.text)
        super().save(**kwargs)
