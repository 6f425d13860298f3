"""What was decided when, and how long it had waited: the rows that dashboards and yearly reports count."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from comments.models.comments import ThreadComment


class Handling(models.TextChoices):
    """What a decision was; but for the last, the names of actions."""

    APPROVE = "approve", pgettext_lazy("decisions", "approved")
    RESTORE = "restore", pgettext_lazy("decisions", "restored")
    DISMISS = "dismiss", pgettext_lazy("decisions", "left as it is after reports")
    HOLD = "hold", pgettext_lazy("decisions", "taken back by a rule")
    REPHRASE = "rephrase", pgettext_lazy("decisions", "to be rephrased")
    REJECT = "reject", pgettext_lazy("decisions", "rejected")
    SPAM = "spam", pgettext_lazy("decisions", "spam")
    HIDE = "hide", pgettext_lazy("decisions", "hidden")


class HandledQuerySet(models.QuerySet["Handled"]):
    """Reads of decisions."""

    def moderatable_by(self, user: Any) -> "HandledQuerySet":
        """The decisions a person may count: all for global moderators, their networks' for network moderators."""
        from comments.permissions import moderates_everything
        from networks.models import Network

        return self if moderates_everything(user) else self.filter(network__in=Network.objects.moderated_by(user))


class Handled(models.Model):
    """One decision about a comment, of a person or of a rule; a decision that was undone in time leaves none."""

    wagtail_reference_index_ignore = True

    comment = models.ForeignKey(ThreadComment, on_delete=models.PROTECT, related_name="+")
    network = models.ForeignKey("networks.Network", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=10, choices=Handling)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    day = models.PositiveIntegerField()
    """The ordinal of its date in the site's time zone: both databases divide it into days and weeks by plain arithmetic."""
    waited = models.PositiveIntegerField(null=True)
    """In seconds; None where the comment did not wait for a moderator, so hidden ones."""

    objects = HandledQuerySet.as_manager()

    class Meta:
        verbose_name = "handled comment"
        verbose_name_plural = "handled comments"
        default_permissions = ()
        indexes = [
            models.Index(fields=["day", "kind", "waited"], name="comments_handled_by_day"),
            models.Index(fields=["network", "day", "kind", "waited"], name="comments_handled_of_network"),
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} · {self.kind}"
