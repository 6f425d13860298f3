"""What readers report, and what becomes of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comments import ThreadComment
from comments.states import ReportKind, Verdict


class ReportQuerySet(models.QuerySet["Report"]):
    """Reads of reports."""

    def open(self) -> "ReportQuerySet":
        """Reports that nobody has decided about."""
        return self.filter(verdict=Verdict.OPEN)

    def moderatable_by(self, user: Any) -> "ReportQuerySet":
        """The reports of comments the person decides on."""
        from comments.permissions import moderates_everything
        from networks.models import Network

        return self if moderates_everything(user) else self.filter(comment__discussion__network__in=Network.objects.moderated_by(user))

    def decided_for(self, reporter_key: str) -> "ReportQuerySet":
        """What became of a reporter's reports, the newest first."""
        return self.filter(reporter_key=reporter_key, verdict__in=[Verdict.UPHELD, Verdict.DISMISSED]).order_by("-decided_at", "-pk")


class Report(models.Model):
    """One person's complaint about a comment; what the same person says again before it is decided is added to it."""

    wagtail_reference_index_ignore = True

    comment = models.ForeignKey(ThreadComment, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(_("kind"), max_length=16, choices=ReportKind)
    words = models.TextField(_("words"), blank=True)
    reporter_key = models.CharField(max_length=270, editable=False, help_text=_("An account, or a keyed hash: who reports again."))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(_("name"), max_length=150, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(max_length=10, blank=True)
    good_faith = models.BooleanField(default=False, help_text=_("Article 16, paragraph 2 d."))
    counts = models.BooleanField(
        default=True, help_text=_("Whether it counts towards holding a comment: not from who reports without reason.")
    )
    reported_at = models.DateTimeField(default=timezone.now)
    verdict = models.CharField(max_length=10, choices=Verdict, default=Verdict.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    statement = models.ForeignKey("comments.Statement", null=True, on_delete=models.SET_NULL, related_name="reports")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "reporter_key"], condition=models.Q(verdict="open"), name="comments_report_one_open_for_each"
            )
        ]
        indexes = [
            models.Index(fields=["reporter_key", "-decided_at"], name="comments_reports_of_reporter"),
            models.Index(fields=["reported_at", "kind"], name="comments_reports_by_date"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What its author quotes when they write about it."""
        return f"S-{self.pk:06d}"
