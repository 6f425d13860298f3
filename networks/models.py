"""Networks, who belongs to them, and the topics they discuss."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.images import get_image_model, get_image_model_string
from wagtail.models import Orderable

from networks.markup import MAX_LENGTH, render
from networks.states import Colour, RequestOutcome, Role, TopicState, Visibility

LOGO_IN_LISTS = "max-240x120"
"""The copy of a logo that lists show (a Wagtail filter)."""


def sees_every_network(user: Any) -> bool:
    """Whether someone reads every space because they keep the whole site lawful: administrators and global moderators."""
    return user.is_active and (user.is_superuser or user.has_perm("comments.moderate_threadcomment"))


class NetworkQuerySet(models.QuerySet["Network"]):
    """Reads of networks; each method names its rule, and `networks.permissions.Standing` is its twin for one network."""

    def visible_to(self, user: Any) -> "NetworkQuerySet":
        """Networks whose existence and presentation the person may know."""
        return self._open_or_joined(user, ~models.Q(visibility=Visibility.SECRET))

    def readable_by(self, user: Any) -> "NetworkQuerySet":
        """Networks whose topics and discussions the person may read."""
        return self._open_or_joined(user, models.Q(visibility=Visibility.PUBLIC))

    def joined_by(self, user: Any) -> "NetworkQuerySet":
        """Networks the person belongs to, whatever the role."""
        return self.filter(pk__in=Membership.objects.of(user).values("network"))

    def moderated_by(self, user: Any) -> "NetworkQuerySet":
        """Networks whose conversations the person moderates through a membership."""
        return self.filter(pk__in=Membership.objects.of(user).filter(role=Role.MODERATOR).values("network"))

    def with_logos(self) -> "NetworkQuerySet":
        """Networks with their logos and the copies that lists show, whatever their number in the same queries."""
        logos = get_image_model().objects.prefetch_renditions(LOGO_IN_LISTS)
        return self.prefetch_related(models.Prefetch("logo", queryset=logos))

    def _open_or_joined(self, user: Any, open_to_all: models.Q) -> "NetworkQuerySet":
        if not user.is_authenticated:
            return self.filter(open_to_all)
        if sees_every_network(user):
            return self
        return self.filter(open_to_all | models.Q(pk__in=Membership.objects.of(user).values("network")))


class Network(models.Model):
    """A member organisation of the federation, with its space."""

    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True, help_text=_("The short name shown on badges."))
    slug = models.SlugField(_("address"), max_length=80, unique=True, help_text=_("The end of the space's address: /reseaux/…/"))
    visibility = models.CharField(_("who the space is for"), max_length=10, choices=Visibility, default=Visibility.MEMBERS)
    tagline = models.CharField(_("tagline"), max_length=250, blank=True, help_text=_("One sentence under the name."))
    presentation = models.TextField(
        _("presentation"), max_length=MAX_LENGTH, blank=True, help_text=_("Bold, italic, lists, quotes and links as in comments.")
    )
    presentation_html = models.TextField(editable=False, blank=True)
    logo = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    colour = models.CharField(_("colour"), max_length=12, choices=Colour, default=Colour.EARTH)
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("presentation page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A page of this site that says more about the network."),
    )
    website = models.URLField(_("website"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["slug"]  # as a French reader looks names up: É beside E, on every database

    def __str__(self) -> str:
        return self.name

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save, with the safe HTML of the presentation in step with its text, and make the copy of the logo that lists show."""
        self.presentation_html = render(self.presentation)
        super().save(update_fields=_with(update_fields, "presentation", "presentation_html"), **kwargs)
        if self.logo:
            transaction.on_commit(lambda: self.logo.get_rendition(LOGO_IN_LISTS), robust=True)

    @property
    def badge(self) -> str:
        """The short name shown beside what its members write."""
        return self.acronym or self.name

    def get_absolute_url(self) -> str:
        """The address of its space."""
        return reverse("networks:space", args=[self.slug])


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Reads of memberships."""

    def of(self, user: Any) -> "MembershipQuerySet":
        """A person's memberships; none for a visitor or a closed account."""
        return self.filter(user_id=user.pk) if user.is_authenticated and user.is_active else self.none()

    def running(self) -> "MembershipQuerySet":
        """The people who run a network: its facilitators and moderators."""
        return self.exclude(role=Role.MEMBER)

    def following(self, key: int | None) -> "MembershipQuerySet":
        """Memberships in the order of their beginning, from the one after this key; from the first without a key."""
        found = self.order_by("pk")
        return found if key is None else found.filter(pk__gt=key)


class Membership(models.Model):
    """A person in a network."""

    network = models.ForeignKey(Network, verbose_name=_("network"), on_delete=models.CASCADE, related_name="memberships")
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
            models.Index(fields=["network", "role"], name="networks_membership_by_role"),
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

    def latest_of(self, user: Any, network: Network) -> "JoinRequest | None":
        """The latest request of a person to join a network."""
        return self.filter(user_id=user.pk, network=network).order_by("-pk").first() if user.is_authenticated else None


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


class TopicQuerySet(models.QuerySet["Topic"]):
    """Reads of topics."""

    def visible_to(self, user: Any) -> "TopicQuerySet":
        """Topics of the networks whose discussions the person may read."""
        return self.filter(network__in=Network.objects.readable_by(user))

    def count_by_network(self) -> dict[int, int]:
        """How many of these topics each network has, by the network's key."""
        return dict(self.order_by().values_list("network").annotate(count=models.Count("pk")))

    def newest_first(self) -> "TopicQuerySet":
        """Topics in the order they are listed in, which `before(key)` pages."""
        return self.order_by("-pk")

    def before(self, key: int | None) -> "TopicQuerySet":
        """The topics that follow the one with this key in `newest_first`; all of them without a key."""
        return self if key is None else self.filter(pk__lt=key)


class Topic(models.Model):
    """Something opened for discussion in a space."""

    network = models.ForeignKey(Network, verbose_name=_("network"), on_delete=models.CASCADE, related_name="topics")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"), max_length=MAX_LENGTH, blank=True)
    html = models.TextField(editable=False, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="topics"
    )
    state = models.CharField(_("state"), max_length=8, choices=TopicState, default=TopicState.OPEN)
    pinned = models.BooleanField(_("pinned"), default=False)
    created_at = models.DateTimeField(_("opened on"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed on"), null=True, blank=True, help_text=_("When its title or text last changed."))

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["-pinned", "-pk"]
        indexes = [models.Index(fields=["network", "-pinned", "-id"], name="networks_topic_listed")]

    def __str__(self) -> str:
        return self.title

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Save, with the safe HTML in step with the text."""
        self.html = render(self.text)
        super().save(update_fields=_with(update_fields, "text", "html"), **kwargs)

    @property
    def slug(self) -> str:
        """The readable end of its address; the key alone decides."""
        return slugify(self.title.replace("’", " ").replace("'", " "))[:60].strip("-") or "sujet"

    @property
    def is_open(self) -> bool:
        """Whether it takes new comments."""
        return self.state == TopicState.OPEN

    def get_absolute_url(self) -> str:
        """Its address in the network's space."""
        return reverse("networks:topic", args=[self.network.slug, self.pk, self.slug])


class Participation(Orderable):
    """A network that took part in writing a page of the guide; a secret one is not offered, its existence is not the editors' to know."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="participations")
    network = models.ForeignKey(
        Network,
        verbose_name=_("network"),
        on_delete=models.CASCADE,
        related_name="participations",
        limit_choices_to=~models.Q(visibility=Visibility.SECRET),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("participation")
        verbose_name_plural = _("participations")

    def __str__(self) -> str:
        return str(self.network)


def _with(update_fields: Iterable[str] | None, text: str, html: str) -> Iterable[str] | None:
    """The fields to save, the HTML among them when its text is."""
    return update_fields if update_fields is None or text not in update_fields else {*update_fields, html}
