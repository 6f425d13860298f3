"""The dates of a space."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.markup import MAX_LENGTH, render
from networks.models.networks import Network
from networks.models.rendered import with_html


class AgendaDateQuerySet(models.QuerySet["AgendaDate"]):
    """Reads of dates; who reads the topics of a space reads its dates."""

    def upcoming(self, now: datetime | None = None) -> "AgendaDateQuerySet":
        """What is not over, the next first."""
        return self.filter(ends_at__gte=now or timezone.now()).order_by("starts_at", "pk")

    def past(self, now: datetime | None = None) -> "AgendaDateQuerySet":
        """What is over, the latest first."""
        return self.filter(ends_at__lt=now or timezone.now()).order_by("-starts_at", "-pk")

    def from_key(self, key: tuple[datetime, int] | None, *, backwards: bool = False) -> "AgendaDateQuerySet":
        """What follows the date with this beginning and key in `upcoming`, or in `past` with `backwards`; all without a key."""
        if key is None:
            return self
        moment, pk = key
        way = "lt" if backwards else "gt"
        return self.filter(Q(**{f"starts_at__{way}": moment}) | Q(starts_at=moment, **{f"pk__{way}": pk}))


class AgendaDate(models.Model):
    """Something that happens at a time: a meeting, a deadline."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="dates")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=MAX_LENGTH, blank=True)
    html = models.TextField(editable=False, blank=True)
    starts_at = models.DateTimeField(_("beginning"))
    ends_at = models.DateTimeField(_("end"), help_text=_("The last moment of the last day where it lasts whole days."))
    whole_days = models.BooleanField(_("whole days"), default=False)
    place = models.CharField(_("place"), max_length=200, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    objects = AgendaDateQuerySet.as_manager()

    class Meta:
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=models.F("starts_at")), name="networks_agendadate_ends_after_it_starts")
        ]
        indexes = [
            models.Index(fields=["network", "starts_at", "id"], name="networks_agendadate_by_start"),
            models.Index(fields=["network", "ends_at"], name="networks_agendadate_by_end"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save, with the safe HTML in step with the text."""
        self.html = render(self.text)
        super().save(update_fields=with_html(update_fields, "text", "html"), **kwargs)

    def get_absolute_url(self) -> str:
        """Its place in the agenda."""
        return f"{reverse('networks:agenda', args=[self.network.slug])}#date-{self.pk}"

    @property
    def lasts_days(self) -> bool:
        """Whether it ends on another day than it begins."""
        return timezone.localdate(self.starts_at) != timezone.localdate(self.ends_at)
