"""The conversation as people hold it: with and without JavaScript, on a phone, by keyboard."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from comments import outbox, services
from comments.models import ThreadComment
from comments.services import Author
from comments.states import Action, Status
from tests.factories import UserFactory, published_article


@pytest.fixture
def discussion():
    return services.discussion_of(published_article())


@pytest.fixture
def address(discussion):
    return discussion.target.get_url()


@pytest.fixture
def published(discussion):
    """A published comment to answer."""
    author, judge = UserFactory(display_name="Camille"), UserFactory(is_superuser=True)
    comment = services.post(discussion, author=Author(user=author), text="Un premier avis", notify=False).comment
    return services.moderate(comment, Action.APPROVE, by=judge)


@pytest.fixture
def reader():
    return UserFactory(display_name="Lectrice")


def confirmation_link():
    outbox.deliver_due()
    return re.search(r"https?://[^/]+(/discussions/confirmer/\S+)", mail.outbox[-1].body)[1]


def write_as_a_guest(page, text):
    form = page.locator("#laisser-un-commentaire")
    form.get_by_label("Votre nom").fill("Ève")
    form.get_by_label("Votre adresse e-mail").fill("eve@example.org")
    form.get_by_label("Votre commentaire").fill(text)
    return form


def post_and_confirm(page, address):
    page.goto(address)
    write_as_a_guest(page, "Bonjour **à tous**").get_by_role("button", name="Envoyer").click()
    page.get_by_text("suivez le lien que nous venons d’envoyer à eve@example.org").wait_for()
    page.goto(confirmation_link())
    page.get_by_text("Bonjour à tous").wait_for()
    page.get_by_role("button", name="Oui, confirmer mon commentaire").click()
    page.get_by_text("votre adresse est confirmée").wait_for()
    assert ThreadComment.objects.get().status == Status.PENDING


def test_a_guest_posts_and_confirms(page, address):
    post_and_confirm(page, address)


def test_a_guest_posts_and_confirms_without_javascript(without_javascript, address):
    post_and_confirm(without_javascript, address)


def test_a_reply_is_written_in_its_place(page, signed_in, reader, address, published):
    signed_in(page, reader).goto(address)
    page.evaluate("window.stayed = true")

    page.get_by_role("link", name="Répondre à Camille").click()
    form = page.locator(f"#repondre-{published.pk} form")
    expect(form.get_by_label("Votre commentaire")).to_be_focused()
    page.keyboard.type("Je suis d’accord")
    form.get_by_role("button", name="Envoyer").click()
    page.get_by_text("en attente de modération").wait_for()

    reply = ThreadComment.objects.get(depth=1)
    expect(page.locator("#commentaires .discussion__notice")).to_be_focused()
    expect(page).to_have_url(re.compile(f"#c{reply.pk}$"))
    assert page.evaluate("window.stayed")


def test_a_reply_is_written_on_a_page_of_its_own_without_javascript(without_javascript, signed_in, reader, address, published):
    page = signed_in(without_javascript, reader)
    page.goto(address)

    page.get_by_role("link", name="Répondre à Camille").click()
    page.get_by_text("Un premier avis").wait_for()
    page.get_by_label("Votre commentaire").fill("Je suis d’accord")
    page.get_by_role("button", name="Envoyer").click()

    page.get_by_text("Je suis d’accord").wait_for()
    expect(page).to_have_url(re.compile(f"#c{ThreadComment.objects.get(depth=1).pk}$"))


def test_a_reply_begun_is_left_and_the_focus_returns(page, signed_in, reader, address, published):
    signed_in(page, reader).goto(address)
    page.get_by_role("link", name="Répondre à Camille").click()

    page.get_by_role("button", name="Annuler").click()

    expect(page.locator(f"#repondre-{published.pk} form")).to_have_count(0)
    expect(page.get_by_role("link", name="Répondre à Camille")).to_be_focused()


def preview(page, address):
    page.goto(address)
    form = write_as_a_guest(page, "Du **gras**")
    form.get_by_role("button", name="Aperçu").click()
    expect(page.locator(".comment-form__preview strong")).to_have_text("gras")
    expect(page.get_by_label("Votre commentaire")).to_have_value("Du **gras**")
    expect(page.get_by_label("Votre nom")).to_have_value("Ève")


def test_a_preview_comes_in_its_place(page, address):
    preview(page, address)

    assert page.url.endswith(address)


def test_a_preview_comes_without_javascript(without_javascript, address):
    preview(without_javascript, address)


def test_what_is_refused_comes_back_with_the_text_in_its_place(page, signed_in, reader, address, settings):
    settings.COMMENTS_MINIMUM_SECONDS = 600
    signed_in(page, reader).goto(address)

    page.get_by_label("Votre commentaire").fill("Vite fait")
    page.get_by_role("button", name="Envoyer").click()

    expect(page.get_by_role("alert")).to_contain_text("très rapide")
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("Votre commentaire")).to_have_value("Vite fait")


@pytest.fixture
def crowd(discussion):
    author, judge = UserFactory(), UserFactory(is_superuser=True)
    for number in range(60):
        comment = services.post(discussion, author=Author(user=author), text=f"Avis {number}", notify=False).comment
        services.moderate(comment, Action.APPROVE, by=judge)


def test_more_comments_are_added_below_and_the_reader_goes_on_there(page, address, crowd):
    page.goto(address)
    assert page.locator(".comment").count() == 50

    page.get_by_role("link", name="Plus de commentaires").click()

    expect(page.locator(".comment")).to_have_count(60)
    expect(page).to_have_url(re.compile("after="))
    expect(page.locator(".comment", has_text="Avis 50")).to_be_focused()


def test_more_comments_are_another_page_without_javascript(without_javascript, address, crowd):
    page = without_javascript
    page.goto(address)

    page.get_by_role("link", name="Plus de commentaires").click()

    expect(page.locator(".comment")).to_have_count(10)
    page.get_by_role("link", name="Commentaires précédents").click()
    expect(page.locator(".comment")).to_have_count(50)


def test_the_conversation_is_accessible(page, signed_in, reader, address, published, discussion, assert_accessible):
    reply = services.post(discussion, author=Author(user=reader), text="**Oui**", parent_id=published.pk, notify=False).comment
    signed_in(page, reader).goto(address)
    assert_accessible(page)

    page.get_by_role("link", name="Répondre à Camille").click()
    expect(page.locator(f"#repondre-{published.pk} textarea")).to_be_focused()
    assert_accessible(page)
    page.goto(f"/commentaires/{reply.pk}/supprimer/")
    assert_accessible(page)
    page.goto(f"/discussions/{discussion.pk}/commenter/?reply_to={published.pk}")
    assert_accessible(page)


def test_a_very_long_word_does_not_widen_a_phone(phone, address, discussion):
    author = UserFactory(display_name="n" * 50, is_superuser=True)
    parent = None
    for _depth in range(8):
        parent = services.post(
            discussion, author=Author(user=author), text="m" * 5000, parent_id=parent and parent.pk, notify=False
        ).comment
    phone.set_viewport_size({"width": 320, "height": 700})

    phone.goto(address)

    assert phone.evaluate("document.documentElement.scrollWidth") <= 320
