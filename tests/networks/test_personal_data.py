"""What networks hold about a person: handed over, forgotten, and what keeps an account for a while."""

import pytest

from networks import personal_data, services
from networks.models import Announcement, Invitation, TopicGuest
from networks.states import Role
from tests.factories import (
    AnnouncementFactory,
    InvitationFactory,
    InvitationLinkFactory,
    MembershipFactory,
    NetworkFactory,
    TopicFactory,
    TopicGuestFactory,
    UserFactory,
)
from users.models import User
from users.services import Refused, delete_account


@pytest.fixture
def nina(network):
    """Somebody who was invited, is a guest, came by a link elsewhere, and wrote to members."""
    user = UserFactory(email="Nina@example.org")
    InvitationFactory(network=network, email="nina@EXAMPLE.org", message="Viens")
    TopicGuestFactory(topic=TopicFactory(network=network, title="Le dé"), user=user)
    services.use_link(InvitationLinkFactory(network=NetworkFactory(name="Ailleurs")), by=user)
    AnnouncementFactory(network=network, sent_by=user, subject="Rencontre")
    return user


def test_everything_about_a_person_is_handed_over(nina):
    InvitationFactory(email="autre@example.org")

    held = personal_data.export(nina)

    assert [(each["email"], each["message"]) for each in held["invitations"]] == [("nina@EXAMPLE.org", "Viens")]
    assert [each["topic"] for each in held["guest_of"]] == ["Le dé"]
    assert [each["network"] for each in held["links_used"]] == ["Ailleurs"]
    assert [each["subject"] for each in held["messages_to_members"]] == ["Rencontre"]


def test_what_a_closed_account_leaves_names_nobody(nina):
    others = InvitationFactory(invited_by=nina)

    delete_account(nina)

    others.refresh_from_db()
    assert list(Invitation.objects.all()) == [others]
    assert others.invited_by is None
    assert not TopicGuest.objects.exists()
    assert Announcement.objects.get().sent_by is None


def test_the_only_facilitator_of_members_keeps_the_account_until_another_is_named(network, facilitator, member):
    with pytest.raises(Refused, match="Réseau des ludothèques"):
        delete_account(facilitator)

    services.set_role(network.memberships.get(user=member), Role.FACILITATOR, by=facilitator)
    delete_account(facilitator)

    assert not User.objects.filter(pk=facilitator.pk).exists()


def test_somebody_alone_in_a_network_is_kept_by_nothing(network, facilitator):
    MembershipFactory(network=network, user__is_active=False)

    delete_account(facilitator)

    assert not User.objects.filter(pk=facilitator.pk).exists()


def test_the_page_says_which_space_needs_somebody_else_first(client, network, facilitator, member):
    client.force_login(facilitator)

    answer = client.post("/compte/donnees/supprimer/", {"password": "palabre-test"})

    assert answer.status_code == 422
    assert "Réseau des ludothèques" in answer.text
    assert User.objects.filter(pk=facilitator.pk).exists()
