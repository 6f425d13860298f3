"""The page behind an invitation: to whom it says what, and whom its button lets in."""

import pytest
from django.urls import reverse
from django.utils import timezone

from networks import services
from networks.invitation_tokens import path_of
from networks.models import Membership, TopicGuest
from networks.services import Offered
from networks.states import Role
from tests.factories import InvitationFactory, InvitationLinkFactory, TopicFactory


@pytest.fixture
def secret(network):
    network.visibility = "secret"
    network.tagline = "Jouer ensemble"
    network.save()
    return network


@pytest.fixture
def invitation(secret, facilitator, reader):
    return services.invite(secret, by=facilitator, email=reader.email, offered=Offered(message="Viens voir"))


def test_a_visitor_reads_who_invites_to_what_and_comes_back_after_signing_in_or_up(client, invitation, facilitator):
    page = client.get(path_of(invitation))

    assert page.status_code == 200
    for words in ["Réseau des ludothèques", "Jouer ensemble", "Viens voir", facilitator.display_name]:
        assert words in page.text
    assert f"/compte/login/?next={path_of(invitation)}" in page.text
    assert f"/compte/signup/?next={path_of(invitation)}" in page.text
    assert invitation.email not in page.text
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Referrer-Policy"] == "same-origin"
    assert "no-store" in page["Cache-Control"]


def test_following_the_link_lets_nobody_in_and_its_button_does(client, invitation, reader):
    client.force_login(reader)
    page = client.get(path_of(invitation))
    assert "Rejoindre le réseau" in page.text
    assert not Membership.objects.filter(user=reader).exists()

    answer = client.post(path_of(invitation), follow=True)

    assert Membership.objects.get(user=reader).role == Role.MEMBER
    assert answer.redirect_chain[-1][0] == invitation.network.get_absolute_url()
    assert "Bienvenue" in answer.text
    assert client.post(path_of(invitation)).status_code == 302
    assert client.get(path_of(invitation)).url == invitation.network.get_absolute_url()


def test_a_visitor_who_presses_the_button_signs_in_first(client, invitation):
    assert client.post(path_of(invitation)).url == path_of(invitation)
    assert not Membership.objects.filter(role=Role.MEMBER).exists()


def test_an_account_with_another_address_is_told_so_and_not_let_in(client, invitation, editor):
    client.force_login(editor)

    page, answer = client.get(path_of(invitation)), client.post(path_of(invitation))

    assert "Rejoindre le réseau" not in page.text
    assert editor.email in page.text
    assert invitation.email not in page.text + answer.text
    assert answer.status_code == 403
    assert not Membership.objects.filter(user=editor).exists()


@pytest.mark.parametrize("over", ["revoked", "expired", "accepted by another"])
def test_an_invitation_that_is_over_says_so_kindly_and_names_nothing(client, invitation, facilitator, editor, over):
    now = timezone.now()
    changes = {"revoked": {"revoked_at": now}, "expired": {"expires_at": now}}.get(over, {"accepted_at": now, "accepted_by": facilitator})
    type(invitation).objects.update(**changes)
    client.force_login(editor)

    for answer in [client.get(path_of(invitation)), client.post(path_of(invitation))]:
        assert answer.status_code == 410
        assert "n’est plus valable" in answer.text
        assert "ludothèques" not in answer.text
        assert "Jouer" not in answer.text


def test_a_token_that_we_did_not_sign_leads_nowhere(client, invitation):
    for path in ["/reseaux/invitations/nonsense/", path_of(invitation)[:-2] + "x/", path_of(invitation).replace("/m", "/l", 1)]:
        assert client.get(path).status_code == 404


def test_a_link_lets_in_whoever_has_it_and_a_used_up_one_nobody(client, secret, reader, editor):
    link = InvitationLinkFactory(network=secret, max_uses=1)
    client.force_login(reader)
    assert "Rejoindre le réseau" in client.get(path_of(link)).text
    client.post(path_of(link))
    assert Membership.objects.filter(user=reader, network=secret).exists()

    client.force_login(editor)
    answer = client.post(path_of(link))

    assert answer.status_code == 410
    assert "ludothèques" not in answer.text


def test_who_was_sent_away_is_told_why_the_link_does_not_let_them_in(client, secret, reader, facilitator):
    link = InvitationLinkFactory(network=secret)
    services.remove_member(services.use_link(link, by=reader), by=facilitator)
    client.force_login(reader)

    answer = client.post(path_of(link))

    assert answer.status_code == 403
    assert "une fois" in answer.text


def test_who_was_sent_away_does_not_come_back_by_another_link_that_was_there(client, secret, member, reader, facilitator):
    link = InvitationLinkFactory(network=secret)
    services.remove_member(Membership.objects.get(user=member), by=facilitator)
    client.force_login(member)

    refused = client.post(path_of(link))

    link.refresh_from_db()
    assert refused.status_code == 403
    assert "demandez à l’animation du réseau" in refused.text
    assert (link.uses, Membership.objects.filter(user=member).exists()) == (0, False)
    assert services.use_link(link, by=reader).user == reader, "it lets others in"


def test_a_link_made_since_and_leaving_by_oneself_close_no_door(secret, member, facilitator):
    before = InvitationLinkFactory(network=secret)
    services.leave(secret, by=member)
    services.remove_member(services.use_link(before, by=member), by=facilitator)

    assert services.use_link(InvitationLinkFactory(network=secret), by=member)


def test_a_guest_is_led_to_the_topic(client, secret, facilitator, reader):
    topic = TopicFactory(network=secret, title="Un dé à six faces")
    invitation = services.invite(secret, by=facilitator, email=reader.email, offered=Offered(topic))
    client.force_login(reader)
    assert "Un dé à six faces" in client.get(path_of(invitation)).text

    answer = client.post(path_of(invitation), follow=True)

    assert answer.redirect_chain[-1][0] == topic.get_absolute_url()
    assert answer.status_code == 200
    assert TopicGuest.objects.get(user=reader).topic == topic
    assert client.get(path_of(invitation)).url == topic.get_absolute_url()


def test_a_member_who_is_offered_more_may_take_it(client, secret, member):
    invitation = InvitationFactory(network=secret, email=member.email, role=Role.MODERATOR)
    client.force_login(member)

    assert client.get(path_of(invitation)).status_code == 200


def test_signing_up_from_an_invitation_leads_back_to_it_through_the_mail_that_proves_the_address(client, invitation, mailoutbox):
    path = path_of(InvitationFactory(network=invitation.network, email="nina@example.org"))
    words = "Une phrase que personne ne devine"
    typed = {"email": "nina@example.org", "display_name": "Nina", "password1": words, "password2": words, "next": path}
    client.post(reverse("account_signup"), typed)
    link = next(line for line in mailoutbox[0].body.split() if "/confirm-email/" in line)
    client.cookies.clear()  # the mail is opened on another device

    page = client.get(link)
    field = f'name="next" value="{reverse("account_login")}?next='
    answer = client.post(link)

    assert field in page.text.replace("&amp;", "&")
    assert answer.status_code == 302
    signed_in = client.post(answer.url, {"login": "nina@example.org", "password": words, "next": path})
    assert signed_in.url == path
    client.post(path)
    assert Membership.objects.filter(network=invitation.network, user__email="nina@example.org").exists()


def test_the_address_of_these_pages_is_not_given_to_a_space(network):
    network.slug = "invitations"
    with pytest.raises(Exception, match="page du site"):
        network.full_clean()
