"""Networks, who belongs to them, and the topics they discuss."""

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.images import get_image_model_string
from wagtail.models import Orderable


class Visibility(models.TextChoices):
    """Who a space is for."""

    PUBLIC = "public", _("Public: everyone reads")
    MEMBERS = "members", _("Members: everyone sees the presentation, members read the topics")
    SECRET = "secret", _("Secret: only members know that the space exists")


class Role(models.TextChoices):
    """What a person does in a network."""

    MEMBER = "member", _("member")
    FACILITATOR = "facilitator", _("facilitator")
    MODERATOR = "moderator", _("moderator")


def sees_every_network(user: Any) -> bool:
    """Whether someone reads every space because they keep the whole site lawful: administrators and global moderators."""
    return user.is_active and (user.is_superuser or user.has_perm("comments.moderate_threadcomment"))


class NetworkQuerySet(models.QuerySet["Network"]):
    """Reads of networks; each method names its rule."""

    def visible_to(self, user: Any) -> "NetworkQuerySet":
        """Networks whose existence and presentation the person may know."""
        if user.is_authenticated and sees_every_network(user):
            return self
        rule = ~models.Q(visibility=Visibility.SECRET)
        if user.is_authenticated:
            rule |= models.Q(pk__in=Membership.objects.filter(user=user).values("network"))
        return self.filter(rule)

    def readable_by(self, user: Any) -> "NetworkQuerySet":
        """Networks whose topics and discussions the person may read."""
        if user.is_authenticated and sees_every_network(user):
            return self
        rule = models.Q(visibility=Visibility.PUBLIC)
        if user.is_authenticated:
            rule |= models.Q(pk__in=Membership.objects.filter(user=user).values("network"))
        return self.filter(rule)

    def moderated_by(self, user: Any) -> "NetworkQuerySet":
        """Networks whose conversations the person moderates through a membership."""
        return self.filter(pk__in=Membership.objects.filter(user_id=user.pk, role=Role.MODERATOR).values("network"))


class Network(models.Model):
    """A member organisation of the federation, with its space."""

    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True, help_text=_("The short name shown on badges."))
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    visibility = models.CharField(_("who the space is for"), max_length=10, choices=Visibility, default=Visibility.MEMBERS)
    tagline = models.CharField(_("tagline"), max_length=250, blank=True)
    presentation = models.TextField(_("presentation"), blank=True, help_text=_("Bold, italic, lists, quotes and links as in comments."))
    presentation_html = models.TextField(editable=False, blank=True)
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    colour = models.CharField(
        _("colour"), max_length=7, default="#7a4a2b", validators=[RegexValidator(r"^#[0-9a-f]{6}$", _("Six hexadecimal digits after #."))]
    )
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("presentation page"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    website = models.URLField(_("website"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def badge(self) -> str:
        """The short name shown beside what its members write."""
        return self.acronym or self.name

    def get_absolute_url(self) -> str:
        """The address of its space."""
        return reverse("networks:space", args=[self.slug])


class Membership(models.Model):
    """A person in a network."""

    network = models.ForeignKey(Network, verbose_name=_("network"), on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role, default=Role.MEMBER)
    joined_at = models.DateTimeField(_("joined on"), default=timezone.now)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["network", "user"]
        constraints = [models.UniqueConstraint(fields=["network", "user"], name="networks_membership_one_per_person")]
        indexes = [models.Index(fields=["user", "role"])]

    def __str__(self) -> str:
        return f"{self.network} ({self.get_role_display()})"


class RequestOutcome(models.TextChoices):
    """Where a request to join stands."""

    WAITING = "waiting", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


class JoinRequest(models.Model):
    """Someone's request to join a network, and what became of it."""

    network = models.ForeignKey(Network, verbose_name=_("network"), on_delete=models.CASCADE, related_name="join_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="join_requests")
    message = models.TextField(_("message"), max_length=2000, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=RequestOutcome, default=RequestOutcome.WAITING)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("asked on"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided on"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

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


class TopicState(models.TextChoices):
    """Whether a topic takes new comments."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class TopicQuerySet(models.QuerySet["Topic"]):
    """Reads of topics."""

    def visible_to(self, user: Any) -> "TopicQuerySet":
        """Topics of the networks whose discussions the person may read."""
        return self.filter(network__in=Network.objects.readable_by(user))


class Topic(models.Model):
    """Something opened for discussion in a space."""

    network = models.ForeignKey(Network, verbose_name=_("network"), on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=10_000, blank=True)
    html = models.TextField(editable=False, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="topics"
    )
    state = models.CharField(_("state"), max_length=8, choices=TopicState, default=TopicState.OPEN)
    pinned = models.BooleanField(_("pinned"), default=False)
    created_at = models.DateTimeField(_("opened on"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed on"), auto_now=True)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["-pinned", "-pk"]
        indexes = [models.Index(fields=["network", "-pinned", "-id"])]

    def __str__(self) -> str:
        return self.title

    @property
    def slug(self) -> str:
        """The readable end of its address; the key alone decides."""
        return slugify(self.title)[:60].strip("-") or "sujet"

    def get_absolute_url(self) -> str:
        """Its address in the network's space."""
        return reverse("networks:topic", args=[self.network.slug, self.pk, self.slug])


class Participation(Orderable):
    """A network that took part in writing a page of the guide."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="participations")
    network = models.ForeignKey(Network, verbose_name=_("network"), on_delete=models.CASCADE, related_name="participations")

    class Meta(Orderable.Meta):
        verbose_name = _("participation")
        verbose_name_plural = _("participations")

    def __str__(self) -> str:
        return str(self.network)
