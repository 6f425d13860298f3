"""Who may do what in a network: one person's standing towards one network, and the questions it answers."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models import BigIntegerField, BooleanField, CharField, Exists, ExpressionWrapper, OuterRef, QuerySet, Value

from networks.models import Membership, Network, Topic, TopicGuest, sees_every_network
from networks.prepared import Parameter, PreparedQuery
from networks.states import Role, Visibility


@dataclass(frozen=True)
class Standing:
    """Where a person stands towards a network; built by `standing_of` in one query, every answer below costs none.

    `role` is None for who is no member; `oversees` is true for those who keep the whole site lawful, who read every
    space (see `networks.models.sees_every_network`) without being a member.
    """

    user: Any
    network: Network
    role: Role | None
    oversees: bool
    guest_topics: frozenset[int] = frozenset()
    """The topics of the network whose guest the person is: they read and write there, and nowhere else in the space."""

    @property
    def is_member(self) -> bool:
        """Belongs to the network, whatever the role."""
        return self.role is not None

    @property
    def is_facilitator(self) -> bool:
        """Runs the network's space."""
        return self.role == Role.FACILITATOR

    @property
    def can_know(self) -> bool:
        """May know that the space exists and read its presentation; twin of `Network.objects.visible_to`."""
        return self.network.visibility != Visibility.SECRET or self.is_member or self.oversees or bool(self.guest_topics)

    @property
    def can_read(self) -> bool:
        """May read the topics and their discussions; twin of `Network.objects.readable_by`."""
        return self.network.visibility == Visibility.PUBLIC or self.is_member or self.oversees

    def can_read_topic(self, topic_id: int) -> bool:
        """May read one topic of this network, by its key; twin of `Topic.objects.visible_to`."""
        return self.can_read or topic_id in self.guest_topics

    @property
    def can_see_members(self) -> bool:
        """May read the list of members, which even a public space keeps for its own."""
        return self.is_member or self.oversees

    @property
    def can_leave(self) -> bool:
        """Has something to leave: a membership, or a topic whose guest they are."""
        return self.is_member or bool(self.guest_topics)

    @property
    def can_ask_to_join(self) -> bool:
        """May ask to become a member: somebody with an account who knows of the space, a guest too, and is not in it."""
        return self.can_know and not self.is_member and self.user.is_authenticated and self.user.is_active

    @property
    def can_open_topic(self) -> bool:
        """May open a topic: every member."""
        return self.is_member

    @property
    def can_run(self) -> bool:
        """Facilitators run their space; administrators may step in where a network has nobody left."""
        return self.is_facilitator or (self.user.is_active and self.user.is_superuser)

    @property
    def can_manage_members(self) -> bool:
        """May accept and refuse requests, invite, change roles, end memberships and the visits of guests."""
        return self.can_run

    @property
    def can_announce(self) -> bool:
        """May write to all members."""
        return self.can_run

    @property
    def can_read_journal(self) -> bool:
        """May read who did what in the space."""
        return self.can_run

    @property
    def can_edit_presentation(self) -> bool:
        """May rewrite the presentation of the space."""
        return self.can_run

    @property
    def can_keep_agenda(self) -> bool:
        """May add dates, change them and take them out."""
        return self.can_run

    @property
    def can_switch_visibility(self) -> bool:
        """May decide whom the space is for."""
        return self.can_run

    @property
    def can_export(self) -> bool:
        """May take away what was said in the space, without who said it."""
        return self.can_run

    @property
    def can_close_topic(self) -> bool:
        """May close, reopen, pin and unpin topics."""
        return self.can_run

    def can_edit_topic(self, topic: Topic) -> bool:
        """May rewrite a topic of this network: who runs the space, or its author while still a member and it is open."""
        if topic.network_id != self.network.pk:
            return False
        return self.can_run or (self.is_member and topic.is_open and topic.author_id == self.user.pk)


def standing_of(user: Any, network: Network) -> Standing:
    """Where a person stands towards a network."""
    roles, topics = _ties_to(user, network)
    oversees = user.is_authenticated and sees_every_network(user)
    return Standing(user, network, Role(roles[0]) if roles else None, oversees, frozenset(topics))


def _ties_to(user: Any, network: Network) -> tuple[list[str], list[int]]:
    """A person's role in a network, and the topics there whose guest they are: in one query."""
    if not user.is_authenticated or not user.is_active:
        return [], []
    no_topic, no_role = Value(0, BigIntegerField()), Value("", CharField())
    role = Membership.objects.of(user).filter(network=network).order_by().values_list("role", no_topic)
    visits = TopicGuest.objects.of(user).filter(topic__network=network).order_by().values_list(no_role, "topic_id")
    rows = list(role.union(visits, all=True))
    return [role for role, _topic in rows if role], [topic for _role, topic in rows if topic]


def is_member(user: Any, network: Network) -> bool:
    """Whether the person belongs to the network, whatever the role."""
    return standing_of(user, network).is_member


def is_facilitator(user: Any, network: Network) -> bool:
    """Whether the person runs the network's space."""
    return standing_of(user, network).is_facilitator


def can_know(user: Any, network: Network) -> bool:
    """Whether the person may know that the space exists; the twin of `Network.objects.visible_to(user)`."""
    return standing_of(user, network).can_know


def can_read(user: Any, network: Network) -> bool:
    """Whether the person may read the network's topics; the twin of `Network.objects.readable_by(user)`."""
    return standing_of(user, network).can_read


def can_read_topic(user: Any, topic: Topic) -> bool:
    """Whether the person may read a topic; the twin of `Topic.objects.visible_to(user)`."""
    return standing_of(user, topic.network).can_read_topic(topic.pk)


def is_guest_of(user: Any, topic_id: int) -> bool:
    """Whether the person is a guest of a topic, by its key."""
    return TopicGuest.objects.of(user).filter(topic=topic_id).exists()


@dataclass(frozen=True)
class Tie:
    """One membership, as far as pages of discussions ask."""

    network_id: int
    name: str
    visibility: str
    role: str
    slug: str


@dataclass(frozen=True)
class Ties:
    """What an account is beyond a reader; built by `read_ties` in one query, since most people are nothing more."""

    memberships: tuple[Tie, ...] = ()
    """The networks somebody belongs to, in the order of their addresses."""

    has_rights: bool = False
    """Is an administrator, was given a permission, or belongs to a group."""

    @property
    def has_duties(self) -> bool:
        """Has rights, or runs some network: may be allowed what readers and members are not."""
        return self.has_rights or any(tie.role != Role.MEMBER for tie in self.memberships)

    @property
    def moderates(self) -> bool:
        """Moderates the conversations of some network."""
        return any(tie.role == Role.MODERATOR for tie in self.memberships)


def read_ties(user: Any) -> Ties:
    """What an account is beyond a reader; nothing for a closed one."""
    rows = _TIES_OF_ACCOUNT.all(account=user.pk)
    has_rights = any(given for given, *_tie in rows) or (user.is_superuser and user.is_active)
    return Ties(tuple(Tie(*tie) for _given, *tie in rows if tie[0] is not None), has_rights)


def _ties_of_account() -> QuerySet:
    account = get_user_model()
    rights = Exists(Group.objects.filter(user=OuterRef("pk"))) | Exists(Permission.objects.filter(user=OuterRef("pk")))
    has_rights = ExpressionWrapper(rights, output_field=BooleanField())
    membership = (
        "memberships__network",
        "memberships__network__name",
        "memberships__network__visibility",
        "memberships__role",
        "memberships__network__slug",
    )
    open_one = account._default_manager.filter(pk=Parameter("account", account._meta.pk), is_active=True)
    return open_one.order_by("memberships__network__slug").values_list(has_rights, *membership)


_TIES_OF_ACCOUNT = PreparedQuery(_ties_of_account)


def ties_of(user: Any) -> Ties:
    """What `read_ties` says, asked once for as long as this object stands for the person: while a request is answered."""
    ties = getattr(user, _TIES, None)
    if ties is None:
        ties = read_ties(user)
        setattr(user, _TIES, ties)
    return ties


_TIES = "_palabre_ties"
"""Where an account's ties are kept with it."""
