"""Who may do what in a discussion: small predicates, composed once."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.utils import timezone

from comments import paths
from comments.addresses import fold
from comments.conf import setting
from comments.models import Appeal, Discussion, Ending, Statement, ThreadComment
from comments.states import MODERATION_ACTIONS, TRANSITIONS, Action, AuthorRole, Mode, Moderation, Posters, Status
from comments.targets import registered_models
from networks.models import Membership, Network, Role, sees_every_network
from networks.permissions import is_facilitator, read_ties


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


def networks_moderated_by(user: Any) -> QuerySet[Network]:
    """The networks whose conversations the person moderates: every one for those who moderate everything."""
    return Network.objects.all() if moderates_everything(user) else Network.objects.moderated_by(user)


def sets_rules(user: Any, network_id: int | None = None) -> bool:
    """Whether the person decides what the rules hold or refuse: on the whole site, or in the space of one network."""
    if not user.is_authenticated or not user.is_active:
        return False
    if moderates_everything(user):
        return True
    return network_id is not None and Membership.objects.filter(user=user, network_id=network_id, role=Role.MODERATOR).exists()


def moderators_of(discussion: Discussion) -> QuerySet:
    """The people told of what waits in a discussion: global moderators and those of its network.

    Administrators moderate without being moderators: they are told only where nobody else would be.
    """
    return moderators_of_network(discussion.network_id)


def moderators_of_network(network_id: int | None) -> QuerySet:
    """The people told of what waits in a network's discussions (None: in those of no network); see `moderators_of`."""
    told = holders_of_the_right()
    if network_id is not None:
        told |= moderators_in(Membership.objects.filter(network=network_id))
    active = get_user_model().objects.filter(is_active=True)
    moderators = active.filter(told)
    return moderators if moderators.exists() else active.filter(is_superuser=True)


def moderators_among(user: Any, network: Network | None = None) -> QuerySet:
    """The people who moderate what somebody moderates: everybody who may, or the moderators of their networks, or of one."""
    active, memberships = get_user_model().objects.filter(is_active=True), Membership.objects.all()
    if network is not None:
        return active.filter(moderators_in(memberships.filter(network=network)))
    if not moderates_everything(user):
        return active.filter(moderators_in(memberships.filter(network__in=networks_moderated_by(user))))
    return active.filter(everybody_who_moderates())


def everybody_who_moderates() -> Q:
    """The condition on accounts that they moderate anything: administrators, holders of the right, moderators of some network."""
    return Q(is_superuser=True) | holders_of_the_right() | moderators_in(Membership.objects.all())


def moderators_in(memberships: QuerySet[Membership]) -> Q:
    """The condition on accounts that they moderate by one of these memberships; found from there, not by asking each account."""
    return Q(pk__in=memberships.filter(role=Role.MODERATOR).order_by().values("user"))


def holders_of_the_right() -> Q:
    """The condition on accounts that they were given the right to moderate everything, themselves or with a group.

    Django's own `with_perm` asks this of every account in turn, which takes a second for 30,000.
    """
    right = Permission.objects.filter(content_type__app_label="comments", codename="moderate_threadcomment").values("pk")
    accounts = get_user_model().objects.order_by()
    return Q(pk__in=accounts.filter(user_permissions__in=right).values("pk")) | Q(
        pk__in=accounts.filter(groups__permissions__in=right).values("pk")
    )


def can_identify(user: Any) -> bool:
    """Whether the person may look into the identification log: administrators, and global moderators who were given the right.

    Moderators of one network never do, whatever other right they hold.
    """
    return moderates_everything(user) and user.has_perm("comments.look_into_identificationrecord")


def can_see(user: Any, comment: ThreadComment) -> bool:
    """Whether the person may read the comment; the twin of `ThreadComment.objects.visible_to(user)` for one object."""
    return comment.status == Status.PUBLISHED and can_see_discussion(user, comment.discussion)


def can_see_discussion(user: Any, discussion: Discussion) -> bool:
    """Whether the person may read the discussion; the twin of `Discussion.objects.visible_to(user)`."""
    if discussion.mode == Mode.HIDDEN or discussion.target_model not in registered_models():
        return False
    return discussion.target is not None and discussion.kind.is_visible_to(user, discussion.target)


def is_poster(user: Any, discussion: Discussion) -> bool:
    """Whether the person is among those who take part in the discussion, be it open or not.

    "Members" are those of the discussion's network, or of any network where the discussion belongs to none; beside them, whom its
    target admits: the guests of a topic.
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
    return memberships.exists() or _is_admitted(user, discussion)


def _is_admitted(user: Any, discussion: Discussion) -> bool:
    return discussion.target_model in registered_models() and discussion.kind.admits(user, discussion.object_id)


def can_post(user: Any, discussion: Discussion) -> bool:
    """Whether the person may add a comment now."""
    return discussion.is_open() and is_poster(user, discussion)


def has_duties(user: Any) -> bool:
    """Whether an account may be anything but a reader or a member, found out in one query: most people are not."""
    return read_ties(user).has_duties


def role_of(user: Any, discussion: Discussion) -> AuthorRole | None:
    """What a person with duties is in a discussion, for the badge of what they write: the nearest to the discussion first."""
    if discussion.network is not None and is_facilitator(user, discussion.network):
        return AuthorRole.FACILITATOR
    if discussion.target is not None and discussion.kind.is_edited_by(user, discussion.target):
        return AuthorRole.EDITOR
    return AuthorRole.MODERATOR if can_moderate(user, discussion) else None


def is_known(user: Any) -> bool:
    """Whether something can be somebody's own: an account, or a guest (`comments.guests`) who proved an address on this browser."""
    return user.is_authenticated or bool(getattr(user, "email", ""))


def is_author(user: Any, comment: ThreadComment) -> bool:
    """Whether somebody wrote a comment; the twin of `ThreadComment.objects.written_by(user)` for one object."""
    if user.is_authenticated:
        return comment.user_id == user.pk
    return is_known(user) and comment.user_id is None and fold(comment.user_email) == fold(user.email)


def can_edit(user: Any, comment: ThreadComment) -> bool:
    """Whether an author may still change their words; the rule of `editable_among` for one comment."""
    return bool(editable_among([comment], user, comment.discussion))


def editable_among(comments: Iterable[ThreadComment], user: Any, discussion: Discussion) -> set[int]:
    """The keys of those comments of a discussion whose words the person may still change: no query for most pages, else very few.

    One's own, within COMMENTS_EDIT_SECONDS of writing them, where one may still post, before anybody replied; where moderators
    read before publication, before they did: what they let pass is not exchanged for something else.
    """
    if not is_known(user) or not discussion.is_open():
        return set()
    young = [comment for comment in comments if is_author(user, comment) and _is_changeable(comment)]
    if any(comment.status == Status.PUBLISHED for comment in young) and discussion.moderation == Moderation.BEFORE:
        let_pass = user.is_authenticated and can_moderate(user, discussion)
        young = [comment for comment in young if comment.status == Status.PENDING or let_pass]
    if not young or not is_poster(user, discussion):
        return set()
    below = ThreadComment.objects.filter(discussion_id=discussion.pk).below_any(young).that_were_read()
    replies = list(below.values_list("path", flat=True))
    return {comment.pk for comment in young if not any(comment.path in paths.ancestor_paths(path) for path in replies)}


def _is_changeable(comment: ThreadComment) -> bool:
    """Whether a comment stands where its words may change, as far as its own columns tell."""
    if comment.status not in {Status.PENDING, Status.PUBLISHED} or comment.published_descendants:
        return False
    return timezone.now() <= comment.submit_date + timedelta(seconds=setting("COMMENTS_EDIT_SECONDS"))


def can_vote(user: Any, comment: ThreadComment) -> bool:
    """Whether an account may call somebody else's comment useful, or take that back: while the discussion is open."""
    if not user.is_authenticated or not user.is_active or is_author(user, comment):
        return False
    return comment.discussion.is_open() and can_see(user, comment)


def can_curate(user: Any, discussion: Discussion) -> bool:
    """Whether a person points readers to comments: who edits the target, and who moderates the discussion."""
    if not user.is_authenticated or not user.is_active:
        return False
    if can_moderate(user, discussion):
        return True
    return discussion.target is not None and discussion.kind.is_edited_by(user, discussion.target)


def may_consult_on(chapter: Any, user: Any) -> bool:
    """Whether a person decides when a chapter is open: who may publish its page, and so its discussion's settings."""
    return chapter.permissions_for_user(user).can_publish()


def can_act(user: Any, comment: ThreadComment, action: Action) -> bool:
    """Whether the person may apply an action to a comment as it stands.

    Moderators of the discussion take the moderation actions; an author removes their own comment, and sends new words where they
    were asked for; nobody proves an address for somebody else, so PROVE_EMAIL is never a person's right but the link's, and
    HOLD is the rules'.
    """
    if comment.status not in TRANSITIONS[action].sources:
        return False
    if action in MODERATION_ACTIONS or action == Action.UNDO:
        return can_moderate(user, comment.discussion)
    if action in {Action.REMOVE, Action.RESUBMIT}:
        return is_author(user, comment)
    return False


def is_judge_of_themselves(user: Any, comment: ThreadComment, action: Action) -> bool:
    """Whether somebody who moderates would change what was decided about their own comment; asks the database about one's own alone."""
    if action not in MODERATION_ACTIONS or user is None or comment.user_id is None or comment.user_id != user.pk:
        return False
    if comment.status == Status.PENDING:
        asked = Q(ended_at=None) | Q(ended_because=Ending.REPHRASED)
        return Statement.objects.filter(asked, comment=comment).exists()
    return comment.status in {Status.REJECTED, Status.SPAM, Status.HIDDEN, Status.REPHRASING}


def can_decide_appeal(user: Any, appeal: Appeal) -> bool:
    """Whether a person decides about an appeal: who moderates where the decision was made, but did not make it, nor is it about them."""
    if user.pk in {appeal.statement.decided_by_id, appeal.statement.user_id}:
        return False
    return Appeal.objects.moderatable_by(user).filter(pk=appeal.pk).exists()


def can_sanction_author(user: Any, comment: ThreadComment) -> bool:
    """Whether a person decides about a comment’s author: who moderates there, unless they do too, are a network, or nobody any more."""
    if comment.status == Status.REMOVED or comment.is_of_network or not comment.author_key or not can_moderate(user, comment.discussion):
        return False
    return comment.user_id is None or (comment.user_id != user.pk and not can_moderate(comment.user, comment.discussion))
