"""From the request to join to the first words in a space, with and without JavaScript."""

import pytest
from playwright.sync_api import expect

from networks.models import Membership
from networks.states import Visibility
from tests.factories import JoinRequestFactory, NetworkFactory, TopicFactory


@pytest.fixture
def browser_page(request, page, without_javascript):
    return page if request.param == "with JavaScript" else without_javascript


@pytest.mark.parametrize("browser_page", ["with JavaScript", "without JavaScript"], indirect=True)
def test_somebody_asks_to_join_is_accepted_opens_a_topic_and_speaks(browser_page, signed_in, network, reader, facilitator):
    page = browser_page
    signed_in(page, reader).goto(network.get_absolute_url())
    page.get_by_role("link", name="Demander à rejoindre").click()
    page.get_by_label("Votre message à l’animation").fill("Bonjour, je viens de Brest.")
    page.get_by_role("button", name="Envoyer la demande").click()
    page.get_by_role("heading", name="Participer").wait_for()
    expect(page.locator("main")).to_contain_text("entre les mains de l’animation")

    signed_in(page, facilitator).goto(network.get_absolute_url())
    page.get_by_role("link", name="Animer").click()
    page.get_by_role("link", name="Demandes").click()
    page.get_by_label("Un mot pour cette personne").fill("Bienvenue !")
    page.get_by_role("button", name="Accepter").click()
    page.get_by_text("fait maintenant partie du réseau").wait_for()

    signed_in(page, reader).goto(network.get_absolute_url())
    page.get_by_role("link", name="Ouvrir un sujet").click()
    page.get_by_label("Titre").fill("Qui vient à Brest ?")
    page.get_by_label("Ce dont vous aimeriez discuter").fill("Nous recevons **en mars**.")
    page.get_by_role("button", name="Ouvrir le sujet").click()
    page.get_by_role("heading", name="Qui vient à Brest ?").wait_for()
    page.get_by_label("Votre commentaire").fill("Je commence : moi.")
    page.get_by_role("button", name="Envoyer").click()

    page.locator("#commentaires").get_by_text("Je commence : moi.").first.wait_for()
    expect(page.locator("main strong").first).to_have_text("en mars")


def test_the_pages_of_a_space_are_accessible(page, signed_in, assert_accessible, network, member, facilitator):
    topic = TopicFactory(network=network, pinned=True, text="Un *texte*")
    TopicFactory(network=network, state="closed")
    JoinRequestFactory(network=network)
    membership = Membership.objects.get(user=member)
    below = [
        "",
        "sujets/nouveau/",
        f"sujets/{topic.pk}-{topic.slug}/",
        "membres/",
        f"membres/{membership.pk}/retirer/",
        "demandes/",
        "presentation/",
        "quitter/",
    ]
    signed_in(page, facilitator)

    for address in ["/reseaux/", *(f"{network.get_absolute_url()}{path}" for path in below)]:
        page.goto(address)
        assert_accessible(page)


def test_what_a_stranger_sees_of_a_space_is_accessible(page, assert_accessible, network):
    topic = TopicFactory(network=network)

    for address in ["/reseaux/", network.get_absolute_url(), topic.get_absolute_url()]:
        page.goto(address)
        assert_accessible(page)


@pytest.mark.parametrize("colour", ["earth", "poppy", "ink", "lagoon", "olive", "ochre"])
def test_a_space_is_accessible_in_its_colour(page, assert_accessible, colour):
    network = NetworkFactory(colour=colour, visibility=Visibility.PUBLIC, presentation="Un [lien](https://example.org/)")
    TopicFactory(network=network, pinned=True)
    page.goto(network.get_absolute_url())

    assert_accessible(page)


def test_a_space_with_a_very_long_name_fits_a_phone(phone, signed_in):
    network = NetworkFactory(name="Interminablement" * 12, visibility=Visibility.PUBLIC, tagline="mot" * 80)
    TopicFactory(network=network, title="x" * 200)
    phone.goto(network.get_absolute_url())

    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
