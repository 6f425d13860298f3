"""While comments pour in, a guest's browser calculates before it sends; who runs no script is held, and told so as ever."""

import pytest
from playwright.sync_api import expect

from comments import services
from comments.models import Discussion, ModerationSettings, ThreadComment
from comments.rules import flood
from comments.states import Moderation
from tests.browser.test_guests import form_of, send
from tests.factories import published_article


@pytest.fixture
def address():
    discussion = services.discussion_of(published_article())
    Discussion.objects.update(moderation=Moderation.AFTER)
    return discussion.target.get_url()


@pytest.fixture
def flooded():
    for _number in range(ModerationSettings.objects.get().flood_posts):
        flood.note(ModerationSettings.objects.get())


def write(page, address):
    page.goto(address)
    form_of(page).get_by_label("Votre nom").fill("Ève")
    form_of(page).get_by_label("Votre adresse e-mail").fill("eve@example.org")
    send(page, "Le premier")
    page.get_by_role("link", name="Rien reçu").wait_for()
    return ThreadComment.objects.get().findings


def test_the_browser_calculates_and_the_comment_is_not_held(page, address, flooded):
    assert write(page, address) == []
    expect(form_of(page).get_by_label("Votre commentaire")).to_have_value("")


def test_without_javascript_the_comment_is_held(without_javascript, address, flooded):
    assert write(without_javascript, address) == [{"rule": "flood"}]


def test_nothing_is_calculated_at_any_other_time(page, address):
    calculated = []
    page.on("response", lambda answer: calculated.append(answer.status) if "/calcul/" in answer.url else None)

    assert write(page, address) == []
    assert calculated == [204]


def test_a_question_that_is_not_answered_holds_up_nothing(page, address, flooded, page_faults):
    page.route("**/discussions/calcul/", lambda route: route.abort())

    assert write(page, address) == [{"rule": "flood"}]
    page_faults[:] = [fault for fault in page_faults if "/calcul/" not in fault]
