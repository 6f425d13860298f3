"""Discussions and their comments."""

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment
from modelcluster.fields import ParentalKey

from comments import paths
from comments.states import Mode, Moderation, Posters, Status
from comments.targets import Target, target_of, visible_targets
from networks.accounts import name_of


class DiscussionQuerySet(models.QuerySet["Discussion"]):
    """Reads of discussions."""

    def visible_to(self, user: Any) -> "DiscussionQuerySet":
        """Discussions that are not hidden and whose target the person may read."""
        return self.exclude(mode=Mode.HIDDEN).filter(visible_targets(user))

    def for_target(self, obj: models.Model) -> "DiscussionQuerySet":
        """The discussion about one object."""
        return self.filter(content_type=ContentType.objects.get_for_model(obj), object_id=str(obj.pk))

    def moderatable_by(self, user: Any) -> "DiscussionQuerySet":
        """Discussions in which the person decides: all for global moderators, their networks' for network moderators."""
        from comments.permissions import moderates_everything
        from networks.models import Network

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
    version = models.PositiveBigIntegerField(default=0, editable=False, help_text=_("Grows with every change that readers can see."))
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
        return target_of(self.content_type.model_class())

    def get_absolute_url(self) -> str:
        """The discussion's place on its target's page."""
        return f"{self.kind.url(self.target)}#commentaires" if self.target else "/"

    def is_open(self, now: Any = None) -> bool:
        """Whether comments may be added now: open by its settings, its date and its target."""
        return self.mode == Mode.OPEN and self.target_open and (self.closes_at is None or (now or timezone.now()) < self.closes_at)


class PageDiscussionSettings(DiscussionSettings):
    """A page's discussion settings as its editor keeps them, with the page's drafts; publishing applies them."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="discussion_settings")

    class Meta:
        verbose_name = _("discussion settings")
        verbose_name_plural = _("discussion settings")
        constraints = [models.UniqueConstraint(fields=["page"], name="comments_pagediscussionsettings_one_per_page")]

    def __str__(self) -> str:
        return str(self.get_mode_display())


class ThreadCommentQuerySet(models.QuerySet["ThreadComment"]):
    """Reads of comments; `visible_to` is the rule every list, page, feed, search, count and mail asks."""

    def visible_to(self, user: Any) -> "ThreadCommentQuerySet":
        """Published comments of the discussions the person may read."""
        return self.filter(status=Status.PUBLISHED, discussion__in=Discussion.objects.visible_to(user))

    def shown(self) -> "ThreadCommentQuerySet":
        """What stands on a discussion's page: published comments, and tombstones with a published descendant."""
        return self.filter(shown=True)

    def own_unpublished(self, user: Any) -> "ThreadCommentQuerySet":
        """A person's own comments that wait for a moderator."""
        return self.filter(user_id=user.pk, status=Status.PENDING) if user.is_authenticated else self.none()

    def pending(self) -> "ThreadCommentQuerySet":
        """Comments that wait for a moderator."""
        return self.filter(status=Status.PENDING)

    def moderatable_by(self, user: Any) -> "ThreadCommentQuerySet":
        """Comments the person decides on; addresses not proven yet are nobody's to read."""
        from comments.permissions import moderates_everything

        proven = self.exclude(status=Status.AWAITING_EMAIL)
        if moderates_everything(user):
            return proven
        return proven.filter(discussion__in=Discussion.objects.moderatable_by(user))


class ThreadComment(XtdComment):
    """One message of a discussion."""

    discussion = models.ForeignKey(Discussion, verbose_name=_("discussion"), on_delete=models.PROTECT, related_name="comments")
    root = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="thread")
    path = models.CharField(max_length=paths.MAX_LENGTH, editable=False)
    depth = models.PositiveSmallIntegerField(default=0, editable=False)
    sequence = models.PositiveIntegerField(editable=False)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.PENDING)
    html = models.TextField(editable=False, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True, help_text=_("The language its author reads, for mails."))
    network = models.ForeignKey(
        "networks.Network",
        verbose_name=_("network"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The network the author spoke as a member of."),
    )
    fingerprint = models.CharField(max_length=64, editable=False, help_text=_("Same author, same parent, same words: a double submit."))
    published_descendants = models.PositiveIntegerField(default=0, editable=False)
    shown = models.BooleanField(default=False, editable=False, help_text=_("Published, or the tombstone above something published."))
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ThreadCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [("moderate_threadcomment", _("Can moderate every conversation"))]
        default_manager_name = "objects"
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["discussion", "path"], name="comments_threadcomment_path_unique"),
            models.UniqueConstraint(fields=["discussion", "sequence"], name="comments_threadcomment_sequence_unique"),
        ]
        indexes = [
            models.Index(fields=["discussion", "shown", "path"], name="comments_shown_by_path"),
            models.Index(fields=["discussion", "fingerprint"], name="comments_fingerprint"),
            models.Index(fields=["status", "-xtdcomment_ptr"], name="comments_by_status"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self, anchor_pattern: str | None = None) -> str:
        """The comment's permanent address, which redirects to its page of the discussion."""
        return reverse("comments:permalink", args=[self.pk])

    @property
    def is_root(self) -> bool:
        """Whether it starts a thread."""
        return self.depth == 0

    @property
    def author_name(self) -> str:
        """The name shown, empty once the comment is removed."""
        if self.status == Status.REMOVED:
            return ""
        return name_of(self.user) if self.user else self.user_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the columns as they are; `comments.services` decides what they hold."""
        super(XtdComment, self).save(*args, **kwargs)

    def save_new(self) -> None:
        """Insert the comment's rows once, without django-comments-xtd's own threading (it renumbers the whole thread)."""
        self.save()
        if not self.depth:
            self.parent_id = self.thread_id = self.pk
            self.root_id = self.pk
            ThreadComment.objects.filter(pk=self.pk).update(parent_id=self.pk, thread_id=self.pk, root_id=self.pk)


class OutgoingMail(models.Model):
    """A mail that waits to leave, written in the transaction of its cause; rendered, and its right checked, when it leaves."""

    event = models.CharField(max_length=200, unique=True, help_text=_("What it is about and for whom: each event is told once."))
    kind = models.CharField(max_length=40)
    recipient = models.EmailField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10, blank=True)
    data = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True, help_text=_("When it left, or was found to have no reason any more."))
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mails")
        indexes = [models.Index(fields=["next_attempt_at"], condition=models.Q(settled_at=None), name="comments_mail_waiting")]

    def __str__(self) -> str:
        return self.event
