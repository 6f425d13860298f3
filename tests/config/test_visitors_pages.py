"""What a visitor gets is the same for every visitor: nothing in it is drawn by lot or belongs to one browser."""

import re

import pytest

from comments.services import discussion_of
from comments.states import Mode
from networks.models import Network
from tests.factories import TopicFactory, guide_image, guide_index, home_page, published_article, standard_page

PAGES = ["home", "guide", "article", "standard", "networks", "space", "topic", "search", "missing"]


def hide_discussion(target):
    """A page without the comment form, which has rules of its own."""
    discussion = discussion_of(target)
    discussion.mode = Mode.HIDDEN
    discussion.save()
    return target


@pytest.fixture
def addresses(db):
    """One address for each kind of page that visitors read."""
    article = hide_discussion(published_article("Un article", introduction="En bref.", hero_image=guide_image()))
    topic = hide_discussion(TopicFactory(title="Un sujet"))
    return {
        "home": home_page().url,
        "guide": guide_index().url,
        "article": article.url,
        "standard": standard_page().url,
        "networks": "/reseaux/",
        "space": Network.objects.get().get_absolute_url(),
        "topic": topic.get_absolute_url(),
        "search": "/recherche/?q=article",
        "missing": "/rien/du/tout/",
    }


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_sets_no_cookie_and_holds_no_token(client, addresses, kind):
    answer = client.get(addresses[kind])

    assert answer.status_code == (404 if kind == "missing" else 200)
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in answer.text
    assert "nonce" not in answer.text
    assert "nonce" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("kind", PAGES)
def test_two_visitors_get_the_same_bytes(client, addresses, kind):
    one, other = client.get(addresses[kind]), client.get(addresses[kind])

    assert one.content == other.content


def test_a_page_of_somebody_signed_in_keeps_the_token_of_their_forms(client, reader, addresses):
    client.force_login(reader)

    assert re.search(
        r'action="/compte/logout/"[^>]*>\s*<input type="hidden" name="csrfmiddlewaretoken"', client.get(addresses["article"]).text
    )
