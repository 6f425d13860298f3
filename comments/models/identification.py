"""Who wrote from where: kept apart from the comments, for the time the law asks for, and looked at by name and reason only."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comments import ThreadComment


class Act(models.TextChoices):
    """What was done from an address."""

    POSTED = "posted", _("posted")
    EDITED = "edited", _("changed the words")
    CONFIRMED = "confirmed", _("confirmed the e-mail address")


class LookKind(models.TextChoices):
    """What somebody did with the identification data of a comment."""

    LOOKED = "looked", _("looked at the data")
    HELD = "held", _("put a legal hold on")
    RELEASED = "released", _("lifted the legal hold")


class IdentificationRecordQuerySet(models.QuerySet["IdentificationRecord"]):
    """Reads of the log."""

    def about(self, comment: ThreadComment) -> "IdentificationRecordQuerySet":
        """What is kept about one comment, the oldest first."""
        return self.filter(comment=comment).order_by("pk")

    def belonging_to(self, user: Any) -> "IdentificationRecordQuerySet":
        """What is kept about one account's own acts, those on comments it removed since included."""
        return self.filter(user=user).order_by("pk")

    def over(self, before: datetime) -> "IdentificationRecordQuerySet":
        """What need not be kept any longer: older than a moment, and of no comment under a legal hold."""
        held = self.model._default_manager.filter(held=True).values("comment_id")
        return self.filter(at__lt=before, held=False).exclude(comment_id__in=held)


class IdentificationRecord(models.Model):
    """The address and port from which a comment was written; outlives the comment's words and the account, for a year."""

    wagtail_reference_index_ignore = True

    comment = models.ForeignKey(ThreadComment, verbose_name=_("comment"), on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    act = models.CharField(_("act"), max_length=12, choices=Act)
    ip = models.GenericIPAddressField(_("IP address"))
    port = models.PositiveIntegerField(_("port"), null=True, blank=True)
    at = models.DateTimeField(_("date"), default=timezone.now, db_index=True)
    held = models.BooleanField(_("under a legal hold"), default=False)

    objects = IdentificationRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("identification record")
        verbose_name_plural = _("identification records")
        default_permissions = ()
        permissions = [("look_into_identificationrecord", _("Can look into the identification log"))]
        indexes = [models.Index(fields=["comment"], condition=models.Q(held=True), name="comments_identification_held")]

    def __str__(self) -> str:
        return f"{self.comment_id} · {self.act}"


class IdentificationLook(models.Model):
    """Somebody who looked into the log, or decided how long it is kept: who, when, about which comment, and why."""

    wagtail_reference_index_ignore = True

    comment = models.ForeignKey(ThreadComment, verbose_name=_("comment"), on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(_("act"), max_length=10, choices=LookKind, default=LookKind.LOOKED)
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("date"), default=timezone.now)

    class Meta:
        verbose_name = _("look into the identification log")
        verbose_name_plural = _("looks into the identification log")
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.comment} · {self.get_kind_display()}"
