"""The cast: one person for each role, the same in every test; `tests.conftest` has a fixture for each."""

from django.contrib.auth.models import Group, Permission

from networks.models import Network, Role
from tests.factories import MembershipFactory, NetworkFactory, UserFactory
from users.models import User


def network() -> Network:
    """A members-only network."""
    return NetworkFactory(name="Réseau des ludothèques", acronym="Ludo", slug="ludotheques", visibility="members")


def other_network() -> Network:
    """A network that none of the first network's people belongs to."""
    return NetworkFactory(name="Union des jardins", acronym="Jardins", slug="jardins", visibility="secret")


def reader() -> User:
    """An account that belongs to no network."""
    return UserFactory(email="lectrice@example.org", display_name="Lectrice")


def member(network: Network) -> User:
    """A member of the first network."""
    return MembershipFactory(network=network, user__email="membre@example.org", user__display_name="Membre").user


def facilitator(network: Network) -> User:
    """The facilitator of the first network."""
    return MembershipFactory(network=network, role=Role.FACILITATOR, user__email="animation@example.org").user


def network_moderator(network: Network) -> User:
    """A moderator of the first network only."""
    return MembershipFactory(network=network, role=Role.MODERATOR, user__email="moderation-ludo@example.org").user


def other_moderator(other_network: Network) -> User:
    """A moderator of the other network only."""
    return MembershipFactory(network=other_network, role=Role.MODERATOR, user__email="moderation-jardins@example.org").user


def moderator() -> User:
    """A global moderator."""
    user = UserFactory(email="moderation@example.org", display_name="Modération")
    user.user_permissions.add(
        Permission.objects.get(codename="moderate_threadcomment"),
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"),
    )
    return user


def admin() -> User:
    """An administrator."""
    return UserFactory(email="admin@example.org", display_name="Administration", is_staff=True, is_superuser=True)


def editor() -> User:
    """Someone who writes the guide in the admin and moderates nothing."""
    user = UserFactory(email="editrice@example.org", display_name="Éditrice")
    user.groups.add(Group.objects.get(name="Rédaction"))
    return user
