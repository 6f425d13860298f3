"""What authors are told of restrictions, and how they contest them (articles 17 and 20 of the EU Digital Services Act)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.addresses import is_address
from comments.models.comments import ThreadComment
from comments.models.reasons import Reason
from comments.models.sanctions import Sanction
from comments.states import Basis, Outcome


class Restriction(models.TextChoices):
    """What a statement of reasons is about."""

    REJECTED = "reject", _("not published")
    SPAM = "spam", _("not published: advertising in bulk")
    HIDDEN = "hide", _("no longer shown")
    HELD = "hold", _("taken back until it is read")
    REPHRASE = "rephrase", _("not shown until it is rephrased")
    WARNED = "warn", _("warning")
    SUSPENDED = "suspend", _("suspension")
    BANNED = "ban", _("exclusion")


class Ending(models.TextChoices):
    """Why a restriction is over."""

    UNDONE = "undone", _("undone at once")
    LIFTED = "lifted", _("lifted by a moderator")
    APPEAL = "appeal", _("lifted after an appeal")
    REPHRASED = "rephrased", _("rephrased by its author")
    REPLACED = "replaced", _("replaced by another decision")
    REMOVED = "removed", _("removed by its author")


class StatementQuerySet(models.QuerySet["Statement"]):
    """Reads of the register."""

    def moderatable_by(self, user: Any) -> "StatementQuerySet":
        """The statements a person may look up: all for global moderators, their networks' for network moderators."""
        from comments.permissions import moderates_everything
        from networks.models import Network

        return self if moderates_everything(user) else self.filter(network__in=Network.objects.moderated_by(user))

    def about_author_of(self, comment: ThreadComment) -> "StatementQuerySet":
        """What was stated to the author of a comment: to the account, or to the guest's address."""
        if comment.user_id is not None:
            return self.filter(user=comment.user_id)
        return self.filter(is_address("email", comment.user_email), user=None) if comment.user_email else self.none()

    def in_effect_on(self, comment: ThreadComment) -> "StatementQuerySet":
        """The restrictions of a comment that hold."""
        return self.filter(comment=comment, ended_at=None)


class Statement(models.Model):
    """A statement of reasons: what was restricted, since when, until when, why, by whom or what; a row of the register."""

    wagtail_reference_index_ignore = True

    restriction = models.CharField(_("restriction"), max_length=10, choices=Restriction)
    comment = models.ForeignKey(ThreadComment, null=True, on_delete=models.PROTECT, related_name="statements")
    sanction = models.OneToOneField(Sanction, null=True, on_delete=models.PROTECT, related_name="statement")
    network = models.ForeignKey(
        "networks.Network", verbose_name=_("network"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("author"), null=True, on_delete=models.SET_NULL, related_name="+")
    email = models.EmailField(blank=True, help_text=_("A guest's; erased with the comment."))
    language = models.CharField(max_length=10, blank=True)
    reason = models.ForeignKey(Reason, verbose_name=_("reason"), on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(_("rests on"), max_length=8, choices=Basis)
    clause = models.CharField(_("law or clause"), max_length=300, blank=True)
    facts = models.TextField(_("words to the author"), blank=True)
    reported = models.BooleanField(_("after a report"), default=False)
    automated = models.BooleanField(_("automated"), default=False, help_text=_("No person decided."))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided on"), default=timezone.now, db_index=True)
    waited = models.DurationField(_("waiting time"), null=True, help_text=_("How long it waited for the decision."))
    until = models.DateTimeField(_("until"), null=True, help_text=_("Empty: for good."))
    ended_at = models.DateTimeField(_("ended on"), null=True)
    ended_because = models.CharField(max_length=10, choices=Ending, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement of reasons")
        verbose_name_plural = _("statements of reasons")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(comment__isnull=False, sanction__isnull=True) | models.Q(comment__isnull=True, sanction__isnull=False),
                name="comments_statement_about_one_thing",
            )
        ]
        indexes = [models.Index(fields=["network", "-decided_at"], name="comments_statements_of_network")]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people quote when they write about it."""
        return f"D-{self.pk:06d}"

    @property
    def subject(self) -> models.Model:
        """The comment or the decision about an author that it explains."""
        subject = self.comment or self.sanction
        assert subject is not None, "the database holds that it is one of them"  # noqa: S101 (a constraint says so)
        return subject

    @property
    def is_sent(self) -> bool:
        """Whether its author is told: all but those of advertising in bulk (article 17, paragraph 2), where an address is known."""
        speaks = self.comment is not None and self.comment.is_of_network
        return self.restriction != Restriction.SPAM and bool(self.user_id or self.email or speaks)

    @property
    def told(self) -> str:
        """The facts its author reads, in the language that is active."""
        return self.facts or self.reason.told


class AppealQuerySet(models.QuerySet["Appeal"]):
    """Reads of appeals."""

    def moderatable_by(self, user: Any) -> "AppealQuerySet":
        """The appeals against what a person may look up."""
        from comments.permissions import moderates_everything
        from networks.models import Network

        return self if moderates_everything(user) else self.filter(statement__network__in=Network.objects.moderated_by(user))

    def decidable_by(self, user: Any) -> "AppealQuerySet":
        """The appeals that a person decides about: neither against their own decision, nor their own."""
        return self.moderatable_by(user).exclude(statement__decided_by=user).exclude(statement__user=user)

    def waiting(self) -> "AppealQuerySet":
        """Appeals that nobody decided yet, the oldest first."""
        return self.filter(outcome=Outcome.WAITING).order_by("pk")


class Appeal(models.Model):
    """An author contests a restriction, once; somebody else than who decided first decides about it."""

    wagtail_reference_index_ignore = True

    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="appeal")
    text = models.TextField(_("what the author says"))
    made_at = models.DateTimeField(_("made on"), default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.WAITING)
    words = models.TextField(_("words to the author"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided on"), null=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes = [
            models.Index(fields=["made_at"], name="comments_appeals_by_date"),
            models.Index(fields=["id"], condition=models.Q(outcome="waiting"), name="comments_appeals_waiting"),
        ]

    def __str__(self) -> str:
        return self.statement.reference
