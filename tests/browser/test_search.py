"""Searching in a browser, with and without JavaScript."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from comments import services
from comments.services import Author
from comments.states import Status
from tests.factories import NetworkFactory, TopicFactory, published_article


@pytest.fixture
def guide(site):
    """An article, a comment under it, and thirty topics that speak of the same thing."""
    article = published_article("Têtes de réseau", introduction="Se constituer en réseau, c’est agir.")
    services.add_as_found(
        services.discussion_of(article),
        author=Author(name="Ève", email="eve@example.org"),
        text="Notre réseau s’organise",
        status=Status.PUBLISHED,
        submitted_at=timezone.now(),
    )
    network = NetworkFactory(name="Réseau des ludothèques", visibility="public")
    TopicFactory.create_batch(30, title="Nos réseaux locaux", network=network)
    return article


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def reader_page(request):
    return request.getfixturevalue("page" if request.param == "with JavaScript" else "without_javascript")


def test_a_reader_searches_pages_narrows_and_opens_what_was_found(reader_page, guide):
    reader_page.goto("/recherche/")
    reader_page.get_by_label("Que cherchez-vous").fill("reseau")
    reader_page.locator("main").get_by_role("button", name="Rechercher").click()
    reader_page.get_by_text("32 résultats").wait_for()
    expect(reader_page.locator(".hit")).to_have_count(20)
    expect(reader_page.locator(".hit mark").first).to_contain_text("réseau", ignore_case=True)

    reader_page.get_by_role("link", name="Suivant").click()
    expect(reader_page.locator(".hit")).to_have_count(12)

    reader_page.get_by_label("Préciser la recherche").get_by_role("link", name="Commentaires").click()
    reader_page.get_by_role("link", name="Commentaire de Ève").wait_for()
    expect(reader_page.locator(".hit")).to_have_count(1)

    reader_page.get_by_label("Préciser la recherche").get_by_role("link", name="Articles").click()
    reader_page.get_by_role("link", name="Têtes de réseau").click()
    expect(reader_page.get_by_role("heading", level=1)).to_have_text("Têtes de réseau")


def test_the_header_leads_to_the_answers(page, guide):
    page.goto(guide.url)
    page.get_by_label("Rechercher sur le site").fill("ludothèques")
    page.keyboard.press("Enter")

    page.wait_for_url("**/recherche/?q=**")


@pytest.mark.parametrize("asked", ["", "?q=reseau", "?q=zygomatique", "?q=le+et", "?q=reseau+zygomatique&page=2"])
def test_each_state_of_the_page_is_accessible_and_fits_a_phone(phone, assert_accessible, guide, asked):
    phone.goto(f"/recherche/{asked}")

    assert_accessible(phone)
    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
