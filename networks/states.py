"""What a space, a person in it, a request and a topic can be: the choices, and nothing else."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

RESERVED_SLUGS = frozenset({"invitations"})
"""Addresses below those of the spaces that are pages of their own."""


def not_reserved(slug: str) -> None:
    """Refuse the address of a page of ours for a space."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(gettext("This address is a page of the site: choose another one."), code="reserved")


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


class Colour(models.TextChoices):
    """The colour of a space; each stands in `networks/css/colours.css`, legible in light and dark."""

    EARTH = "earth", _("Earth")
    BRICK = "brick", _("Brick")
    POPPY = "poppy", _("Poppy")
    RASPBERRY = "raspberry", _("Raspberry")
    PLUM = "plum", _("Plum")
    LAVENDER = "lavender", _("Lavender")
    INK = "ink", _("Ink")
    LAKE = "lake", _("Lake")
    LAGOON = "lagoon", _("Lagoon")
    FOREST = "forest", _("Forest")
    OLIVE = "olive", _("Olive")
    OCHRE = "ochre", _("Ochre")


class RequestOutcome(models.TextChoices):
    """Where a request to join stands."""

    WAITING = "waiting", _("waiting")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


class InviteOutcome(models.TextChoices):
    """What became of an address to which an invitation was to be sent."""

    INVITED = "invited", pgettext_lazy("an address", "invited")
    SENT_AGAIN = "sent_again", _("invited already: sent once more")
    JUST_SENT = "just_sent", _("invited less than an hour ago: not sent again")
    MEMBER = "member", _("member already")
    GUEST = "guest", _("guest already")
    TOO_MANY = "too_many", _("not sent: too many invitations today")
    INVALID = "invalid", _("this is no e-mail address")
    DUPLICATE = "duplicate", _("stands above already")
    UNKNOWN_ROLE = "unknown_role", _("unknown role")


class TopicState(models.TextChoices):
    """Whether a topic takes new comments, and whether it stands in the list of what a space talks about."""

    OPEN = "open", pgettext_lazy("topic", "open")
    CLOSED = "closed", pgettext_lazy("topic", "closed")
    ARCHIVED = "archived", pgettext_lazy("topic", "archived")
