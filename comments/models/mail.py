"""Mail that waits to leave, and those who want none."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class OutgoingMail(models.Model):
    """A mail that waits to leave, written in the transaction of its cause; rendered, and its right checked, when it leaves."""

    wagtail_reference_index_ignore = True

    event = models.CharField(max_length=200, unique=True, help_text=_("What it is about and for whom: each event is told once."))
    kind = models.CharField(max_length=40)
    recipient = models.EmailField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10, blank=True)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True, help_text=_("When it left, or was found to have no reason any more."))
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = [models.Index(fields=["next_attempt_at"], condition=models.Q(settled_at=None), name="comments_mail_waiting")]

    def __str__(self) -> str:
        return self.event


class Pace(models.TextChoices):
    """How often a moderator is told of what waits."""

    HOURLY = "hourly", _("At most once an hour")
    DAILY = "daily", _("Once a day")
    NEVER = "never", _("Never, but for what is reported as illegal")


class ModeratorPace(models.Model):
    """How often one moderator wants to be told; without a row, once a day."""

    wagtail_reference_index_ignore = True

    user = models.OneToOneField(settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+")
    pace = models.CharField(_("mails about what waits"), max_length=8, choices=Pace, default=Pace.DAILY)

    class Meta:
        verbose_name = _("moderator’s choice of mails")
        verbose_name_plural = _("moderators’ choices of mails")
        default_permissions = ()

    def __str__(self) -> str:
        return self.get_pace_display()


class NoticeRefusalQuerySet(models.QuerySet["NoticeRefusal"]):
    """Reads of refusals."""

    def of(self, address: str) -> "NoticeRefusalQuerySet":
        """The refusal of an address, however it is written."""
        return self.filter(email=address.lower())


class NoticeRefusal(models.Model):
    """An address that wants no more mails about replies and publications."""

    wagtail_reference_index_ignore = True

    email = models.EmailField(unique=True, help_text=_("In lower case."))
    created_at = models.DateTimeField(default=timezone.now)

    objects = NoticeRefusalQuerySet.as_manager()

    class Meta:
        verbose_name = _("refusal of mails")
        verbose_name_plural = _("refusals of mails")

    def __str__(self) -> str:
        return self.email
