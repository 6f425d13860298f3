"""What the filter has learnt, from which decisions, and what the administrator lets it do."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comments import ThreadComment


class Label(models.TextChoices):
    """What moderators found a comment to be."""

    HAM = "ham", _("not spam")
    SPAM = "spam", _("spam")


class SpamFilter(models.Model):
    """The one row of the filter: counts and weights of tokens that are numbers, not words; its settings; how it did so far."""

    ONLY = 1

    wagtail_reference_index_ignore = True

    version = models.PositiveIntegerField(default=0, editable=False, help_text=_("Grows each time it learns."))
    ham = models.PositiveIntegerField(_("examples that are not spam"), default=0, editable=False)
    spam = models.PositiveIntegerField(_("examples of spam"), default=0, editable=False)
    counts = models.BinaryField(default=b"", help_text=_("In how many examples of either kind each token stood."))
    weights = models.BinaryField(default=b"", help_text=_("How much each token speaks for spam."))
    learnt_at = models.DateTimeField(null=True, editable=False)
    report = models.JSONField(default=dict, help_text=_("What it foretold of decisions it had not seen yet."))
    may_hold = models.BooleanField(
        _("hold comments back"),
        default=False,
        help_text=_("A comment above the threshold waits for a moderator, even where its discussion publishes at once."),
    )
    threshold = models.PositiveSmallIntegerField(
        _("threshold"),
        default=95,
        validators=[MinValueValidator(50), MaxValueValidator(99)],
        help_text=_("In per cent, from 50 to 99: how sure the filter must be to hold a comment back."),
    )

    class Meta:
        verbose_name = _("spam filter")
        verbose_name_plural = _("spam filters")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class LearntExampleQuerySet(models.QuerySet["LearntExample"]):
    """Reads of examples."""

    def due(self) -> "LearntExampleQuerySet":
        """Decisions that the filter has not taken in yet, the oldest first."""
        return self.filter(due=True).order_by("decided_at", "pk")

    def foretold_and_decided(self) -> "LearntExampleQuerySet":
        """Examples whose decision the filter had foretold before it was told."""
        return self.exclude(label="").filter(foretold__isnull=False)


class LearntExample(models.Model):
    """What the filter learnt from one comment, so that it can take it back when the decision changes."""

    wagtail_reference_index_ignore = True

    comment = models.OneToOneField(ThreadComment, on_delete=models.PROTECT, primary_key=True, related_name="+")
    label = models.CharField(max_length=4, choices=Label, blank=True, help_text=_("What it was learnt as; empty: not yet."))
    buckets = models.JSONField(default=list, help_text=_("The numbers of its tokens, without its words."))
    foretold = models.SmallIntegerField(null=True, help_text=_("The score of the filter before it learnt this decision."))
    decided_at = models.DateTimeField(default=timezone.now)
    due = models.BooleanField(default=True, help_text=_("Decided or changed since it was learnt."))

    objects = LearntExampleQuerySet.as_manager()

    class Meta:
        verbose_name = _("example of the spam filter")
        verbose_name_plural = _("examples of the spam filter")
        default_permissions = ()
        indexes = [models.Index(fields=["decided_at"], condition=models.Q(due=True), name="comments_examples_due")]

    def __str__(self) -> str:
        return f"{self.comment_id} · {self.label}"
