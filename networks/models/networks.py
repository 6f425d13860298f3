"""Networks: who may know of them, and what they say of themselves."""

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model, get_image_model_string

from networks.files import private_name, private_storage
from networks.markup import MAX_LENGTH, render
from networks.models.invitations import TopicGuest
from networks.models.memberships import Membership
from networks.models.rendered import with_html
from networks.states import Colour, Role, Visibility, not_reserved

LOGO_IN_LISTS = "max-240x120"
"""The copy of a logo that lists show (a Wagtail filter)."""


def logo_path(network: "Network", name: str) -> str:
    """Where a network's own logo is stored."""
    return private_name("logos", name)


def sees_every_network(user: Any) -> bool:
    """Whether someone reads every space because they keep the whole site lawful: administrators and global moderators."""
    return user.is_active and (user.is_superuser or user.has_perm("comments.moderate_threadcomment"))


def may_read(user: Any, via: str = "") -> models.Q:
    """The condition that a person may read a network's topics and discussions; `via` is the way to the network ("network__").

    Without a subquery of its own for the network: SQLite follows subqueries in subqueries only so far, and search goes deep.
    """
    return _open_or_joined(user, models.Q(**{f"{via}visibility": Visibility.PUBLIC}), via)


def _open_or_joined(user: Any, open_to_all: models.Q, via: str = "") -> models.Q:
    if not user.is_authenticated:
        return open_to_all
    if sees_every_network(user):
        return models.Q()
    return open_to_all | models.Q(**{f"{via}pk__in": Membership.objects.of(user).values("network")})


class NetworkQuerySet(models.QuerySet["Network"]):
    """Reads of networks; each method names its rule, and `networks.permissions.Standing` is its twin for one network."""

    def visible_to(self, user: Any) -> "NetworkQuerySet":
        """Networks whose existence and presentation the person may know: of a secret one, its members and the guests of its topics."""
        known = ~models.Q(visibility=Visibility.SECRET)
        if user.is_authenticated:
            known |= models.Q(pk__in=TopicGuest.objects.of(user).values("topic__network"))
        return self.filter(_open_or_joined(user, known))

    def readable_by(self, user: Any) -> "NetworkQuerySet":
        """Networks whose topics and discussions the person may read."""
        return self.filter(may_read(user))

    def joined_by(self, user: Any) -> "NetworkQuerySet":
        """Networks the person belongs to, whatever the role."""
        return self.filter(pk__in=Membership.objects.of(user).values("network"))

    def not_joined_by(self, user: Any) -> "NetworkQuerySet":
        """Networks the person does not belong to."""
        return self.exclude(pk__in=Membership.objects.of(user).values("network"))

    def called(self, word: str) -> "NetworkQuerySet":
        """Networks whose name or acronym holds a word, be it written with accents or not; all of them without one."""
        if not word:
            return self
        plain = slugify(word)
        named = models.Q(name__icontains=word) | models.Q(acronym__icontains=word)
        return self.filter(named | models.Q(slug__contains=plain) if plain else named)

    def moderated_by(self, user: Any) -> "NetworkQuerySet":
        """Networks whose conversations the person moderates through a membership."""
        return self.filter(pk__in=Membership.objects.of(user).filter(role=Role.MODERATOR).values("network"))

    def with_logos(self) -> "NetworkQuerySet":
        """Networks with their logos and the copies that lists show, whatever their number in the same queries."""
        logos = get_image_model().objects.prefetch_renditions(LOGO_IN_LISTS)
        return self.prefetch_related(models.Prefetch("logo", queryset=logos))


class Network(models.Model):
    """A member organisation of the federation, with its space."""

    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True, help_text=_("The short name shown on badges."))
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        validators=[not_reserved],
        help_text=_("The end of the space's address: /reseaux/…/"),
    )
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
    own_logo = models.FileField(
        _("logo of its own"),
        storage=private_storage,
        upload_to=logo_path,
        blank=True,
        help_text=_("Sent by a facilitator; stands before the one from the site’s pictures."),
    )
    website = models.URLField(_("website"), blank=True)
    contact = models.CharField(_("contact"), max_length=200, blank=True)
    contact_email = models.EmailField(_("e-mail address of the contact"), blank=True)
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
        super().save(update_fields=with_html(update_fields, "presentation", "presentation_html"), **kwargs)
        if self.logo:
            transaction.on_commit(lambda: self.logo.get_rendition(LOGO_IN_LISTS), robust=True)

    @property
    def own_logo_url(self) -> str:
        """The address of its own logo, another one for each picture; empty where it has none."""
        if not self.own_logo:
            return ""
        version = PurePosixPath(self.own_logo.name).stem[:8]
        return f"{reverse('networks:logo', args=[self.slug])}?v={version}"

    @property
    def badge(self) -> str:
        """The short name shown beside what its members write."""
        return self.acronym or self.name

    def get_absolute_url(self) -> str:
        """The address of its space."""
        return reverse("networks:space", args=[self.slug])
