"""Why moderators restrict, and what they often answer: lists that a site keeps itself."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from comments.reasons import BUILT_IN, OTHER, REPORTED, SPAM
from comments.states import Basis


class ReasonQuerySet(models.QuerySet["Reason"]):
    """Reads of reasons."""

    def in_use(self) -> "ReasonQuerySet":
        """The reasons offered to moderators, in their order."""
        return self.filter(active=True).exclude(code__in=[SPAM, REPORTED])


class Reason(models.Model):
    """Why something is restricted; the words of a built-in one are in each reader's language until a site gives it its own."""

    wagtail_reference_index_ignore = True

    code = models.SlugField(_("code"), max_length=40, unique=True, help_text=_("What exports and histories call it; it never changes."))
    label = models.CharField(
        _("name"), max_length=80, blank=True, help_text=_("Empty: the words Palabre gives it, in each reader’s language.")
    )
    basis = models.CharField(_("rests on"), max_length=8, choices=Basis, default=Basis.CHARTER)
    clause = models.CharField(
        _("law or clause"), max_length=300, blank=True, help_text=_("Which law, or which clause of the charter; the author reads it.")
    )
    explanation = models.TextField(
        _("explanation"), max_length=1000, blank=True, help_text=_("What the author reads where the moderator writes nothing of their own.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=100, help_text=_("Small numbers come first."))
    active = models.BooleanField(_("offered to moderators"), default=True)

    objects = ReasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("reason")
        verbose_name_plural = _("reasons")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label or str(BUILT_IN[self.code].label if self.code in BUILT_IN else self.code)

    @property
    def told(self) -> str:
        """What the author is told where the moderator adds nothing; empty where they must."""
        return self.explanation or str(BUILT_IN[self.code].explanation if self.code in BUILT_IN else "")

    @property
    def needs_words(self) -> bool:
        """Whether the moderator has to say more."""
        return self.code == OTHER or not self.told


class CannedAnswer(models.Model):
    """Words that moderators often write to authors."""

    wagtail_reference_index_ignore = True

    title = models.CharField(_("title"), max_length=80)
    text = models.TextField(_("text"), max_length=1000)

    class Meta:
        verbose_name = _("canned answer")
        verbose_name_plural = _("canned answers")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
