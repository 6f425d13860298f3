"""Who belongs to a network, and who asks to."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.states import RequestOutcome, Role


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads of memberships."""

    def of(self, user: Any) -> "MembershipQuerySet":
        """A person's memberships; none for a visitor or a closed account."""
        return self.filter(user_id=user.pk) if user.is_authenticated and user.is_active else self.none()

    def running(self) -> "MembershipQuerySet":
        """The people who run a network: its facilitators and moderators."""
        return self.exclude(role=Role.MEMBER)

    def running_after(self, key: int | None) -> "MembershipQuerySet":
        """Those who run a network, facilitators first, after the one with this key; from the first without a key."""
        found = self.running().order_by("role", "pk")
        if key is None:
            return found
        role = models.Subquery(self.filter(pk=key).order_by().values("role"))
        return found.filter(models.Q(role__gt=role) | models.Q(role=role, pk__gt=key))

    def following(self, key: int | None) -> "MembershipQuerySet":
        """Memberships in the order of their beginning, from the one after this key; from the first without a key."""
        found = self.order_by("pk")
        return found if key is None else found.filter(pk__gt=key)


class Membership(models.Model):
    """A person in a network."""

    network = models.ForeignKey(
        "networks.Network", verbose_name=_("network"), on_delete=models.CASCADE, related_name="memberships", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(_("joined on"), default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["network", "user"]
        constraints = [models.UniqueConstraint(fields=["network", "user"], name="networks_membership_one_per_person")]
        indexes = [
            models.Index(fields=["user", "role"], name="networks_membership_of_person"),
            models.Index(fields=["network", "role", "id"], name="networks_membership_by_role"),
            models.Index(fields=["network", "id"], name="networks_membership_listed"),
        ]

    def __str__(self) -> str:
        return f"{self.network} ({self.get_role_display()})"


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    """Reads of requests to join."""

    def waiting(self) -> "JoinRequestQuerySet":
        """Requests that nobody has decided yet."""
        return self.filter(outcome=RequestOutcome.WAITING)

    def decided(self) -> "JoinRequestQuerySet":
        """Requests that were accepted or refused, the latest decision first."""
        return self.exclude(outcome=RequestOutcome.WAITING).order_by("-decided_at", "-pk")

    def latest_of(self, user: Any, network: models.Model) -> "JoinRequest | None":
        """The latest request of a person to join a network."""
        return self.filter(user_id=user.pk, network=network).order_by("-pk").first() if user.is_authenticated else None


class JoinRequest(models.Model):
    """Someone's request to join a network, and what became of it."""

    network = models.ForeignKey("networks.Network", verbose_name=_("network"), on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="join_requests")
    message = models.TextField(_("message"), max_length=2000, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=RequestOutcome, default=RequestOutcome.WAITING)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("asked on"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "user"], condition=models.Q(outcome="waiting"), name="networks_joinrequest_one_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.network} ({self.get_outcome_display()})"
