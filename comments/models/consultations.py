"""Consultations: chapters that the networks are asked about between two dates."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments.models.discussions import Discussion
from networks.markup import render

LONGEST_NOTICE = 90
"""How many days before the end a reminder may leave."""


class Stage(models.TextChoices):
    """Where a consultation stands; told by its dates alone."""

    PLANNED = "planned", pgettext_lazy("a consultation", "to come")
    RUNNING = "running", pgettext_lazy("a consultation", "under way")
    OVER = "over", pgettext_lazy("a consultation", "over")


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Reads of consultations."""

    def visible_to(self, user: Any) -> "ConsultationQuerySet":
        """The consultations about at least one chapter that the person reads."""
        read = Discussion.objects.visible_to(user).values("pk")
        asked = Consultation.discussions.through.objects.filter(consultation=OuterRef("pk"), discussion__in=read)
        return self.filter(Exists(asked))

    def running(self, now: datetime | None = None) -> "ConsultationQuerySet":
        """Those under way, the one that ends first first."""
        moment = now or timezone.now()
        return self.filter(opens_at__lte=moment, closes_at__gt=moment).order_by("closes_at", "pk")

    def not_over(self, now: datetime | None = None) -> "ConsultationQuerySet":
        """Those under way and to come."""
        return self.filter(closes_at__gt=now or timezone.now())

    def over(self, now: datetime | None = None) -> "ConsultationQuerySet":
        """Those that have closed."""
        return self.filter(closes_at__lte=now or timezone.now())

    def newest_first(self) -> "ConsultationQuerySet":
        """In the order in which they were planned, the last one first, which `before(key)` pages."""
        return self.order_by("-pk")

    def before(self, key: int | None) -> "ConsultationQuerySet":
        """The consultations that follow the one with this key in `newest_first`; all of them without a key."""
        return self if key is None else self.filter(pk__lt=key)


class Consultation(models.Model):
    """What networks are asked about: opens, reminds those who have not spoken, and closes by itself."""

    wagtail_reference_index_ignore = True

    title = models.CharField(_("title"), max_length=200)
    words = models.TextField(
        _("what it is about"),
        max_length=5000,
        blank=True,
        help_text=_("What you would like to hear about, and what becomes of it. **bold**, *italic*, - lists, > quotes and links."),
    )
    opens_at = models.DateTimeField(_("opens on"))
    closes_at = models.DateTimeField(_("closes on"))
    only_between = models.BooleanField(
        _("comments only between these dates"),
        default=True,
        help_text=_("Before and after, the chapters’ discussions are read only. Otherwise they stay as their pages say."),
    )
    remind_days = models.PositiveSmallIntegerField(
        _("remind, days before the end"),
        null=True,
        blank=True,
        default=7,
        validators=[MaxValueValidator(LONGEST_NOTICE)],
        help_text=_("Facilitators of the networks that have not spoken get a mail. Empty: nobody is reminded."),
    )
    discussions = models.ManyToManyField(Discussion, related_name="consultations")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="comments_consultation_closes_after_it_opens")]
        indexes = [models.Index(fields=["closes_at"], name="comments_consultation_by_end")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page on the site."""
        return reverse("comments:consultation", args=[self.pk])

    @property
    def html(self) -> str:
        """The safe HTML of its words."""
        return render(self.words)

    @property
    def stage(self) -> Stage:
        """Where it stands now."""
        now = timezone.now()
        if now < self.opens_at:
            return Stage.PLANNED
        return Stage.RUNNING if now < self.closes_at else Stage.OVER

    @property
    def is_planned(self) -> bool:
        """Whether it has not opened yet."""
        return self.stage == Stage.PLANNED

    @property
    def is_running(self) -> bool:
        """Whether it is under way."""
        return self.stage == Stage.RUNNING

    @property
    def is_over(self) -> bool:
        """Whether it has closed."""
        return self.stage == Stage.OVER

    @property
    def reminds_at(self) -> datetime | None:
        """When those who have not spoken are reminded; None where nobody is."""
        return self.closes_at - timedelta(days=self.remind_days) if self.remind_days else None
