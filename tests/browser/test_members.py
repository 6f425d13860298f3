"""From an invitation to the first words in a topic, with and without JavaScript; and the pages about members."""

import pytest
from django.core import mail
from playwright.sync_api import expect

from comments import outbox
from networks import services
from networks.invitation_tokens import path_of
from networks.models import Membership
from networks.services import Offered
from tests.factories import AnnouncementFactory, InvitationFactory, InvitationLinkFactory, TopicFactory, TopicGuestFactory

PHRASE = "Une phrase que personne ne devine"


@pytest.fixture
def browser_page(request, page, without_javascript):
    return page if request.param == "with JavaScript" else without_javascript


def mailed_path(part, live_server):
    """The address in the last mail that holds this part, on the server of the test."""
    word = next(word for word in mail.outbox[-1].body.split() if part in word)
    return f"{live_server.url}/{word.split('/', 3)[3]}"


@pytest.mark.parametrize("browser_page", ["with JavaScript", "without JavaScript"], indirect=True)
def test_somebody_invited_signs_up_joins_and_speaks(browser_page, live_server, signed_in, network, facilitator):
    page = browser_page
    TopicFactory(network=network, title="Qui vient à Brest ?")
    signed_in(page, facilitator).goto(f"{network.get_absolute_url()}membres/")
    page.get_by_role("link", name="Inviter une personne").click()
    page.get_by_label("Adresse e-mail").fill("nina@example.org")
    page.get_by_label("Votre mot").fill("Viens jouer.")
    page.get_by_role("button", name="Envoyer l’invitation").click()
    page.get_by_text("L’invitation est partie").wait_for()
    outbox.deliver_due()
    page.context.clear_cookies()

    page.goto(mailed_path("/reseaux/invitations/", live_server))
    expect(page.locator("main")).to_contain_text("Viens jouer.")
    page.locator("main").get_by_role("link", name="Créer un compte").click()
    page.get_by_label("E-mail", exact=False).first.fill("nina@example.org")
    page.get_by_label("Nom affiché").fill("Nina")
    page.locator("#id_password1").fill(PHRASE)
    page.locator("#id_password2").fill(PHRASE)
    page.get_by_role("button", name="Créer mon compte").click()
    page.get_by_role("heading", name="Regardez dans votre").wait_for()
    page.goto(mailed_path("/confirm-email/", live_server))
    page.get_by_role("button", name="Oui").click()
    page.locator("#id_login").fill("nina@example.org")
    page.locator("#id_password").fill(PHRASE)
    page.locator("main").get_by_role("button", name="Se connecter").click()
    page.get_by_role("button", name="Rejoindre le réseau").click()

    page.get_by_text("Bienvenue").first.wait_for()
    page.get_by_role("link", name="Qui vient à Brest ?").click()
    page.get_by_label("Votre commentaire").fill("Je viens.")
    page.get_by_role("button", name="Envoyer").click()
    page.locator("#commentaires").get_by_text("Je viens.").first.wait_for()
    assert Membership.objects.filter(network=network, user__email="nina@example.org").exists()


def test_a_list_is_reported_and_a_message_is_sent_without_javascript(without_javascript, signed_in, network, facilitator, member):
    page = signed_in(without_javascript, facilitator)
    page.goto(f"{network.get_absolute_url()}membres/inviter/liste/")
    page.get_by_label("Un fichier").set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": "zoe@example.org;Zoé\nquoi\n".encode("cp1252")}
    )
    page.get_by_role("button", name="Envoyer les invitations").click()
    expect(page.get_by_role("table")).to_contain_text("invitation envoyée")
    expect(page.get_by_label("Ou les lignes elles-mêmes")).to_have_value("quoi")

    page.get_by_role("link", name="Messages à tous les membres").click()
    page.get_by_role("link", name="Écrire à tous les membres").click()
    page.get_by_label("Objet").fill("Rencontre")
    page.get_by_label("Votre message").fill("À **Brest**.")
    page.get_by_role("button", name="Aperçu").click()
    expect(page.locator("main strong").first).to_have_text("Brest")
    page.get_by_role("button", name="Envoyer à 2 personnes").click()
    page.get_by_text("Votre message part").wait_for()


def test_the_pages_about_members_are_accessible(page, signed_in, assert_accessible, network, facilitator, member):
    topic = TopicFactory(network=network)
    TopicGuestFactory(topic=topic)
    InvitationFactory(network=network, invited_by=facilitator)
    InvitationFactory(network=network, topic=topic)
    InvitationLinkFactory(network=network, label="Affiche", created_by=facilitator)
    announcement = AnnouncementFactory(network=network, sent_by=facilitator)
    services.invite(network, by=facilitator, email="nina@example.org")
    signed_in(page, facilitator)

    below = ["membres/", "membres/inviter/", "membres/invitations/", "annonces/", f"annonces/{announcement.pk}/", "annonces/nouvelle/"]
    for address in [*below, f"sujets/{topic.pk}/invites/", "journal/", "membres/inviter/liste/"]:
        page.goto(f"{network.get_absolute_url()}{address}")
        assert_accessible(page)
    page.get_by_label("Ou les lignes elles-mêmes").fill("zoe@example.org\nquoi")
    page.get_by_role("button", name="Envoyer les invitations").click()
    page.get_by_role("table").wait_for()
    assert_accessible(page)


def test_an_invitation_is_accessible_to_each_who_reads_it(page, signed_in, assert_accessible, network, facilitator, reader, editor):
    offered = Offered(message="Viens jouer.")
    invitation = services.invite(network, by=facilitator, email=reader.email, offered=offered)
    over = InvitationFactory(network=network, revoked_at=invitation.created_at)

    for offer in (invitation, over):
        page.goto(path_of(offer))
        assert_accessible(page)
    for person in (reader, editor):  # whom it is for, and somebody else
        signed_in(page, person).goto(path_of(invitation))
        assert_accessible(page)


def test_the_pages_about_members_fit_a_phone(phone, signed_in, network, facilitator):
    InvitationFactory(network=network, email=f"{'interminable' * 5}@{'domaine' * 8}.example.org", message="mot" * 200)
    InvitationLinkFactory(network=network, label="x" * 100)
    AnnouncementFactory(network=network, subject="x" * 150)
    services.invite_all(network, [(f"p{number}@example.org", "member") for number in range(3)], by=facilitator)
    signed_in(phone, facilitator)

    for address in ["membres/", "membres/invitations/", "annonces/", "journal/"]:
        phone.goto(f"{network.get_absolute_url()}{address}")
        assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
