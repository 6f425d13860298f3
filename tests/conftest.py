"""The cast: one person for each role, the same in every test."""

import pytest
from django.contrib.auth.models import Group, Permission

from networks.models import Role
from tests.factories import MembershipFactory, NetworkFactory, UserFactory


@pytest.fixture
def network(db):
    """A members-only network."""
    return NetworkFactory(name="Réseau des ludothèques", acronym="Ludo", slug="ludotheques", visibility="members")


@pytest.fixture
def other_network(db):
    """A network that none of the first network's people belongs to."""
    return NetworkFactory(name="Union des jardins", acronym="Jardins", slug="jardins", visibility="secret")


@pytest.fixture
def reader(db):
    """An account that belongs to no network."""
    return UserFactory(email="lectrice@example.org", display_name="Lectrice")


@pytest.fixture
def member(network):
    """A member of the first network."""
    return MembershipFactory(network=network, user__email="membre@example.org", user__display_name="Membre").user


@pytest.fixture
def facilitator(network):
    """The facilitator of the first network."""
    return MembershipFactory(network=network, role=Role.FACILITATOR, user__email="animation@example.org").user


@pytest.fixture
def network_moderator(network):
    """A moderator of the first network only."""
    return MembershipFactory(network=network, role=Role.MODERATOR, user__email="moderation-ludo@example.org").user


@pytest.fixture
def other_moderator(other_network):
    """A moderator of the other network only."""
    return MembershipFactory(network=other_network, role=Role.MODERATOR, user__email="moderation-jardins@example.org").user


@pytest.fixture
def moderator(db):
    """A global moderator."""
    user = UserFactory(email="moderation@example.org", display_name="Modération")
    user.user_permissions.add(
        Permission.objects.get(codename="moderate_threadcomment"),
        Permission.objects.get(codename="access_admin", content_type__app_label="wagtailadmin"),
    )
    return user


@pytest.fixture
def admin(db):
    """An administrator."""
    return UserFactory(email="admin@example.org", display_name="Administration", is_staff=True, is_superuser=True)


@pytest.fixture
def editor(db):
    """Someone who writes pages in the admin and moderates nothing."""
    user = UserFactory(email="editrice@example.org", display_name="Éditrice")
    user.groups.add(Group.objects.get(name="Editors"))
    return user
