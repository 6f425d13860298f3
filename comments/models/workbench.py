"""What moderators leave for each other: who works on what, and notes."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comments import ThreadComment


class Claim(models.Model):
    """A moderator has taken a comment on, for a time."""

    LIFETIME = timedelta(minutes=15)
    """Long enough to read a thread and write an answer, short enough that nobody waits for who went to bed."""

    wagtail_reference_index_ignore = True

    comment = models.OneToOneField(ThreadComment, on_delete=models.CASCADE, related_name="claim")
    moderator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")

    def __str__(self) -> str:
        return f"{self.moderator} · {self.comment_id}"

    @property
    def holds(self) -> bool:
        """Whether its time is not over."""
        return self.until > timezone.now()


class ModeratorNote(models.Model):
    """What a moderator tells the other moderators about a comment; its author never reads it."""

    wagtail_reference_index_ignore = True

    comment = models.ForeignKey(ThreadComment, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("note"), max_length=2000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text[:60]
