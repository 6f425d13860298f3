"""An organisation's position, from the draft to the page; a comment of the space, from the wish to the page; and each page for everyone."""

from datetime import date

import pytest
from playwright.sync_api import expect

from comments import services
from comments.models import Contribution, Discussion, PublicProposal
from comments.services import Author, Told
from comments.states import Moderation
from tests.factories import TopicFactory, published_article


@pytest.fixture
def article(site):
    discussion = services.discussion_of(published_article("Associations et pouvoirs publics"))
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.AFTER)
    discussion.refresh_from_db()
    return discussion


@pytest.fixture
def said(network, member):
    """What a member wrote in the space."""
    topic = services.discussion_of(TopicFactory(network=network, author=member))
    return services.post(topic, author=Author(user=member), text="Une idée forte.", notify=False).comment


@pytest.fixture
def browser_page(request, page, without_javascript):
    return page if request.param == "with JavaScript" else without_javascript


@pytest.mark.parametrize("browser_page", ["with JavaScript", "without JavaScript"], indirect=True)
def test_an_organisations_position_from_draft_to_page(browser_page, signed_in, network, member, facilitator, article):
    page = browser_page
    signed_in(page, member).goto(article.target.get_url())
    page.get_by_role("link", name=f"Parler au nom de {network.name}").click()
    expect(page.get_by_label("L’article")).to_have_value(str(article.pk))
    page.get_by_label("Ce que dit votre réseau").fill("Nous demandons un financement **pluriannuel**.")
    page.get_by_role("button", name="Soumettre à validation").click()
    page.get_by_text("Elle attend la validation").wait_for()

    signed_in(page, facilitator).goto(network.get_absolute_url())
    page.get_by_role("link", name="Contributions").click()
    page.get_by_role("link", name="Associations et pouvoirs publics").click()
    page.get_by_role("button", name="Valider et publier").click()
    page.get_by_role("link", name="Voir sous l’article").click()

    comment = page.locator("article.comment", has_text="pluriannuel")
    expect(comment.get_by_role("heading")).to_have_text(network.name)
    expect(comment).to_contain_text("Position de la tête de réseau")
    expect(comment).not_to_contain_text("Membre")


def test_a_comment_of_the_space_goes_to_the_page_once_its_author_agrees(page, signed_in, network, member, facilitator, article, said):
    signed_in(page, facilitator).goto(said.discussion.target.get_absolute_url())
    page.get_by_role("link", name="Proposer pour la page publique").click()
    page.get_by_label("L’article").select_option(str(article.pk))
    page.get_by_role("button", name="Demander à son auteur").click()
    page.get_by_text("reçoit la demande par courriel").wait_for()

    signed_in(page, member).goto(PublicProposal.objects.get().get_absolute_url())
    page.get_by_role("button", name="Oui, le publier").click()
    page.get_by_role("link", name="Voir sous l’article").click()

    comment = page.locator("article.comment", has_text="Une idée forte.")
    expect(comment).to_contain_text(f"D’abord écrit dans l’espace de {network.name}")


def test_every_page_is_accessible_and_fits_a_phone(page, phone, signed_in, assert_accessible, network, member, facilitator, article, said):
    workshop = Told(kind="workshop", discussion=article, text="Débat " + "très" * 60, held_on=date(2026, 3, 12), people=23, place="Rennes")
    waiting = services.submit(services.draft(network, by=member, told=workshop), by=member, seen=1)
    other = services.submit(services.draft(network, by=member, told=Told("position", article, "Nous")), by=member, seen=1)
    services.validate(other, by=facilitator, seen=1)
    asked = services.propose(said, to=article, by=facilitator, words="Cela mérite d’être lu.")
    space = f"{network.get_absolute_url()}contributions/"
    visits = [
        (facilitator, [space, waiting.get_absolute_url(), other.get_absolute_url(), f"/commentaires/{said.pk}/proposer/"]),
        (member, [f"{space}nouvelle/", f"{waiting.get_absolute_url()}modifier/", asked.get_absolute_url(), article.target.get_url()]),
    ]
    for person, addresses in visits:
        for address in addresses:
            signed_in(page, person).goto(address)
            assert_accessible(page)
            signed_in(phone, person).goto(address)
            assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), address
    assert Contribution.objects.count() == 2
