"""An article in a browser: accessible with every block, on a phone too; videos only after consent; readable without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.factories import guide_document, guide_image, published_article

VIDEO = "https://vimeo.com/76979871"


@pytest.fixture
def article(site):
    """An article that uses every block."""
    table = {"caption": "Leviers", "columns": [{"type": "text", "heading": "Levier"}, {"type": "text", "heading": "Pour qui"}]}
    items = [
        {"type": "document", "value": {"document": guide_document().pk}},
        {"type": "link", "value": {"title": "Un site", "url": "https://example.org/", "language": "en"}},
    ]
    body = [
        ("heading", {"text": "Pourquoi ?", "level": "h2"}),
        ("text", "<p>Un <b>mot</b> et <a href='https://example.org/'>un lien</a>.</p><ul><li>Un</li></ul>"),
        ("heading", {"text": "Plus précisément", "level": "h3"}),
        ("list", {"ordered": True, "items": ["<p>Un</p>", "<p>Deux</p>"]}),
        ("key_point", {"title": "", "text": "<p>Retenir</p>"}),
        ("quote", {"text": "Des mots", "author": "Zoé", "source": "Actes", "url": "https://example.org/"}),
        ("figures", [{"number": "11", "label": "réseaux", "source": "Bilan"}]),
        ("table", {"table": {**table, "rows": [{"values": ["Plaidoyer", "Parlement"]}]}, "row_headers": True, "source": "Enquête"}),
        ("accordion", [{"title": "Question", "text": "<p>Réponse</p>"}]),
        ("picture", {"image": {"image": guide_image().pk, "alt_text": "Des engrenages", "decorative": False}, "caption": "Schéma"}),
        ("video", {"title": "Le film", "url": VIDEO, "transcript": "<p>Bonjour</p>"}),
        ("resources", {"title": "Plus loin", "items": items}),
        ("sources", {"title": "", "items": items}),
    ]
    return published_article(
        "Un article " + "très " * 20 + "long",
        introduction="En bref.",
        hero_image=guide_image(),
        hero_alt="Des engrenages",
        body=[{"type": kind, "value": value} for kind, value in body],
    )


def test_an_article_with_every_block_is_accessible(page, assert_accessible, article):
    page.goto(article.url)

    assert_accessible(page)


@pytest.mark.parametrize("address", ["/guide/", "/"])
def test_the_guide_and_the_home_are_accessible(page, assert_accessible, article, address):
    page.goto(address)

    assert_accessible(page)


def test_an_article_fits_a_phone(phone, article):
    phone.goto(article.url)

    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    phone.get_by_role("navigation", name="Sommaire").get_by_text("Sommaire").click()
    phone.get_by_role("link", name="Plus précisément").click()
    expect(phone).to_have_url(re.compile("#s-"))


def test_a_videos_site_learns_nothing_before_the_reader_agrees(page, article, live_server):
    asked = []
    page.route("https://player.vimeo.com/**", lambda route: route.fulfill(body="<title>Le film</title>", content_type="text/html"))
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith((live_server.url, "data:")) else None)
    page.goto(article.url)
    page.wait_for_load_state("networkidle")
    assert asked == []

    page.get_by_role("button", name="Accepter et afficher la vidéo").click()

    page.frame_locator("iframe[title='Le film']").locator("title").wait_for(state="attached")
    assert [url.split("?")[0] for url in asked] == ["https://player.vimeo.com/video/76979871"]


def test_an_article_reads_without_javascript(without_javascript, article):
    without_javascript.goto(article.url)

    assert without_javascript.get_by_role("link", name="Regarder sur Vimeo").get_attribute("href") == VIDEO
    assert without_javascript.get_by_role("button", name="Accepter et afficher la vidéo").count() == 0
    without_javascript.get_by_text("Question", exact=True).click()
    expect(without_javascript.get_by_text("Réponse", exact=True)).to_be_visible()
