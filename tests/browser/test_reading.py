"""Reading a discussion as people do: folding threads, voting, following addresses, on a phone and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from comments import paths, services
from comments.models import ThreadComment
from comments.services import Author
from comments.states import AuthorRole, Moderation
from tests.factories import MembershipFactory, UserFactory, published_article


@pytest.fixture
def discussion():
    discussion = services.discussion_of(published_article())
    discussion.moderation = Moderation.AFTER
    discussion.save()
    return discussion


@pytest.fixture
def address(discussion):
    return discussion.target.get_url()


@pytest.fixture
def reader():
    return UserFactory(display_name="Lectrice")


@pytest.fixture
def say(discussion):
    def say(text, parent=None, by=None):
        by = by or UserFactory()
        return services.post(discussion, author=Author(user=by), text=text, parent_id=parent and parent.pk, notify=False).comment

    return say


@pytest.fixture
def thread(say):
    """A comment with two replies, one below the other, and another comment."""
    root = say("La racine", by=UserFactory(display_name="Camille"))
    reply = say("La réponse", parent=root)
    return [root, reply, say("La réponse à la réponse", parent=reply), say("Un autre fil")]


def fold(page):
    summary = page.get_by_text("Masquer les 2 réponses")
    summary.wait_for()
    summary.click()
    page.get_by_text("La réponse à la réponse").wait_for(state="hidden")
    page.get_by_text("Un autre fil").wait_for()
    page.get_by_text("Afficher les 2 réponses").click()
    page.get_by_text("La réponse à la réponse").wait_for()


def test_a_thread_folds_and_says_how_much_it_hides(page, address, thread):
    page.goto(address)
    fold(page)


def test_a_thread_folds_without_javascript(without_javascript, address, thread):
    without_javascript.goto(address)
    fold(without_javascript)


def test_a_thread_folds_by_keyboard(page, address, thread):
    page.goto(address)
    page.locator("summary.thread__toggle").first.focus()

    page.keyboard.press("Enter")
    page.get_by_text("La réponse à la réponse").wait_for(state="hidden")
    page.keyboard.press("Space")
    page.get_by_text("La réponse à la réponse").wait_for()


def vote(page, comment):
    button = page.get_by_role("button", name="Utile (commentaire de Camille)")
    button.click()
    page.locator(f"#utile-{comment.pk}[aria-pressed=true]:not(.htmx-added)").wait_for()  # htmx has taken charge of it
    assert ThreadComment.objects.get(pk=comment.pk).useful_count == 1
    page.locator(f"#utile-{comment.pk}").click()
    page.locator(f"#utile-{comment.pk}[aria-pressed=false]").wait_for()
    assert ThreadComment.objects.get(pk=comment.pk).useful_count == 0


def test_a_vote_is_given_and_taken_back_in_place_and_keeps_the_focus(page, signed_in, reader, address, thread):
    signed_in(page, reader).goto(address)
    page.evaluate("window.stayed = true")

    vote(page, thread[0])

    assert page.evaluate("window.stayed")
    expect(page.locator(f"#utile-{thread[0].pk}")).to_be_focused()


def test_a_vote_is_given_and_taken_back_without_javascript(without_javascript, signed_in, reader, address, thread):
    page = signed_in(without_javascript, reader)
    page.goto(f"{address}?tri=recents")

    vote(page, thread[0])

    expect(page).to_have_url(re.compile(rf"\?tri=recents#c{thread[0].pk}$"))


def test_a_permanent_address_shows_the_comment_and_gives_it_the_focus(page, address, thread):
    page.goto(f"/commentaires/{thread[2].pk}/")

    page.locator(f"#c{thread[2].pk}:target").wait_for()
    expect(page.locator(f"#c{thread[2].pk}")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.comment')?.id") == f"c{thread[2].pk}"


def test_a_permanent_address_on_the_same_page_opens_what_is_folded(page, address, thread):
    page.goto(address)
    page.get_by_text("Masquer les 2 réponses").click()
    page.get_by_text("La réponse à la réponse").wait_for(state="hidden")

    page.evaluate(f"location.hash = 'c{thread[2].pk}'")

    page.get_by_text("La réponse à la réponse").wait_for()


def test_the_news_are_read_in_place(page, signed_in, reader, discussion, address, thread, say):
    services.mark_read(discussion, by=reader)
    say("Tout frais")
    signed_in(page, reader).goto(address)

    page.get_by_text("1 nouveau commentaire depuis votre dernière visite").wait_for()
    page.get_by_role("button", name="Tout marquer comme lu").click()

    page.get_by_text("Tout est lu").wait_for()
    page.goto(address)
    assert page.get_by_text("depuis votre dernière visite").count() == 0


def test_an_editor_pins_a_comment(page, signed_in, address, thread):
    signed_in(page, UserFactory(is_superuser=True)).goto(address)

    page.locator(".curation__open").first.click()
    page.get_by_role("button", name="Épingler en haut de la discussion").first.click()

    page.get_by_text("À lire d’abord").wait_for()
    page.get_by_role("link", name="Lire à sa place").click()
    page.locator(f"#c{thread[0].pk}:target").wait_for()


@pytest.fixture
def everything(say, discussion, reader):
    """A discussion with all that can stand in it: a deep thread, badges, a pin, a featured comment, votes, news."""
    admin = UserFactory(is_superuser=True)
    network = MembershipFactory(network__name="Réseau des ludothèques", network__acronym="Ludo", network__visibility="public").network
    comment = say("Au fond")
    for depth in range(paths.MAX_DEPTH):
        comment = say(f"Réponse {depth} au fond d’un long fil", parent=comment)
    services.mark_read(discussion, by=reader)
    root = ThreadComment.objects.get(depth=0)
    ThreadComment.objects.filter(pk=root.pk).update(author_role=AuthorRole.FACILITATOR, network=network)
    services.pin(root, by=admin)
    services.feature(say("Mis en avant"), by=admin)
    services.mark_useful(root, by=reader)
    return root


@pytest.mark.parametrize("width", [320, 360])
def test_the_deepest_thread_is_read_on_the_smallest_phone(phone, signed_in, reader, address, everything, width):
    phone.set_viewport_size({"width": width, "height": 700})

    for page in (phone, signed_in(phone, reader)):
        page.goto(address)
        assert page.locator(".comment").count() == paths.MAX_DEPTH + 2
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        narrowest = page.evaluate("Math.min(...[...document.querySelectorAll('.comment__text')].map((text) => text.clientWidth))")
        assert narrowest >= 200


def test_all_that_stands_in_a_discussion_is_accessible(page, signed_in, reader, address, everything, assert_accessible):
    page.goto(address)
    assert_accessible(page)
    signed_in(page, reader).goto(f"{address}?tri=utiles")
    assert_accessible(page)
    signed_in(page, UserFactory(is_superuser=True)).goto(address)
    page.locator(".curation__open").first.click()
    assert_accessible(page)
