"""Comments and what they said before they were edited."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_comments_xtd.models import XtdComment

from comments import paths
from comments.addresses import author_key
from comments.models.discussions import Discussion
from comments.states import WAITING, AuthorRole, Status
from comments.voices import OF_NETWORKS, Voice
from networks.accounts import name_of
from networks.models import Visibility


class ThreadCommentQuerySet(models.QuerySet["ThreadComment"]):
    """Reads of comments; `visible_to` is the rule every list, page, feed, search, count and mail asks."""

    def visible_to(self, user: Any) -> "ThreadCommentQuerySet":
        """Published comments of the discussions the person may read."""
        return self.filter(status=Status.PUBLISHED, discussion__in=Discussion.objects.visible_to(user))

    def shown(self) -> "ThreadCommentQuerySet":
        """What stands on a discussion's page: published comments, and tombstones with a published descendant."""
        return self.filter(shown=True)

    def written_by(self, user: Any) -> "ThreadCommentQuerySet":
        """A person's own comments: an account's, or those of the guest who proved their address on this browser."""
        if user.is_authenticated:
            return self.filter(user_id=user.pk)
        email = getattr(user, "email", "")
        return self.filter(author_key=author_key(None, email), user=None) if email else self.none()

    def own_unpublished(self, user: Any) -> "ThreadCommentQuerySet":
        """A person's own comments that wait: for a moderator, or for better words of theirs."""
        return self.written_by(user).filter(status__in=WAITING)

    def awaiting_proof_of(self, email: str) -> "ThreadCommentQuerySet":
        """Guests' comments that wait for a proof of this address."""
        return self.filter(author_key=author_key(None, email), status=Status.AWAITING_EMAIL) if email else self.none()

    def awaiting_proof(self) -> "ThreadCommentQuerySet":
        """Comments whose address nobody has proven: to be counted out."""
        return self.filter(status=Status.AWAITING_EMAIL)

    def by_the_author_of(self, comment: "ThreadComment") -> "ThreadCommentQuerySet":
        """The comments of the account or guest who wrote one; nothing but itself where nobody is known to have."""
        return self.filter(author_key=comment.author_key) if comment.author_key else self.filter(pk=comment.pk)

    def pinned(self) -> "ThreadCommentQuerySet":
        """What editors point readers to."""
        return self.in_index_of_pins().filter(status=Status.PUBLISHED)

    def in_index_of_pins(self) -> "ThreadCommentQuerySet":
        """What is pinned, to find out whether there is anything to read: asked for no more, a database that knows little of the table
        looks into the index of pins all the same. Any path is more than nothing: SQLite looks there where it is asked for one.
        """
        return self.filter(pinned=True, path__gt="")

    def below(self, comment: "ThreadComment") -> "ThreadCommentQuerySet":
        """Everything that answers a comment, at any depth, in the comment's own discussion."""
        return self.filter(path__gt=comment.path, path__lt=paths.last_descendant_bound(comment.path))

    def below_any(self, comments: "Iterable[ThreadComment]") -> "ThreadCommentQuerySet":
        """Everything that answers one of several comments of one discussion, at any depth."""
        ranges = [models.Q(path__gt=comment.path, path__lt=paths.last_descendant_bound(comment.path)) for comment in comments]
        return self.filter(reduce(or_, ranges)) if ranges else self.none()

    def answering(self, comments: "Iterable[ThreadComment]") -> "ThreadCommentQuerySet":
        """What directly answers one of several comments, of whatever discussions: a range of the index of places for each."""
        found = models.Q(pk__in=[])
        for comment in comments:
            end = paths.last_descendant_bound(comment.path)
            found |= models.Q(discussion=comment.discussion_id, path__gt=comment.path, path__lt=end, depth=comment.depth + 1)
        return self.filter(found)

    def that_were_read(self) -> "ThreadCommentQuerySet":
        """Comments that somebody else than their author has read or is about to read."""
        return self.filter(status__in=[*WAITING, Status.PUBLISHED, Status.HIDDEN])

    def pending(self) -> "ThreadCommentQuerySet":
        """Comments that wait for a moderator."""
        return self.filter(status=Status.PENDING)

    def reported(self) -> "ThreadCommentQuerySet":
        """Comments with reports that nobody has decided about."""
        return self.filter(open_reports__gt=0)

    def awaiting_moderators(self) -> "ThreadCommentQuerySet":
        """What a moderator should look at: comments that wait, and reported ones."""
        return self.filter(models.Q(status=Status.PENDING) | models.Q(open_reports__gt=0))

    def unseen(self) -> "ThreadCommentQuerySet":
        """Published comments that no moderator has read."""
        return self.filter(status=Status.PUBLISHED, unseen=True)

    def claimed_by(self, user: Any) -> "ThreadCommentQuerySet":
        """Comments that a moderator has taken on, for as long as that holds."""
        return self.filter(claim__moderator=user, claim__until__gt=timezone.now())

    def by_spam_score(self) -> "ThreadCommentQuerySet":
        """The least likely spam first, of the same score the oldest; reversed, the likeliest spam. What waits has an index for it."""
        return self.order_by("spam_score", "pk")

    def moderatable_by(self, user: Any) -> "ThreadCommentQuerySet":
        """Comments the person decides on; addresses not proven yet are nobody's to read."""
        from comments.permissions import moderates_everything

        proven = self.exclude(status=Status.AWAITING_EMAIL)
        if moderates_everything(user):
            return proven
        return proven.filter(discussion__in=Discussion.objects.moderatable_by(user))


class ThreadComment(XtdComment):
    """One message of a discussion."""

    NOT_SCORED = -1
    """The spam score of a comment that was posted while the filter had learnt too little."""

    wagtail_reference_index_ignore = True

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
    voice = models.CharField(
        max_length=10, choices=Voice, blank=True, editable=False, help_text=_("In whose name it speaks, or where it was written first.")
    )
    author_key = models.CharField(
        max_length=280,
        editable=False,
        blank=True,
        help_text=_("Whose it is: an account’s, a network’s, or a guest’s address in lower case."),
    )
    fingerprint = models.CharField(max_length=64, editable=False, help_text=_("Same author, same parent, same words: a double submit."))
    published_descendants = models.PositiveIntegerField(default=0, editable=False)
    shown = models.BooleanField(default=False, editable=False, help_text=_("Published, or the tombstone above something published."))
    findings = models.JSONField(default=list, blank=True, editable=False, help_text=_("What the rules found when it was written."))
    changed_at = models.DateTimeField(default=timezone.now, editable=False, help_text=_("When its status last changed."))
    edited_at = models.DateTimeField(_("edited on"), null=True, editable=False)
    author_role = models.CharField(
        _("role"), max_length=12, choices=AuthorRole, blank=True, help_text=_("What the author was here when the comment was written.")
    )
    useful_count = models.PositiveIntegerField(_("useful votes"), default=0, editable=False)
    unseen = models.BooleanField(default=False, editable=False, help_text=_("Published, and read by no moderator yet."))
    open_reports = models.PositiveIntegerField(_("reports"), default=0, editable=False, help_text=_("That nobody has decided about."))
    reported_at = models.DateTimeField(null=True, editable=False, help_text=_("When the oldest of these reports came."))
    reported_illegal = models.BooleanField(default=False, editable=False, help_text=_("One of these reports says that it is illegal."))
    pinned = models.BooleanField(_("pinned"), default=False, help_text=_("Named at the top of the discussion."))
    spam_score = models.SmallIntegerField(
        _("spam score"), default=-1, editable=False, help_text=_("How likely the filter finds it spam, in per cent; -1: not scored.")
    )
    featured = models.BooleanField(_("featured"), default=False, help_text=_("Marked out at its place."))

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
            models.Index(fields=["author_key", "status"], name="comments_by_author"),
            models.Index(fields=["discussion", "path"], condition=models.Q(depth=0, shown=True), name="comments_threads_by_age"),
            models.Index(
                fields=["discussion", "-useful_count", "path"], condition=models.Q(depth=0, shown=True), name="comments_threads_by_use"
            ),
            models.Index(fields=["discussion", "path"], condition=models.Q(status="pending"), name="comments_pending_by_path"),
            models.Index(fields=["discussion", "changed_at"], condition=models.Q(status="published"), name="comments_published_since"),
            models.Index(fields=["discussion", "path"], condition=models.Q(pinned=True), name="comments_pinned"),
            models.Index(
                fields=["discussion", "network"],
                condition=models.Q(status="published", network__isnull=False),
                name="comments_said_for_network",
            ),
            models.Index(
                fields=["-reported_illegal", "changed_at"], condition=models.Q(status="pending"), name="comments_pending_by_urgency"
            ),
            models.Index(
                fields=["-reported_illegal", "reported_at"], condition=models.Q(open_reports__gt=0), name="comments_reported_by_urgency"
            ),
            models.Index(fields=["changed_at"], condition=models.Q(unseen=True), name="comments_unseen_by_age"),
            models.Index(fields=["spam_score", "xtdcomment_ptr"], condition=models.Q(status="pending"), name="comments_pending_by_spam"),
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
    def standing(self) -> str:
        """What a moderator who looks at it sees: its status and, once its author has changed the words, which words."""
        return self.status if self.edited_at is None else f"{self.status}@{self.edited_at.timestamp():.6f}"

    @property
    def author_name(self) -> str:
        """The name shown, empty once the comment is removed."""
        if self.status == Status.REMOVED:
            return ""
        if self.is_of_network:
            return self.network_name
        return name_of(self.user) if self.user else self.user_name

    @property
    def is_of_network(self) -> bool:
        """Whether a network speaks, and not a person."""
        return self.voice in OF_NETWORKS

    @property
    def network_name(self) -> str:
        """The network spoken for, as everybody may hear it: one that is secret by now, or gone, has no name."""
        known = self.network is not None and self.network.visibility != Visibility.SECRET
        return self.network.name if known else gettext("A network")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the columns as they are; `comments.services` decides what they hold."""
        super(XtdComment, self).save(*args, **kwargs)


class CommentRevision(models.Model):
    """The words of a comment before its author changed them, for moderators; erased with the comment."""

    wagtail_reference_index_ignore = True

    comment = models.ForeignKey(ThreadComment, on_delete=models.CASCADE, related_name="revisions")
    text = models.TextField()
    replaced_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("earlier text of a comment")
        verbose_name_plural = _("earlier texts of comments")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.comment_id} · {self.replaced_at:%Y-%m-%d %H:%M}"
