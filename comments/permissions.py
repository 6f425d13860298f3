"""Who may do what in a discussion: small predicates, composed once."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db.models import Q, QuerySet

from comments.models import Discussion, ThreadComment
from comments.states import MODERATION_ACTIONS, TRANSITIONS, Action, Posters, Status
from networks.models import Membership, Role, sees_every_network


def moderates_everything(user: Any) -> bool:
    """Whether the person keeps every conversation lawful: those who may read every space, and nobody else."""
    return sees_every_network(user)


def can_moderate(user: Any, discussion: Discussion) -> bool:
    """Whether the person decides in this discussion: a global moderator, or a moderator of its network."""
    if moderates_everything(user):
        return True
    if not user.is_authenticated or not user.is_active or discussion.network_id is None:
        return False
    return Membership.objects.filter(user=user, network_id=discussion.network_id, role=Role.MODERATOR).exists()


def moderators_of(discussion: Discussion) -> QuerySet:
    """The people told of what waits in a discussion: global moderators and those of its network.

    Administrators moderate without being moderators: they are told only where nobody else would be.
    """
    told = Q(pk__in=ModelBackend().with_perm("comments.moderate_threadcomment", include_superusers=False))
    if discussion.network_id is not None:
        told |= Q(memberships__network=discussion.network_id, memberships__role=Role.MODERATOR)
    active = get_user_model().objects.filter(is_active=True)
    moderators = active.filter(told).distinct()
    return moderators if moderators.exists() else active.filter(is_superuser=True)


def can_see(user: Any, comment: ThreadComment) -> bool:
    """Whether the person may read the comment; the twin of `ThreadComment.objects.visible_to(user)` for one object."""
    return comment.status == Status.PUBLISHED and can_see_discussion(user, comment.discussion)


def can_see_discussion(user: Any, discussion: Discussion) -> bool:
    """Whether the person may read the discussion; the twin of `Discussion.objects.visible_to(user)`."""
    return Discussion.objects.visible_to(user).filter(pk=discussion.pk).exists()


def is_poster(user: Any, discussion: Discussion) -> bool:
    """Whether the person is among those who take part in the discussion, be it open or not.

    "Members" are those of the discussion's network, or of any network where the discussion belongs to none.
    """
    if discussion.posters == Posters.EVERYONE:
        return True
    if not user.is_authenticated or not user.is_active:
        return False
    if discussion.posters == Posters.ACCOUNTS or moderates_everything(user):
        return True
    memberships = Membership.objects.filter(user=user)
    if discussion.network_id is not None:
        memberships = memberships.filter(network_id=discussion.network_id)
    return memberships.exists()


def can_post(user: Any, discussion: Discussion) -> bool:
    """Whether the person may add a comment now."""
    return discussion.is_open() and is_poster(user, discussion)


def can_act(user: Any, comment: ThreadComment, action: Action) -> bool:
    """Whether the person may apply an action to a comment as it stands.

    Moderators of the discussion take the moderation actions; an author removes their own comment; nobody proves an
    address for somebody else, so PROVE_EMAIL is never a person's right but the link's.
    """
    if comment.status not in TRANSITIONS[action].sources:
        return False
    if action in MODERATION_ACTIONS:
        return can_moderate(user, comment.discussion)
    if action == Action.REMOVE:
        return user.is_authenticated and comment.user_id == user.pk
    return False
