"""Moderating in a browser: one by one, several at once, on a phone, without scripts, and when somebody was faster."""

import re

import pytest
from playwright.sync_api import expect

from comments import services
from comments.models import ThreadComment
from comments.services import Author
from comments.states import Action, Status
from tests.factories import published_article

QUEUE = "/admin/moderation/"


@pytest.fixture
def waiting(reader):
    """Thirty comments that wait, more than a page of the queue."""
    discussion = services.discussion_of(published_article())
    posted = [services.post(discussion, author=Author(user=reader), text=f"Texte {number:02}") for number in range(30)]
    return [each.comment for each in posted]


def statuses():
    return list(ThreadComment.objects.order_by("pk").values_list("status", flat=True))


def card(page, text):
    return page.locator(".moderation-card", has_text=text)


def test_approving_is_one_click_and_the_next_comment_comes(page, signed_in, moderator, waiting):
    signed_in(page, moderator).goto(QUEUE)

    card(page, "Texte 00").get_by_role("button", name="Approuver").click()

    expect(page.get_by_text("Le commentaire est publié.")).to_be_visible()
    expect(card(page, "Texte 00")).to_have_count(0)
    expect(card(page, "Texte 25")).to_have_count(1)
    assert statuses()[:2] == [Status.PUBLISHED, Status.PENDING]


def test_rejecting_asks_why_without_any_script(without_javascript, signed_in, moderator, waiting):
    page = without_javascript
    signed_in(page, moderator).goto(QUEUE)

    card(page, "Texte 01").get_by_role("link", name="Rejeter").click()
    page.get_by_role("button", name="Rejeter").click()
    expect(page.locator(".error-message, .errorlist, .w-field__errors").first).to_be_visible()
    page.get_by_label("Motif").select_option("off_topic")
    page.get_by_label("Note").fill("Voir le chapitre 2")
    page.get_by_role("button", name="Rejeter").click()

    expect(page).to_have_url(re.compile(f"{QUEUE}$"))
    assert statuses()[1] == Status.REJECTED
    page.goto(f"{QUEUE}?status=rejected")
    expect(card(page, "Texte 01")).to_contain_text("Voir le chapitre 2")


def test_the_ticked_comments_are_decided_together(page, signed_in, moderator, waiting):
    signed_in(page, moderator).goto(QUEUE)
    boxes = page.locator("[data-bulk-action-checkbox]")
    boxes.nth(0).check()
    boxes.nth(2).check()

    page.get_by_role("link", name="Marquer comme spam les commentaires sélectionnés").click()
    expect(page.get_by_role("heading", name="2 commentaires")).to_be_visible()
    page.get_by_role("button", name="Marquer comme spam").click()

    expect(page.get_by_text(re.compile("2 commentaires sont marqués comme"))).to_be_visible()
    assert statuses()[:4] == [Status.SPAM, Status.PENDING, Status.SPAM, Status.PENDING]


def test_the_whole_listing_is_decided_together(page, signed_in, moderator, waiting):
    signed_in(page, moderator).goto(QUEUE)
    page.get_by_role("columnheader").get_by_role("checkbox").check()
    page.get_by_role("button", name="Sélectionner tous les commentaires de la liste").click()

    page.get_by_role("link", name="Approuver les commentaires sélectionnés").click()
    expect(page.get_by_role("heading", name="30 commentaires")).to_be_visible()
    page.get_by_role("button", name="Approuver").click()

    expect(page.get_by_text(re.compile("Rien ne vous attend"))).to_be_visible()
    assert set(statuses()) == {Status.PUBLISHED}


def test_the_second_of_two_moderators_is_told(page, signed_in, moderator, admin, waiting):
    signed_in(page, moderator).goto(QUEUE)
    services.moderate(waiting[0], Action.REJECT, by=admin, reason="abuse")

    card(page, "Texte 00").get_by_role("button", name="Approuver").click()

    expect(page.get_by_role("alert")).to_contain_text("quelqu’un a décidé entre-temps")
    expect(page.locator(".moderation-card")).to_contain_text(admin.display_name)
    assert statuses()[0] == Status.REJECTED


def test_the_search_stays_in_the_status_looked_at(page, signed_in, moderator, waiting):
    services.moderate(waiting[3], Action.APPROVE, by=moderator)
    signed_in(page, moderator).goto(f"{QUEUE}?status=published")

    page.get_by_role("searchbox").or_(page.locator("input[name=q]")).first.fill("Texte")

    expect(page).to_have_url(re.compile("q=Texte"))
    expect(card(page, "Texte 03")).to_have_count(1)
    expect(page.locator(".moderation-card")).to_have_count(1)


def test_the_queue_is_accessible(page, signed_in, moderator, waiting, assert_accessible):
    signed_in(page, moderator)

    for address in [QUEUE, f"{QUEUE}inspect/{waiting[0].pk}/", f"{QUEUE}decide/{waiting[0].pk}/reject/"]:
        page.goto(address)
        assert_accessible(page)


@pytest.mark.parametrize("place", ["", "inspect/{}/", "decide/{}/reject/", "?status=all"])
def test_the_workbench_fits_a_phone(phone, signed_in, moderator, waiting, place):
    signed_in(phone, moderator).goto(QUEUE + place.format(waiting[0].pk))

    assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
