"""What moderators decide about authors."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.addresses import is_address


class SanctionKind(models.TextChoices):
    """What is decided about an author."""

    WARN = "warn", _("Warn")
    SUSPEND = "suspend", _("Suspend")
    BAN = "ban", _("Ban")


class SanctionQuerySet(models.QuerySet["Sanction"]):
    """Reads of sanctions."""

    def of(self, user_id: Any, email: str) -> "SanctionQuerySet":
        """What was decided about an account, or about a guest with this address."""
        if user_id is not None:
            return self.filter(user_id=user_id)
        return self.filter(is_address("email", email), user=None) if email else self.none()

    def holding_in(self, network_id: int | None) -> "SanctionQuerySet":
        """Those that hold in the discussions of a network; None: in discussions that belong to none."""
        where = models.Q(everywhere=True)
        return self.filter(where if network_id is None else where | models.Q(network=network_id))

    def in_effect(self) -> "SanctionQuerySet":
        """Those that keep their author from writing now."""
        running = models.Q(kind=SanctionKind.BAN) | models.Q(kind=SanctionKind.SUSPEND, until__gt=timezone.now())
        return self.filter(running, lifted_at=None)

    def moderatable_by(self, user: Any) -> "SanctionQuerySet":
        """The sanctions a person may look up and lift: all for global moderators, their networks' for network moderators."""
        from comments.permissions import moderates_everything
        from networks.models import Network

        return self if moderates_everything(user) else self.filter(network__in=Network.objects.moderated_by(user))


class Sanction(models.Model):
    """An author is warned, may not write for a time, or for good: everywhere, or in the space of one network."""

    wagtail_reference_index_ignore = True

    kind = models.CharField(_("decision"), max_length=8, choices=SanctionKind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(blank=True, db_index=True, help_text=_("A guest's, in lower case."))
    name = models.CharField(_("name"), max_length=150, blank=True, help_text=_("What the author was called then."))
    everywhere = models.BooleanField(_("everywhere"), default=False)
    network = models.ForeignKey(
        "networks.Network", verbose_name=_("in the space of"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    until = models.DateTimeField(_("until"), null=True, help_text=_("The end of a suspension."))
    imposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    imposed_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision about an author")
        verbose_name_plural = _("decisions about authors")
        indexes = [models.Index(fields=["user", "lifted_at"], name="comments_sanctions_of_account")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.name}"

    @property
    def holds(self) -> bool:
        """Whether it keeps its author from writing now."""
        if self.lifted_at is not None or self.kind == SanctionKind.WARN:
            return False
        return self.kind == SanctionKind.BAN or (self.until is not None and self.until > timezone.now())
