"""Inviting people, by mail and by links, and coming in: what is stored, what is told, what is refused."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from networks import invitation_tokens, services
from networks.models import MOST_USES, Invitation, InvitationLink, Membership, TopicGuest
from networks.services import ForSomebodyElse, NoLongerOpen, Offered, Refused, sending
from networks.signals import invitations_sent
from networks.states import InviteOutcome, RequestOutcome, Role
from tests.factories import (
    InvitationFactory,
    InvitationLinkFactory,
    JoinRequestFactory,
    MembershipFactory,
    TopicFactory,
    TopicGuestFactory,
    UserFactory,
)


@pytest.fixture
def acts():
    """The audit rows so far, oldest first."""
    return lambda: list(ModelLogEntry.objects.filter(action__startswith="networks.").order_by("pk").values_list("action", flat=True))


@pytest.fixture
def told():
    """The invitations that were told of."""
    heard = []

    def listen(sender, invitations, **kwargs):
        heard.extend(invitations)

    invitations_sent.connect(listen)
    yield heard
    invitations_sent.disconnect(listen)


def long_ago(invitation):
    """Let an invitation have left more than an hour ago."""
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now() - services.SEND_AGAIN_AFTER - timedelta(minutes=1))


def test_an_invitation_waits_for_its_person_and_is_told_once(network, facilitator, acts, told):
    invitation = services.invite(
        network, by=facilitator, email="Nina@Example.org", role=Role.MODERATOR, offered=Offered(message="Viens\x00")
    )

    assert (invitation.email, invitation.address) == ("Nina@Example.org", "nina@example.org")
    assert (invitation.role, invitation.message, invitation.invited_by) == (Role.MODERATOR, "Viens", facilitator)
    assert invitation.expires_at - timezone.now() > services.INVITATION_LASTS - timedelta(minutes=1)
    assert acts() == ["networks.invite"]
    assert told == [invitation]


def test_inviting_somebody_again_sends_the_same_invitation_once_an_hour(network, facilitator, acts, told):
    first = services.invite(network, by=facilitator, email="nina@example.org")

    with pytest.raises(Refused, match="une heure"):
        services.invite(network, by=facilitator, email="NINA@example.org")
    long_ago(first)
    second = services.invite(network, by=facilitator, email="NINA@example.org", role=Role.MODERATOR)

    assert (second.pk, second.sent_count, second.role) == (first.pk, 2, Role.MODERATOR)
    assert acts() == ["networks.invite", "networks.resend_invitation"]
    assert len(told) == 2


def test_an_invitation_that_is_too_old_is_prolonged(network, facilitator):
    old = InvitationFactory(network=network, expires_at=timezone.now() - timedelta(days=1), sent_at=timezone.now() - timedelta(days=15))

    sent = services.resend_invitation(old, by=facilitator)

    assert sent.pk == old.pk
    assert sent.is_open
    assert sent.invited_by == facilitator


@pytest.mark.parametrize("email", ["membre@example.org", "MEMBRE@example.org"])
def test_a_member_is_not_invited(network, facilitator, member, email):
    with pytest.raises(Refused, match="déjà membre"):
        services.invite(network, by=facilitator, email=email)


def test_who_takes_part_in_a_topic_is_not_invited_to_it_twice_but_may_become_a_member(network, facilitator, reader):
    topic = TopicFactory(network=network)
    TopicGuestFactory(topic=topic, user=reader)

    with pytest.raises(Refused, match="participe déjà"):
        services.invite(network, by=facilitator, email=reader.email, offered=Offered(topic))

    assert services.invite(network, by=facilitator, email=reader.email)


@pytest.mark.parametrize("person", ["member", "network_moderator", "other_moderator", "moderator", "reader"])
def test_only_who_runs_the_space_lets_people_in(request, network, facilitator, person, acts):
    invitation, link = InvitationFactory(network=network), InvitationLinkFactory(network=network)
    guest = TopicGuestFactory(topic=TopicFactory(network=network))
    somebody = request.getfixturevalue(person)

    for act in [
        lambda: services.invite(network, by=somebody, email="nina@example.org"),
        lambda: services.invite_all(network, [("nina@example.org", Role.MEMBER)], by=somebody),
        lambda: services.resend_invitation(invitation, by=somebody),
        lambda: services.revoke_invitation(invitation, by=somebody),
        lambda: services.create_link(network, by=somebody, max_uses=3),
        lambda: services.revoke_link(link, by=somebody),
        lambda: services.end_visit(guest, by=somebody),
        lambda: services.announce(network, by=somebody, subject="À tous", text="Bonjour"),
        lambda: services.add_member(network, UserFactory(), by=somebody),
    ]:
        with pytest.raises(Refused):
            act()

    assert acts() == []


def test_only_so_many_invitations_leave_a_network_in_a_day(network, facilitator, monkeypatch):
    monkeypatch.setattr(sending, "INVITATIONS_PER_DAY", 3)
    InvitationFactory(network=network, revoked_at=timezone.now())
    InvitationFactory(network=network, sent_at=timezone.now() - timedelta(days=2))

    results = services.invite_all(network, [(f"nina{number}@example.org", Role.MEMBER) for number in range(4)], by=facilitator)

    assert [each.outcome for each in results] == [InviteOutcome.INVITED] * 2 + [InviteOutcome.TOO_MANY] * 2
    with pytest.raises(Refused, match="par jour"):
        services.invite(network, by=facilitator, email="encore@example.org")


def test_a_long_list_is_written_in_few_statements(network, facilitator, django_assert_max_num_queries, acts):
    people = [(f"nina{number}@example.org", Role.MEMBER) for number in range(60)]
    long_ago(services.invite(network, by=facilitator, email="nina7@example.org"))

    with django_assert_max_num_queries(20):
        services.invite_all(network, people, by=facilitator)

    assert Invitation.objects.get(address="nina7@example.org").sent_count == 2
    assert acts().count("networks.invite") == 1 + 59
    assert acts().count("networks.resend_invitation") == 1


def test_accepting_makes_a_member_of_the_role_once(network, facilitator, acts):
    invitation = services.invite(network, by=facilitator, email="nina@example.org", role=Role.FACILITATOR)
    nina = UserFactory(email="Nina@example.org")

    first = services.accept_invitation(invitation, by=nina)
    second = services.accept_invitation(invitation, by=nina)

    invitation.refresh_from_db()
    assert first == second
    assert (first.user, first.role) == (nina, Role.FACILITATOR)
    assert (invitation.accepted_by, invitation.is_open) == (nina, False)
    assert acts() == ["networks.invite", "networks.accept_invitation"]


def test_an_invitation_lets_nobody_in_but_its_address(network, facilitator, reader):
    invitation = services.invite(network, by=facilitator, email="nina@example.org")

    with pytest.raises(ForSomebodyElse):
        services.accept_invitation(invitation, by=reader)

    assert not Membership.objects.filter(user=reader).exists()


@pytest.mark.parametrize("over", ["revoked", "expired", "deleted"])
def test_an_invitation_that_is_over_lets_nobody_in(network, facilitator, reader, over):
    invitation = services.invite(network, by=facilitator, email=reader.email)
    if over == "revoked":
        services.revoke_invitation(invitation, by=facilitator)
    elif over == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    else:
        Invitation.objects.all().delete()

    with pytest.raises(NoLongerOpen):
        services.accept_invitation(invitation, by=reader)

    assert not Membership.objects.filter(user=reader).exists()


def test_a_right_to_run_the_space_is_given_by_who_still_runs_it(network, facilitator, reader):
    """Somebody who was sent away leaves no door open for another of theirs; whom they invited as members stay welcome."""
    sent_away = MembershipFactory(network=network, role=Role.FACILITATOR)
    runs = services.invite(network, by=sent_away.user, email=reader.email, role=Role.FACILITATOR)
    services.remove_member(sent_away, by=facilitator)

    with pytest.raises(NoLongerOpen):
        services.accept_invitation(runs, by=reader)
    long_ago(runs)
    services.resend_invitation(runs, by=facilitator)

    assert services.accept_invitation(runs, by=reader).role == Role.FACILITATOR


def test_coming_in_settles_what_waited_for_that(network, facilitator, reader):
    asked = JoinRequestFactory(network=network, user=reader)
    topic = TopicFactory(network=network)
    TopicGuestFactory(topic=topic, user=reader)
    to_topic = InvitationFactory(network=network, topic=TopicFactory(network=network), email=reader.email)
    invitation = services.invite(network, by=facilitator, email=reader.email)

    services.accept_invitation(invitation, by=reader)

    asked.refresh_from_db()
    to_topic.refresh_from_db()
    assert asked.outcome == RequestOutcome.ACCEPTED
    assert not to_topic.is_open
    assert not TopicGuest.objects.filter(user=reader).exists()


def test_who_is_sent_away_is_invited_no_more(network, facilitator, member):
    invitation = InvitationFactory(network=network, email=member.email, role=Role.MODERATOR)

    services.remove_member(Membership.objects.get(user=member), by=facilitator)

    with pytest.raises(NoLongerOpen):
        services.accept_invitation(invitation, by=member)


def test_a_member_is_given_the_role_that_an_invitation_offers(network, facilitator, reader):
    invitation = services.invite(network, by=facilitator, email=reader.email, role=Role.MODERATOR)
    services.use_link(InvitationLinkFactory(network=network), by=reader)

    assert services.accept_invitation(invitation, by=reader).role == Role.MODERATOR


def test_a_link_lets_in_as_many_as_it_says_and_each_once(network, facilitator, reader, member, acts):
    link = services.create_link(network, by=facilitator, max_uses=1, label="Affiche")

    services.use_link(link, by=member)
    first = services.use_link(link, by=reader)
    assert services.use_link(link, by=reader) == first

    link.refresh_from_db()
    assert (link.uses, link.is_open) == (1, False)
    assert first.role == Role.MEMBER
    with pytest.raises(NoLongerOpen):
        services.use_link(link, by=UserFactory())
    assert acts() == ["networks.create_link", "networks.join_by_link"]


def test_who_came_by_a_link_and_was_sent_away_does_not_come_back_by_it(network, facilitator, reader):
    link = InvitationLinkFactory(network=network)
    services.remove_member(services.use_link(link, by=reader), by=facilitator)

    with pytest.raises(Refused, match="une fois"):
        services.use_link(link, by=reader)

    assert not Membership.objects.filter(user=reader).exists()


@pytest.mark.parametrize("over", ["revoked", "expired"])
def test_a_link_that_is_over_lets_nobody_in(network, facilitator, reader, over):
    link = InvitationLinkFactory(network=network)
    if over == "revoked":
        services.revoke_link(link, by=facilitator)
    else:
        InvitationLink.objects.update(expires_at=timezone.now())

    with pytest.raises(NoLongerOpen):
        services.use_link(link, by=reader)


@pytest.mark.parametrize("uses", [0, -1, MOST_USES + 1])
def test_a_link_lets_in_somebody_and_not_everybody(network, facilitator, uses):
    with pytest.raises(Refused):
        services.create_link(network, by=facilitator, max_uses=uses)


@pytest.mark.parametrize("act", [services.revoke_invitation, services.resend_invitation])
def test_what_was_answered_meanwhile_is_said(network, facilitator, act):
    accepted = InvitationFactory(network=network, accepted_at=timezone.now())

    with pytest.raises(NoLongerOpen, match="entre-temps"):
        act(accepted, by=facilitator)


def test_one_person_is_in_several_networks(network, other_network, facilitator, reader, admin):
    services.accept_invitation(services.invite(network, by=facilitator, email=reader.email), by=reader)
    services.accept_invitation(services.invite(other_network, by=admin, email=reader.email, role=Role.FACILITATOR), by=reader)

    assert {each.network: each.role for each in Membership.objects.filter(user=reader)} == {
        network: Role.MEMBER,
        other_network: Role.FACILITATOR,
    }


def test_the_address_of_an_offer_names_it_and_no_other(network):
    invitation, link = InvitationFactory(network=network), InvitationLinkFactory(network=network)
    tokens = [invitation_tokens.path_of(offer).split("/")[3] for offer in (invitation, link)]

    assert [invitation_tokens.find(token) for token in tokens] == [invitation, link]
    for wrong in ["", "m1", f"{tokens[0]}x", f"l{tokens[0][1:]}", "a:b:c", "\x00", f"m{invitation.pk}:é"]:
        assert invitation_tokens.find(wrong) is None


def test_addresses_invited_long_ago_are_forgotten(network, capsys):
    ago = timezone.now() - timedelta(days=100)
    for over in [{"accepted_at": ago}, {"revoked_at": ago}, {"expires_at": ago}]:
        InvitationFactory(network=network, **over)
    kept = [InvitationFactory(network=network), InvitationFactory(network=network, accepted_at=timezone.now(), expires_at=ago)]

    call_command("purge_invitations")

    assert "3 invitation(s)" in capsys.readouterr().out
    assert set(Invitation.objects.all()) == set(kept)


def test_a_link_asked_for_twice_is_one(network, facilitator):
    first = services.create_link(network, by=facilitator, max_uses=3, label="Lettre")

    assert services.create_link(network, by=facilitator, max_uses=3, label="Lettre") == first
    assert services.create_link(network, by=facilitator, max_uses=3, label="Affiche") != first
    assert services.create_link(network, by=facilitator, max_uses=3, label="Lettre", lasts=timedelta(days=1)) != first
    services.revoke_link(first, by=facilitator)
    assert services.create_link(network, by=facilitator, max_uses=3, label="Lettre") != first
