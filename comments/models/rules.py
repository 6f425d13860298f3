"""What moderators decided beforehand: words, senders, authors and spaces that the rules look at when a comment is posted."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Effect(models.TextChoices):
    """What becomes of a comment that a rule catches."""

    HOLD = "hold", _("Hold it until a moderator has read it")
    REFUSE = "refuse", _("Refuse it, and say why to its author")


class WordKind(models.TextChoices):
    """How an entry of the word list is looked for."""

    WORD = "word", _("Word or phrase")
    PATTERN = "pattern", _("Pattern (regular expression)")


class SenderKind(models.TextChoices):
    """What is known of a sender that is blocked."""

    ADDRESS = "address", _("E-mail address")
    DOMAIN = "domain", _("Domain, with its subdomains")
    MACHINES = "machines", _("IP address or range")


class AuthorTrust(models.TextChoices):
    """How the comments of an author are met."""

    TRUSTED = "trusted", _("Trusted: links and words to hold do not delay their comments")
    WATCHED = "watched", _("Watched: a moderator reads each comment first")


class Noted(models.Model):
    """A decision of a moderator, with who took it and why."""

    wagtail_reference_index_ignore = True

    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("For the other moderators: why it is here."))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("added on"), default=timezone.now, editable=False)

    class Meta:
        abstract = True


class ListedWord(Noted):
    """A word, phrase or pattern that holds or refuses the comments in which it stands."""

    kind = models.CharField(_("kind"), max_length=10, choices=WordKind, default=WordKind.WORD)
    text = models.CharField(_("word or pattern"), max_length=200)
    effect = models.CharField(_("effect"), max_length=10, choices=Effect, default=Effect.HOLD)
    active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("listed word")
        verbose_name_plural = _("listed words")
        constraints = [models.UniqueConstraint(fields=["kind", "text"], name="comments_listedword_once")]

    def __str__(self) -> str:
        return self.text


class BlockedSenderQuerySet(models.QuerySet["BlockedSender"]):
    """Reads of blocked senders."""

    def in_force(self) -> "BlockedSenderQuerySet":
        """Those whose time is not over."""
        return self.filter(models.Q(expires_at=None) | models.Q(expires_at__gt=timezone.now()))


class BlockedSender(Noted):
    """An address, a domain or a range of machines whose comments are held or refused."""

    kind = models.CharField(_("kind"), max_length=10, choices=SenderKind, default=SenderKind.ADDRESS)
    value = models.CharField(_("sender"), max_length=254, help_text=_("someone@example.org, example.org, 203.0.113.7 or 203.0.113.0/24"))
    effect = models.CharField(_("effect"), max_length=10, choices=Effect, default=Effect.REFUSE)
    expires_at = models.DateTimeField(_("until"), null=True, blank=True, help_text=_("Empty: until somebody takes it away."))

    objects = BlockedSenderQuerySet.as_manager()

    class Meta:
        verbose_name = _("blocked sender")
        verbose_name_plural = _("blocked senders")
        constraints = [models.UniqueConstraint(fields=["value"], name="comments_blockedsender_once")]

    def __str__(self) -> str:
        return self.value


class AuthorStanding(Noted):
    """An author whom moderators trust or watch, everywhere or in the space of one network."""

    author_key = models.CharField(max_length=280, editable=False)
    name = models.CharField(_("author"), max_length=50, blank=True, editable=False, help_text=_("As they were called then, for the list."))
    trust = models.CharField(_("standing"), max_length=10, choices=AuthorTrust)
    network = models.ForeignKey(
        "networks.Network",
        verbose_name=_("network"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Empty: everywhere."),
    )

    class Meta:
        verbose_name = _("author’s standing")
        verbose_name_plural = _("authors’ standing")
        constraints = [
            models.UniqueConstraint(fields=["author_key", "network"], name="comments_authorstanding_once"),
            models.UniqueConstraint(
                fields=["author_key"], condition=models.Q(network=None), name="comments_authorstanding_once_everywhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.trust}"


class SpaceModeration(Noted):
    """A network whose discussions a moderator reads before publication, whatever each of them says."""

    network = models.OneToOneField("networks.Network", verbose_name=_("network"), on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("space read before publication")
        verbose_name_plural = _("spaces read before publication")

    def __str__(self) -> str:
        return str(self.network)


def _number(label: str, *, default: int, highest: int, lowest: int = 0, help_text: str = "") -> models.PositiveIntegerField:
    limits = [MinValueValidator(lowest), MaxValueValidator(highest)]
    return models.PositiveIntegerField(label, default=default, validators=limits, help_text=help_text)


class ModerationSettings(models.Model):
    """The numbers of the rules, one row for the site; every change of any rule gives it another `edition`."""

    wagtail_reference_index_ignore = True

    ONLY = 1
    """The key of the one row."""

    links_held = _number(_("hold from this number of links"), default=2, highest=100, help_text=_("0: links hold nothing."))
    newcomer_until = _number(
        _("hold newcomers until this many of their comments are published"),
        default=0,
        highest=100,
        help_text=_("0: newcomers are not held."),
    )
    hold_after_reports = _number(
        _("hold a comment after this many reports"), default=3, highest=1000, help_text=_("In the spaces of networks only. 0: never.")
    )
    flood_posts = _number(
        _("a flood begins at this many suspect comments"),
        default=20,
        highest=10_000,
        help_text=_("Comments of guests, and comments held or refused, on the whole site. 0: never."),
    )
    flood_minutes = _number(_("counted over this many minutes"), default=10, lowest=1, highest=120)
    flood_challenge = models.BooleanField(
        _("let guests’ browsers work while flooded"),
        default=True,
        help_text=_("A small calculation that nobody sees; who runs no scripts is held instead."),
    )
    akismet = models.BooleanField(
        _("ask Akismet"), default=False, help_text=_("Sends newcomers’ comments to another company: read docs/rules.md first.")
    )
    digest_hour = _number(
        _("hour of the moderators’ daily mail"),
        default=18,
        highest=23,
        help_text=_("From 0 to 23, in the site’s time zone. What is reported as illegal is told at once."),
    )
    edition = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("numbers of the rules")
        verbose_name_plural = _("numbers of the rules")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
