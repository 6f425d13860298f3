"""The site's own pages in a browser: sign in, sign up, error pages, each accessible in both colour schemes."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import TopicFactory, guide_image, guide_index, published_article, standard_page


@pytest.mark.parametrize("address", ["/", "/compte/login/", "/compte/signup/", "/compte/password/reset/", "/une-page-qui-manque/"])
def test_a_page_of_the_site_is_accessible(page, assert_accessible, address):
    page.goto(address)

    assert_accessible(page)
    assert page.locator("html").get_attribute("lang") == "fr"


def test_a_standard_page_fits_a_phone(phone):
    phone.goto(standard_page(title="Un titre " * 12).url)

    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.fixture
def public_pages():
    """The address of one page of each kind that visitors read."""
    article, topic = published_article("Un article", hero_image=guide_image()), TopicFactory(title="Un sujet")
    network = topic.network.get_absolute_url()
    return [
        "/",
        guide_index().url,
        article.url,
        standard_page().url,
        "/reseaux/",
        network,
        topic.get_absolute_url(),
        "/recherche/?q=article",
    ]


def test_public_pages_ask_nothing_of_another_host_and_fetch_one_font(page, live_server, public_pages):
    requests = []
    page.on("request", lambda request: requests.append((request.url, request.resource_type)))

    for address in public_pages:
        page.goto(address, wait_until="networkidle")

    assert [url for url, kind in requests if not url.startswith((live_server.url, "data:"))] == []
    assert len({url for url, kind in requests if kind == "font"}) == 1


@pytest.mark.parametrize("address", ["/compte/profil/", "/compte/donnees/", "/compte/email/", "/compte/password/change/", "/compte/2fa/"])
def test_a_page_of_ones_account_is_accessible(page, reader, signed_in, assert_accessible, address):
    reader.emailaddress_set.create(email=reader.email, verified=True, primary=True)

    signed_in(page, reader).goto(address)

    assert_accessible(page)


def test_an_account_is_made_proven_and_left_without_javascript(without_javascript, mailoutbox):
    page = without_javascript
    page.goto("/compte/signup/")
    page.fill("[name=email]", "nouvelle@example.org")
    page.fill("[name=display_name]", "Nouvelle venue")
    page.fill("[name=password1]", "un-long-mot-de-passe")
    page.fill("[name=password2]", "un-long-mot-de-passe")
    page.click("main button[type=submit]")
    page.get_by_role("heading", name="Regardez dans votre boîte").wait_for()

    page.goto(re.search(r"http://\S+/compte/confirm-email/\S+", mailoutbox[0].body)[0])
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "confirm-email" not in url)
    assert "adresse" in mailoutbox[0].body
    page.goto("/compte/login/")
    page.fill("[name=login]", "nouvelle@example.org")
    page.fill("[name=password]", "un-long-mot-de-passe")
    page.click("main button[type=submit]")
    expect(page.get_by_role("link", name="Nouvelle venue")).to_be_visible()

    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("link", name="Créer un compte").wait_for()
    assert page.get_by_role("link", name="Nouvelle venue").count() == 0


def test_a_forgotten_password_is_replaced_by_mail(page, reader, mailoutbox):
    reader.emailaddress_set.create(email=reader.email, verified=True, primary=True)
    page.goto("/compte/password/reset/")
    page.fill("[name=email]", reader.email)
    page.click("main button[type=submit]")
    page.wait_for_url("**/reset/done/")

    page.goto(re.search(r"http://\S+/compte/password/reset/key/\S+", mailoutbox[0].body)[0])
    page.fill("[name=password1]", "un-autre-long-mot")
    page.fill("[name=password2]", "un-autre-long-mot")
    page.click("main button[type=submit]")
    page.wait_for_url("**/key/done/")

    reader.refresh_from_db()
    assert reader.check_password("un-autre-long-mot")


def test_the_language_switch_is_kept_without_javascript(without_javascript):
    page = without_javascript
    page.goto("/compte/login/")
    page.locator("[name=language][value=en]").click()

    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/")
    assert page.locator("html").get_attribute("lang") == "en"
