"""Discussions and their settings."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from comments.states import Mode, Moderation, Posters
from comments.targets import Target, target_of, visible_targets
from networks.models import Network


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    """Reads of discussions."""

    def visible_to(self, user: Any) -> "DiscussionQuerySet":
        """Discussions that are not hidden and whose target the person may read."""
        return self.exclude(mode=Mode.HIDDEN).filter(visible_targets(user))

    def in_networks_of(self, user: Any) -> "DiscussionQuerySet":
        """Discussions in the spaces of the networks that the person belongs to, but for hidden ones."""
        return self.filter(network__in=Network.objects.joined_by(user)).exclude(mode=Mode.HIDDEN)

    def for_target(self, obj: models.Model) -> "DiscussionQuerySet":
        """The discussion about one object."""
        return self.filter(content_type=ContentType.objects.get_for_model(obj), object_id=str(obj.pk))

    def moderatable_by(self, user: Any) -> "DiscussionQuerySet":
        """Discussions in which the person decides: all for global moderators, their networks' for network moderators."""
        from comments.permissions import moderates_everything

        if moderates_everything(user):
            return self
        return self.filter(network__in=Network.objects.moderated_by(user))


class DiscussionSettings(models.Model):
    """What editors decide of a discussion; abstract, shared by the discussion and the page editor's copy of it."""

    mode = models.CharField(_("state"), max_length=10, choices=Mode, default=Mode.OPEN)
    closes_at = models.DateTimeField(
        _("closes on"), null=True, blank=True, help_text=_("After this moment the discussion is read only. Empty: it stays open.")
    )
    posters = models.CharField(_("who may take part"), max_length=10, choices=Posters, default=Posters.EVERYONE)
    moderation = models.CharField(_("moderation"), max_length=10, choices=Moderation, default=Moderation.BEFORE)
    invitation = models.CharField(
        _("invitation"), max_length=500, blank=True, help_text=_("A sentence above the form: what you would like to hear about.")
    )
    charter = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("charter"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page that says how people talk here. Empty: the site's own charter."),
    )

    SETTINGS = ("mode", "closes_at", "posters", "moderation", "invitation", "charter_id")

    class Meta:
        abstract = True


class Discussion(DiscussionSettings):
    """The one conversation about one target: its settings, its counters, and the lock that every write takes."""

    wagtail_reference_index_ignore = True

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=64)
    target = GenericForeignKey("content_type", "object_id")
    network = models.ForeignKey(
        "networks.Network", verbose_name=_("network"), null=True, blank=True, on_delete=models.SET_NULL, related_name="discussions"
    )
    title = models.CharField(_("title"), max_length=300, blank=True, help_text=_("A copy of the target's title, for lists and mails."))
    target_open = models.BooleanField(_("its target is open"), default=True)

    sequence = models.PositiveIntegerField(default=0, editable=False, help_text=_("The number of the newest comment."))
    published_count = models.PositiveIntegerField(_("published comments"), default=0, editable=False)
    pending_count = models.PositiveIntegerField(_("pending comments"), default=0, editable=False)
    rephrasing_count = models.PositiveIntegerField(default=0, editable=False)
    hidden_count = models.PositiveIntegerField(default=0, editable=False)
    rejected_count = models.PositiveIntegerField(default=0, editable=False)
    spam_count = models.PositiveIntegerField(default=0, editable=False)
    unseen_count = models.PositiveIntegerField(default=0, editable=False, help_text=_("Published, and read by no moderator yet."))
    reported_count = models.PositiveIntegerField(default=0, editable=False, help_text=_("Comments that readers report."))
    slow_seconds = models.PositiveIntegerField(
        _("time between two comments of a person"), default=0, help_text=_("In seconds, by a moderator's decision; 0: none.")
    )
    locked = models.BooleanField(_("locked by a moderator"), default=False)
    locked_until = models.DateTimeField(_("locked until"), null=True, blank=True, help_text=_("Empty: until a moderator unlocks it."))
    consultation = models.ForeignKey(
        "comments.Consultation", verbose_name=_("consultation"), null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    consulted_from = models.DateTimeField(null=True, editable=False, help_text=_("Nothing can be added before this moment."))
    consulted_until = models.DateTimeField(null=True, editable=False, help_text=_("Nor from this one on."))
    version = models.PositiveBigIntegerField(default=0, editable=False, help_text=_("Grows with every change that readers can see."))
    publications = models.PositiveBigIntegerField(
        default=0,
        editable=False,
        help_text=_("How often something was published here; it never goes down."),
    )
    last_published_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DiscussionQuerySet.as_manager()

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="comments_discussion_one_per_target")]

    def __str__(self) -> str:
        return self.title or f"{self._meta.verbose_name} {self.pk}"

    @property
    def kind(self) -> Target:
        """What was registered for the target's model."""
        return target_of(self.target_model)

    @property
    def target_model(self) -> type[models.Model]:
        """The model of what it is about; asks the database once in the life of a process."""
        return ContentType.objects.get_for_id(self.content_type_id).model_class()

    @property
    def audience(self) -> Any:
        """Who reads it, as something to compare: two discussions with the same audience are read by the same people."""
        return (self.network_id, self.mode == Mode.HIDDEN, self.kind.audience(self.target) if self.target else self.pk)

    def get_absolute_url(self) -> str:
        """The discussion's place on its target's page."""
        return f"{self.kind.url(self.target)}#commentaires" if self.target else "/"

    def is_open(self, now: Any = None) -> bool:
        """Whether comments may be added now: open by its settings, its dates and its target, and not locked."""
        moment = now or timezone.now()
        return self.mode == Mode.OPEN and self.target_open and self._is_in_time(moment) and not self.is_locked(moment)

    def _is_in_time(self, moment: datetime) -> bool:
        begun = self.consulted_from is None or self.consulted_from <= moment
        return begun and (self.ends_at is None or moment < self.ends_at)

    @property
    def ends_at(self) -> datetime | None:
        """When it closes by itself: on its own date or with its consultation, whichever comes first; None where neither is set."""
        return min(filter(None, [self.closes_at, self.consulted_until]), default=None)

    @property
    def next_change(self) -> datetime | None:
        """The next moment at which it opens or closes by itself, or its consultation does; None where nothing is to come."""
        moments = [self.closes_at, self.consulted_from, self.consulted_until, self.locked_until if self.locked else None]
        if self.consultation is not None:
            moments += [self.consultation.opens_at, self.consultation.closes_at]
        now = timezone.now()
        return min((moment for moment in moments if moment is not None and moment > now), default=None)

    def is_locked(self, now: Any = None) -> bool:
        """Whether a moderator has locked it, for good or for a time that is not over."""
        return self.locked and (self.locked_until is None or (now or timezone.now()) < self.locked_until)


class PageDiscussionSettings(DiscussionSettings):
    """A page's discussion settings as its editor keeps them, with the page's drafts; publishing applies them."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="discussion_settings")

    class Meta:
        verbose_name = _("discussion settings")
        verbose_name_plural = _("discussion settings")
        constraints = [models.UniqueConstraint(fields=["page"], name="comments_pagediscussionsettings_one_per_page")]

    def __str__(self) -> str:
        return str(self.get_mode_display())


class ReadingMark(models.Model):
    """Until when a person with an account has read a discussion: what was published since is new to them."""

    wagtail_reference_index_ignore = True

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="reading_marks")
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("reading mark")
        verbose_name_plural = _("reading marks")
        constraints = [models.UniqueConstraint(fields=["user", "discussion"], name="comments_readingmark_one_per_person")]

    def __str__(self) -> str:
        return f"{self.user} · {self.discussion}"
