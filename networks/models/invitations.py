"""Invitations: by mail to one address, or by a link that several people may use; and the guests of a single topic."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.states import Role

MOST_USES = 500
"""How many people one link lets in at most."""


class OfferQuerySet(models.QuerySet):
    """Reads of what lets people in."""

    def open(self) -> "OfferQuerySet":
        """What still lets somebody in."""
        return self.unanswered().filter(expires_at__gt=timezone.now())

    def unanswered(self) -> "OfferQuerySet":
        """What nobody took back or used up, be it too old or not."""
        raise NotImplementedError

    def older_than(self, key: int | None) -> "OfferQuerySet":
        """The newest first, after the one with this key; from the first without a key."""
        found = self.order_by("-pk")
        return found if key is None else found.filter(pk__lt=key)


class InvitationQuerySet(OfferQuerySet):
    """Reads of invitations by mail."""

    def unanswered(self) -> "InvitationQuerySet":
        """Invitations that were neither accepted nor taken back."""
        return self.filter(accepted_at=None, revoked_at=None)

    def about(self, address: str) -> "InvitationQuerySet":
        """Invitations of one address, written as `networks.accounts.fold` writes it."""
        return self.filter(address=address)

    def over_since(self, moment: datetime) -> "InvitationQuerySet":
        """Invitations that let nobody in since a moment: accepted, taken back or too old by then."""
        return self.filter(
            models.Q(accepted_at__lt=moment) | models.Q(revoked_at__lt=moment) | models.Q(accepted_at=None, expires_at__lt=moment)
        )


class Offer(models.Model):
    """What lets people in until it ends or is taken back."""

    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("taken back on"), null=True, blank=True)
    created_at = models.DateTimeField(_("created on"), default=timezone.now)

    class Meta:
        abstract = True

    @property
    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= timezone.now()


class Invitation(Offer):
    """An invitation by mail: for the person behind one address, and nobody else."""

    wagtail_reference_index_ignore = True

    network = models.ForeignKey("networks.Network", verbose_name=_("network"), on_delete=models.CASCADE, related_name="invitations")
    topic = models.ForeignKey(
        "networks.Topic",
        verbose_name=_("topic"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitations",
        help_text=_("Of whoever is invited as the guest of a single topic."),
    )
    email = models.EmailField(_("e-mail address"), help_text=_("As it was typed."))
    address = models.CharField(max_length=254, help_text=_("As it is compared."))
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    message = models.TextField(_("message"), max_length=2000, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(_("sent on"), default=timezone.now)
    sent_count = models.PositiveSmallIntegerField(_("times sent"), default=1)
    accepted_at = models.DateTimeField(_("accepted on"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("accepted by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "address"],
                condition=models.Q(topic=None, accepted_at=None, revoked_at=None),
                name="networks_invitation_one_open",
            ),
            models.UniqueConstraint(
                fields=["topic", "address"],
                condition=models.Q(topic__isnull=False, accepted_at=None, revoked_at=None),
                name="networks_invitation_one_open_topic",
            ),
        ]
        indexes = [
            models.Index(fields=["address"], name="networks_invitation_of_address"),
            models.Index(fields=["network", "sent_at"], name="networks_invitation_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.network} ({self.email})"

    @property
    def is_open(self) -> bool:
        """Whether it still lets its person in."""
        return self.accepted_at is None and self.revoked_at is None and not self.is_expired


class InvitationLinkQuerySet(OfferQuerySet):
    """Reads of links."""

    def unanswered(self) -> "InvitationLinkQuerySet":
        """Links that were not taken back and are not used up."""
        return self.filter(revoked_at=None, uses__lt=models.F("max_uses"))


class InvitationLink(Offer):
    """A link that lets several people in, as members; whoever has it may use it once, until it is used up."""

    wagtail_reference_index_ignore = True

    network = models.ForeignKey("networks.Network", verbose_name=_("network"), on_delete=models.CASCADE, related_name="invitation_links")
    label = models.CharField(_("name of the link"), max_length=100, blank=True)
    max_uses = models.PositiveSmallIntegerField(_("people it lets in at most"))
    uses = models.PositiveSmallIntegerField(_("people let in"), default=0)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("created by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = InvitationLinkQuerySet.as_manager()

    role = Role.MEMBER
    topic = None

    class Meta:
        verbose_name = _("invitation link")
        verbose_name_plural = _("invitation links")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(max_uses__gte=1, max_uses__lte=MOST_USES), name="networks_link_some_uses"),
            models.CheckConstraint(condition=models.Q(uses__lte=models.F("max_uses")), name="networks_link_not_used_too_often"),
        ]

    def __str__(self) -> str:
        return f"{self.network} ({self.label or self.pk})"

    @property
    def is_open(self) -> bool:
        """Whether it still lets anybody in."""
        return self.revoked_at is None and self.uses < self.max_uses and not self.is_expired


class InvitationLinkUse(models.Model):
    """A person who came in by a link: it lets nobody in twice."""

    wagtail_reference_index_ignore = True

    link = models.ForeignKey(InvitationLink, on_delete=models.CASCADE, related_name="used_by")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("use of an invitation link")
        verbose_name_plural = _("uses of invitation links")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["link", "user"], name="networks_link_once_per_person")]

    def __str__(self) -> str:
        return f"{self.link_id} ({self.used_at:%Y-%m-%d})"


class TopicGuestQuerySet(models.QuerySet["TopicGuest"]):
    """Reads of guests."""

    def of(self, user: Any) -> "TopicGuestQuerySet":
        """Where a person is a guest; nowhere for a visitor or a closed account."""
        return self.filter(user_id=user.pk) if user.is_authenticated and user.is_active else self.none()


class TopicGuest(models.Model):
    """Somebody who reads and writes in one topic of a space they are no member of."""

    wagtail_reference_index_ignore = True

    topic = models.ForeignKey("networks.Topic", verbose_name=_("topic"), on_delete=models.CASCADE, related_name="guests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="guest_topics")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("guest since"), default=timezone.now)

    objects = TopicGuestQuerySet.as_manager()

    class Meta:
        verbose_name = _("guest of a topic")
        verbose_name_plural = _("guests of topics")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["topic", "user"], name="networks_guest_once_per_topic")]

    def __str__(self) -> str:
        return f"{self.topic_id} ({self.user_id})"
