"""What networks bring to articles, and comments of spaces that are wished for there."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models.comments import ThreadComment
from comments.models.discussions import Discussion
from comments.voices import PROPOSAL_TIME, TRANSITIONS, Actor, ContributionAct, ContributionKind, ContributionState, ProposalState
from networks.files import private_name, private_storage
from networks.markup import MAX_LENGTH, render
from networks.models import Membership, Network, Role
from networks.permissions import Standing

MOST_PEOPLE = 10_000
"""More do not fit into a workshop: a slip of the finger."""


def file_path(contribution: "Contribution", name: str) -> str:
    """Where a workshop's file is stored."""
    return private_name("contributions", name)


class ContributionQuerySet(models.QuerySet["Contribution"]):
    """Reads of contributions."""

    def shown_in(self, standing: Standing) -> "ContributionQuerySet":
        """What a person reads in the space they stand in; the twin of `Contribution.is_shown_to`.

        Members read what was submitted; a draft is its author's alone, what was sent back or withdrawn its author's and the facilitators'.
        """
        here = self.filter(network=standing.network)
        if not standing.can_see_members:
            return self.none()
        seen = models.Q(state__in=OPEN_TO_MEMBERS)
        if standing.is_member:
            seen |= models.Q(author=standing.user.pk)
        if standing.can_run:
            seen |= ~models.Q(submitted_at=None) & ~models.Q(state=ContributionState.DRAFT)
        return here.filter(seen)

    def waiting(self) -> "ContributionQuerySet":
        """What a facilitator has to validate or to send back."""
        return self.filter(state=ContributionState.SUBMITTED)

    def newest_first(self) -> "ContributionQuerySet":
        """In the order they are listed in, which `before(key)` pages."""
        return self.order_by("-pk")

    def before(self, key: int | None) -> "ContributionQuerySet":
        """The contributions that follow the one with this key in `newest_first`; all of them without a key."""
        return self if key is None else self.filter(pk__lt=key)


OPEN_TO_MEMBERS = (ContributionState.SUBMITTED, ContributionState.PUBLISHED)
"""What every member reads."""


class Contribution(models.Model):
    """What a network brings to an article in its own name: written by a member, validated inside, then posted as a comment."""

    wagtail_reference_index_ignore = True

    network = models.ForeignKey(Network, verbose_name=_("network"), on_delete=models.CASCADE, related_name="contributions")
    discussion = models.ForeignKey(Discussion, verbose_name=_("article"), on_delete=models.CASCADE, related_name="contributions")
    kind = models.CharField(_("kind"), max_length=10, choices=ContributionKind, default=ContributionKind.POSITION)
    state = models.CharField(_("state"), max_length=10, choices=ContributionState, default=ContributionState.DRAFT)
    text = models.TextField(_("text"), max_length=MAX_LENGTH)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    people = models.PositiveIntegerField(_("number of people"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    file = models.FileField(_("file"), storage=private_storage, upload_to=file_path, max_length=120, blank=True)
    file_name = models.CharField(max_length=150, blank=True, help_text=_("The file's name as people see it."))
    version = models.PositiveIntegerField(
        default=1, help_text=_("Grows with every change of its words: what is validated is what was read.")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), null=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    words = models.TextField(_("words to its author"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, help_text=_("When it was validated, sent back or withdrawn."))
    created_at = models.DateTimeField(_("written on"), default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted on"), null=True)
    comment = models.OneToOneField(ThreadComment, null=True, on_delete=models.SET_NULL, related_name="contribution")

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution of a network")
        verbose_name_plural = _("contributions of networks")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["network", "state", "-id"], name="comments_contribution_listed")]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        """Its page in the network's space."""
        return reverse("contributions:one", args=[self.network.slug, self.pk])

    @property
    def html(self) -> str:
        """The safe HTML of its text."""
        return render(self.text)

    def is_shown_to(self, standing: Standing) -> bool:
        """Whether a person who stands in its space reads it; the twin of `shown_in` for one object."""
        if self.network_id != standing.network.pk or not standing.can_see_members:
            return False
        if self.state in OPEN_TO_MEMBERS or (standing.is_member and self.author_id == standing.user.pk):
            return True
        return standing.can_run and self.submitted_at is not None and self.state != ContributionState.DRAFT

    def allows(self, act: ContributionAct, standing: Standing) -> bool:
        """Whether a person may do this to it as it stands; who may validate their own words is asked by `services` besides."""
        transition = TRANSITIONS[act]
        is_own = standing.is_member and self.author_id == standing.user.pk
        runs = standing.is_facilitator if act == ContributionAct.VALIDATE else standing.can_run
        if act == ContributionAct.WITHDRAW:
            is_own, runs = is_own and self.state != ContributionState.PUBLISHED, runs and self.is_shown_to(standing)
        allowed = {Actor.AUTHOR: is_own, Actor.FACILITATOR: runs, Actor.EITHER: is_own or runs}[transition.by]
        return allowed and self.state in transition.sources


def people_behind(comment: ThreadComment) -> "models.QuerySet[Membership]":
    """The memberships of those who answer for what a network said: its facilitators, and who wrote it while still a member."""
    writer = Contribution.objects.filter(comment=comment).values("author")
    active = Membership.objects.filter(network=comment.network_id, user__is_active=True)
    return active.filter(models.Q(role=Role.FACILITATOR) | models.Q(user__in=writer))


class PublicProposalQuerySet(models.QuerySet["PublicProposal"]):
    """Reads of proposals."""

    def waiting(self) -> "PublicProposalQuerySet":
        """Proposals that their author may still answer."""
        return self.filter(state=ProposalState.WAITING, created_at__gt=timezone.now() - PROPOSAL_TIME)

    def for_author(self, user: Any) -> "PublicProposalQuerySet":
        """The proposals about a person's own comments."""
        return self.filter(comment__user=user.pk) if user.is_authenticated else self.none()

    def made_in(self, standing: Standing) -> "PublicProposalQuerySet":
        """The proposals that a person made in the space they stand in: nobody else of the network reads them."""
        return self.filter(comment__discussion__network=standing.network, proposed_by=standing.user.pk).exclude(
            comment__user=standing.user.pk
        )


class PublicProposal(models.Model):
    """Somebody in a space wishes that a comment stood under an article; its author alone decides."""

    wagtail_reference_index_ignore = True

    comment = models.ForeignKey(ThreadComment, on_delete=models.CASCADE, related_name="proposals")
    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="proposals")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    words = models.TextField(_("words to the author"), max_length=1000, blank=True)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    posted = models.ForeignKey(ThreadComment, null=True, on_delete=models.SET_NULL, related_name="echoes")

    objects = PublicProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal for a public page")
        verbose_name_plural = _("proposals for public pages")
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "discussion"], condition=models.Q(state="waiting"), name="comments_publicproposal_one_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    def get_absolute_url(self) -> str:
        """Where the author of the comment decides."""
        return reverse("comments:proposal", args=[self.pk])

    @property
    def ends_at(self) -> Any:
        """Until when the author may answer."""
        return self.created_at + PROPOSAL_TIME

    @property
    def standing(self) -> ProposalState:
        """Where it stands now: one that nobody answered in time is over, whether that was noted or not."""
        state = ProposalState(self.state)
        return ProposalState.LAPSED if state == ProposalState.WAITING and timezone.now() >= self.ends_at else state
