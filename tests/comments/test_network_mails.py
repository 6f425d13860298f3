"""The mails of networks: invitations and messages to all members, in French and English, as text and as HTML."""

from datetime import timedelta

import pytest
from django.core import mail as postbox
from django.utils import timezone

from comments import mails, outbox
from comments.models import NoticeRefusal, OutgoingMail, SanctionKind
from comments.services import Author, discussion_of, post, sanction
from networks import services
from networks.exposure import exposure_of
from networks.invitation_tokens import path_of
from networks.models import Membership
from networks.services import Offered
from networks.states import Role, Visibility
from tests.factories import JoinRequestFactory, MembershipFactory, NetworkFactory, TopicFactory, published_article

HOSTILE = "<script>alert(1)</script> & « merci »"


@pytest.fixture
def network(network):
    network.visibility = "secret"
    network.save()
    return network


@pytest.fixture
def invite(network, facilitator):
    """`invite(…)`: the mail of a new invitation, and the invitation."""

    def invite(language="fr", email="nina@example.org", role=Role.MEMBER, topic=None):
        offered = Offered(topic=topic, message=HOSTILE, language=language)
        invitation = services.invite(network, by=facilitator, email=email, role=role, offered=offered)
        return OutgoingMail.objects.get(kind="invitation", event=f"invitation:{invitation.pk}:1"), invitation

    return invite


@pytest.mark.parametrize(
    ("language", "sentence", "date"), [("fr", "vous invite à rejoindre l’espace", "au"), ("en", "invites you to join the space", "until")]
)
def test_an_invitation_says_who_invites_to_what_in_the_language_chosen(invite, facilitator, language, sentence, date):
    mail, invitation = invite(language, role=Role.FACILITATOR)

    letter = mails.compose(mail)

    assert letter.to == "nina@example.org"
    for body in (letter.text, letter.html):
        assert sentence in body
        assert path_of(invitation) in body
        assert facilitator.display_name in body
        assert "alert(1)" in body
        assert date in body
    assert "<script" not in letter.html
    assert f'<html lang="{language}"' in letter.html
    assert "List-Unsubscribe" not in letter.headers
    assert "{{" not in letter.text + letter.html + letter.subject


def test_an_invitation_to_a_topic_names_it(invite, network):
    letter = mails.compose(invite(topic=TopicFactory(network=network, title="Le dé"))[0])

    assert "« Le dé »" in letter.text
    assert "« Le dé »" in letter.html


@pytest.mark.parametrize(
    "meanwhile", ["revoked", "expired", "accepted", "deleted", "the facilitator left", "the facilitator closed the account"]
)
def test_an_invitation_that_lost_its_reason_does_not_leave(invite, facilitator, meanwhile):
    mail, invitation = invite()
    assert mails.compose(mail)
    now = timezone.now()
    if meanwhile == "deleted":
        invitation.delete()
    elif meanwhile == "the facilitator left":
        Membership.objects.filter(user=facilitator).update(role=Role.MEMBER)
    elif meanwhile == "the facilitator closed the account":
        facilitator.delete()
    else:
        column = {"revoked": "revoked_at", "expired": "expires_at", "accepted": "accepted_at"}[meanwhile]
        type(invitation).objects.filter(pk=invitation.pk).update(**{column: now})

    assert mails.compose(OutgoingMail.objects.get(pk=mail.pk)) is None


def test_an_invitation_sent_again_is_another_mail(invite, network, facilitator):
    _mail, invitation = invite()
    type(invitation).objects.update(sent_at=timezone.now() - services.SEND_AGAIN_AFTER)

    services.resend_invitation(invitation, by=facilitator)

    assert OutgoingMail.objects.filter(kind="invitation").count() == 2


@pytest.mark.parametrize(("language", "sentence"), [("fr", "écrit à tous les membres de"), ("en", "writes to all members of")])
def test_a_message_to_all_is_a_mail_to_each_in_their_language(network, facilitator, member, language, sentence):
    member.language = language
    member.save()
    services.announce(network, by=facilitator, subject="Rencontre\nBcc: x", text=f"À **Brest**. {HOSTILE}")

    letter = mails.compose(OutgoingMail.objects.get(kind="announcement", user=member))

    assert letter.to == member.email
    assert letter.subject == "[Ludo] Rencontre Bcc: x"
    for body in (letter.text, letter.html):
        assert sentence in body
        assert facilitator.display_name in body
        assert facilitator.email not in body
        assert f"/reseaux/{network.slug}/annonces/" in body
        assert ("parce que vous êtes membre" in body) == (language == "fr")
    assert "<strong>Brest</strong>" in letter.html
    assert "<script" not in letter.html
    assert letter.headers["List-Unsubscribe-Post"]


def test_a_message_reaches_members_who_still_are_and_want_it(network, facilitator, member):
    gone, silent = (MembershipFactory(network=network) for _ in range(2))
    MembershipFactory(network=network, user__is_active=False)
    services.announce(network, by=facilitator, subject="Rencontre", text="À Brest")
    assert OutgoingMail.objects.filter(kind="announcement").count() == 4

    services.remove_member(gone, by=facilitator)
    NoticeRefusal.objects.create(email=silent.user.email)
    postbox.outbox.clear()
    outbox.deliver_due()

    assert {letter.to[0] for letter in postbox.outbox} == {facilitator.email, member.email}
    assert all(len(letter.to) == 1 and not letter.cc and not letter.bcc for letter in postbox.outbox)


def test_a_message_sent_twice_leaves_once(network, facilitator, member):
    for _ in range(2):
        services.announce(network, by=facilitator, subject="Rencontre", text="À Brest")

    assert OutgoingMail.objects.filter(kind="announcement", user=member).count() == 1


def test_a_message_to_many_is_queued_in_few_statements(network, facilitator, django_assert_max_num_queries):
    def announce(subject):
        services.announce(network, by=facilitator, subject=subject, text="À Brest")

    announce("Pour chauffer")
    MembershipFactory.create_batch(60, network=network)

    with django_assert_max_num_queries(15):
        announce("Rencontre")

    assert OutgoingMail.objects.filter(kind="announcement", event__startswith="announcement:").count() == 62


@pytest.fixture
def open_to_all(network, facilitator):
    """`open_to_all()`: the space is switched from secret to public."""

    def open_to_all():
        seen = exposure_of(network, Visibility.PUBLIC).seen
        return services.set_visibility(network, Visibility.PUBLIC, by=facilitator, seen=seen)

    return open_to_all


@pytest.mark.parametrize(("language", "sentence"), [("fr", "peut être lu par tout le monde"), ("en", "can be read by everyone")])
def test_members_are_told_that_their_space_is_for_others_now_but_for_who_did_it(
    open_to_all, member, facilitator, network_moderator, language, sentence
):
    member.language = language
    member.save()
    open_to_all()

    told = OutgoingMail.objects.filter(kind="space_switched")
    assert {mail.user for mail in told} == {member, network_moderator}
    letter = mails.compose(told.get(user=member))
    for body in (letter.text, letter.html):
        assert sentence in body
        assert "{{" not in body
    assert "List-Unsubscribe" not in letter.headers


def test_nobody_is_told_of_a_switch_that_was_taken_back_or_of_a_network_they_left(open_to_all, network, member, network_moderator):
    open_to_all()
    Membership.objects.filter(user=member).delete()
    assert mails.compose(OutgoingMail.objects.get(kind="space_switched", user=member)) is None

    network.visibility = Visibility.MEMBERS
    network.save()
    assert mails.compose(OutgoingMail.objects.get(kind="space_switched", user=network_moderator)) is None


def test_who_was_accepted_and_sent_away_before_the_mail_left_is_not_welcomed(network, facilitator, reader):
    membership = services.accept(JoinRequestFactory(network=network, user=reader), by=facilitator)
    mail = OutgoingMail.objects.get(kind="join_decided")
    assert mails.compose(mail)
    services.remove_member(membership, by=facilitator)

    assert mails.compose(OutgoingMail.objects.get(pk=mail.pk)) is None


def test_who_is_suspended_writes_to_nobody(client, network, facilitator, admin):
    comment = post(discussion_of(TopicFactory(network=network)), author=Author(user=facilitator), text="Un mot de trop").comment
    until = timezone.now() + timedelta(days=3)
    sanction(comment, SanctionKind.SUSPEND, by=admin, reason="abuse", until=until)
    client.force_login(facilitator)

    page = client.post(f"/reseaux/{network.slug}/annonces/nouvelle/", {"subject": "Rencontre", "text": "À Brest", "send": "1"})

    assert "suspendu" in page.text
    assert "À Brest" in page.text
    assert not OutgoingMail.objects.filter(kind="announcement").exists()
    assert not network.announcements.exists()


@pytest.fixture
def silenced(network, admin):
    """`silenced(person)`: they may write nothing in the space for three days."""

    def silenced(person):
        comment = post(discussion_of(TopicFactory(network=network)), author=Author(user=person), text="Un mot de trop").comment
        sanction(comment, SanctionKind.SUSPEND, by=admin, reason="abuse", until=timezone.now() + timedelta(days=3))

    return silenced


def test_who_is_suspended_invites_nobody(network, facilitator, silenced):
    silenced(facilitator)

    with pytest.raises(services.Refused, match="suspend"):
        services.invite(network, by=facilitator, email="nina@example.org", offered=Offered(message="Viens"))

    assert not network.invitations.exists()


def test_who_is_suspended_sends_no_message_to_facilitators(client, network, reader, facilitator, admin):
    comment = post(discussion_of(published_article()), author=Author(user=reader), text="Un mot de trop").comment
    sanction(comment, SanctionKind.SUSPEND, by=admin, reason="abuse", until=timezone.now() + timedelta(days=3))
    network.visibility = "members"
    network.save()
    client.force_login(reader)

    page = client.post(f"/reseaux/{network.slug}/adhesion/", {"message": "Laissez-moi entrer"}, follow=True)

    assert "suspendu" in page.text
    assert not network.join_requests.exists()
    assert not OutgoingMail.objects.filter(kind="join_requested").exists()


def test_asking_to_join_a_network_of_many_facilitators_queues_their_mails_in_one_statement(reader, django_assert_max_num_queries):
    network = NetworkFactory()
    MembershipFactory.create_batch(40, network=network, role=Role.FACILITATOR)

    with django_assert_max_num_queries(15):
        services.request_to_join(network, by=reader)

    assert OutgoingMail.objects.filter(kind="join_requested").count() == 40
