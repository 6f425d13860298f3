"""Writing with help: changing one's words and removing them in place, quoting, what formats, how much is left."""

import re

import pytest
from playwright.sync_api import expect

from comments import services
from comments.models import Discussion, ThreadComment
from comments.services import Author
from comments.states import Moderation, Status
from tests.factories import UserFactory, published_article


@pytest.fixture
def discussion():
    discussion = services.discussion_of(published_article())
    Discussion.objects.filter(pk=discussion.pk).update(moderation=Moderation.AFTER)
    discussion.refresh_from_db()
    return discussion


@pytest.fixture
def address(discussion):
    return discussion.target.get_url()


@pytest.fixture
def reader():
    return UserFactory(display_name="Lectrice")


@pytest.fixture
def camille(discussion):
    """Somebody's comment, to quote and to answer."""
    author = Author(user=UserFactory(display_name="Camille"))
    return services.post(discussion, author=author, text="> Cité\n\nUn **premier** avis\n\nEn deux points", notify=False).comment


@pytest.fixture
def own(discussion, reader):
    """The reader's own comment, fresh."""
    return services.post(discussion, author=Author(user=reader), text="Mes mots", notify=False).comment


def field(page):
    return page.locator("#laisser-un-commentaire").get_by_label("Votre commentaire")


def test_one_changes_ones_words_in_their_place(page, signed_in, reader, own, address):
    signed_in(page, reader).goto(address)
    page.evaluate("window.stayed = true")

    page.get_by_role("link", name="Modifier mon commentaire").click()
    form = page.locator(f"#c{own.pk} form")
    expect(form.get_by_label("Votre commentaire")).to_be_focused()
    expect(page.locator(f"#c{own.pk} > .comment__text")).to_be_hidden()
    form.get_by_label("Votre commentaire").fill("Mes mots, mieux dits")
    form.get_by_role("button", name="Aperçu").click()
    expect(form.locator(".comment-form__preview")).to_be_focused()
    expect(form.locator(".comment-form__preview")).to_contain_text("Mes mots, mieux dits")
    form.get_by_role("button", name="Enregistrer la modification").click()
    page.get_by_text("Votre commentaire est modifié").wait_for()

    expect(page.locator(".discussion__notice")).to_be_focused()
    expect(page).to_have_url(re.compile(f"#c{own.pk}$"))
    expect(page.locator(f"#c{own.pk} .comment__edited")).to_have_text("modifié")
    assert page.evaluate("window.stayed")
    assert ThreadComment.objects.get().comment == "Mes mots, mieux dits"


def test_a_change_is_left_as_it_was_and_the_focus_returns(page, signed_in, reader, own, camille, address):
    signed_in(page, reader).goto(address)

    page.get_by_role("link", name="Modifier mon commentaire").click()
    page.get_by_role("button", name="Annuler").click()

    expect(page.locator(f"#c{own.pk} > .comment__text")).to_be_visible()
    expect(page.get_by_role("link", name="Modifier mon commentaire")).to_be_focused()


def test_one_changes_ones_words_without_javascript(without_javascript, signed_in, reader, own, address):
    page = signed_in(without_javascript, reader)
    page.goto(address)

    page.get_by_role("link", name="Modifier mon commentaire").click()
    page.get_by_label("Votre commentaire").fill("Mes mots, mieux dits")
    page.get_by_role("button", name="Aperçu").click()
    page.locator(".comment-form__preview").get_by_text("mieux dits").wait_for()
    page.get_by_role("button", name="Enregistrer la modification").click()

    page.get_by_text("Votre commentaire est modifié").wait_for()
    expect(page.locator(f"#c{own.pk} .comment__edited")).to_be_visible()


@pytest.mark.parametrize("kind", ["page", "without_javascript"])
def test_words_that_come_too_late_are_posted_anew(request, kind, signed_in, reader, own, discussion, address):
    page = signed_in(request.getfixturevalue(kind), reader)
    page.goto(address)
    page.get_by_role("link", name="Modifier mon commentaire").click()
    page.locator("[data-edit-form] textarea").fill("Ce que je voulais dire")
    services.post(discussion, author=Author(user=UserFactory()), text="Je réponds", parent_id=own.pk, notify=False)

    page.get_by_role("button", name="Enregistrer la modification").click()
    page.get_by_text("ne peut plus être modifié").wait_for()
    page.get_by_role("button", name="L’envoyer comme nouveau commentaire").click()
    page.locator(".comment-form__preview").wait_for()
    page.get_by_role("button", name="Envoyer").click()

    page.get_by_text("Votre commentaire est publié").wait_for()
    assert ThreadComment.objects.filter(comment="Ce que je voulais dire", depth=0).count() == 1


def test_one_removes_ones_comment_in_place(page, signed_in, reader, own, discussion, address):
    reply = services.post(discussion, author=Author(user=UserFactory()), text="Je réponds", parent_id=own.pk, notify=False).comment
    signed_in(page, reader).goto(address)
    page.evaluate("window.stayed = true")

    page.get_by_role("link", name="Supprimer mon commentaire").click()
    page.get_by_role("button", name="Le garder").click()
    expect(page.get_by_role("link", name="Supprimer mon commentaire")).to_be_focused()
    page.get_by_role("link", name="Supprimer mon commentaire").click()
    expect(page.locator(f"#repondre-{own.pk} form")).to_be_focused()
    page.get_by_role("button", name="Supprimer définitivement").click()
    page.get_by_text("Votre commentaire est supprimé.").wait_for()

    assert page.evaluate("window.stayed")
    assert page.get_by_text("Mes mots").count() == 0
    expect(page.locator(f"#c{reply.pk}")).to_be_visible()
    assert ThreadComment.objects.get(pk=own.pk).status == Status.REMOVED


def test_a_reply_quotes_the_comment_at_the_caret(page, signed_in, reader, camille, address):
    signed_in(page, reader).goto(address)
    page.get_by_role("link", name="Répondre à Camille").click()
    answer = page.locator(f"#repondre-{camille.pk} textarea")
    expect(answer).to_be_focused()
    answer.fill("Bonjour.\n\nMerci.")
    answer.press("Control+Home")
    answer.press("ArrowDown")
    answer.press("ArrowDown")

    page.get_by_role("button", name="Citer le commentaire").click()

    expect(answer).to_have_value("Bonjour.\n\n> Un **premier** avis\n>\n> En deux points\n\nMerci.")
    expect(answer).to_be_focused()


def test_a_reply_quotes_the_comment_without_javascript_and_keeps_what_was_typed(without_javascript, signed_in, reader, camille, address):
    page = signed_in(without_javascript, reader)
    page.goto(address)
    page.get_by_role("link", name="Répondre à Camille").click()
    page.get_by_label("Votre commentaire").fill("Bonjour.")

    page.get_by_role("button", name="Citer le commentaire").click()
    expect(page.get_by_label("Votre commentaire")).to_have_value("Bonjour.\n\n> Un **premier** avis\n>\n> En deux points\n\n")
    page.get_by_label("Votre commentaire").fill("> Un premier avis\n\nOui")
    page.get_by_role("button", name="Envoyer").click()

    page.get_by_text("Votre commentaire est publié").wait_for()
    assert "<blockquote>" in ThreadComment.objects.get(depth=1).html


def test_a_reply_written_on_its_own_page_leads_to_the_discussion(page, signed_in, reader, discussion, camille, address):
    signed_in(page, reader).goto(f"/discussions/{discussion.pk}/commenter/?reply_to={camille.pk}")

    page.get_by_label("Votre commentaire").fill("Je réponds")
    page.get_by_role("button", name="Envoyer").click()
    page.get_by_text("Votre commentaire est publié").wait_for()

    expect(page).to_have_url(re.compile(f"{address}#c"))


def select(page, selector):
    page.evaluate("selector => getSelection().selectAllChildren(document.querySelector(selector))", selector)


def test_selected_words_are_quoted_into_a_reply(page, signed_in, reader, camille, address):
    signed_in(page, reader).goto(address)

    select(page, f"#c{camille.pk} .comment__text > p:last-child")
    page.get_by_role("button", name="Citer", exact=True).click()

    answer = page.locator(f"#repondre-{camille.pk} textarea")
    expect(answer).to_have_value("> En deux points\n\n")
    expect(answer).to_be_focused()
    page.keyboard.type("Trois")
    select(page, f"#c{camille.pk} .comment__text > p:nth-child(2)")
    page.get_by_role("button", name="Citer", exact=True).click()
    expect(answer).to_have_value("> En deux points\n\nTrois\n\n> Un premier avis\n\n")
    expect(answer).to_be_focused()


def test_words_that_could_not_be_quoted_do_not_come_back_with_another_reply(
    page, context, signed_in, reader, camille, address, page_faults
):
    signed_in(page, reader).goto(address)
    context.set_offline(True)
    select(page, f"#c{camille.pk} .comment__text > p:last-child")
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Citer", exact=True).click()
    context.set_offline(False)

    page.get_by_role("link", name="Répondre à Camille").click()
    answer = page.locator(f"#repondre-{camille.pk} textarea")
    expect(answer).to_be_focused()
    page.wait_for_timeout(300)

    expect(answer).to_have_value("")
    page_faults.clear()


def test_the_button_to_quote_stands_beside_words_whose_actions_are_out_of_sight(phone, signed_in, reader, discussion, address):
    author = Author(user=UserFactory(display_name="Camille"))
    long = services.post(discussion, author=author, text="\n\n".join(["Un paragraphe"] * 60), notify=False).comment
    signed_in(phone, reader).goto(address)
    first = phone.locator(f"#c{long.pk} .comment__text > p:first-child")
    first.scroll_into_view_if_needed()

    select(phone, f"#c{long.pk} .comment__text > p:first-child")
    button = phone.get_by_role("button", name="Citer", exact=True)
    button.wait_for()

    assert 0 < button.bounding_box()["y"] - first.bounding_box()["y"] < 60
    button.click()
    phone.wait_for_function("() => document.activeElement.value?.startsWith('> Un paragraphe')")


def test_words_of_the_article_are_not_quoted(page, signed_in, reader, camille, address):
    signed_in(page, reader).goto(address)

    select(page, "h1")
    page.wait_for_timeout(400)

    assert page.get_by_role("button", name="Citer", exact=True).is_hidden()


def test_how_much_is_left_is_said_once_it_matters_and_nothing_is_cut(page, signed_in, reader, address):
    signed_in(page, reader).goto(address)
    shown, said = page.locator("#laisser-un-commentaire [data-count]"), page.locator("#laisser-un-commentaire [data-count-said]")

    field(page).fill("é" * 7_999)
    assert shown.is_hidden()
    field(page).fill("é" * 8_766)
    assert shown.inner_text().replace("\u202f", " ") == "Caractères restants : 1 234"
    page.wait_for_function("said => said.textContent.includes('1')", arg=said.element_handle())
    field(page).fill("👋" * 9_000)
    assert shown.inner_text().replace("\u202f", " ") == "Caractères restants : 1 000"
    field(page).fill("é" * 10_012)
    assert shown.inner_text() == "Caractères en trop : 12"
    assert len(field(page).input_value()) == 10_012
    page.locator("#laisser-un-commentaire").get_by_role("button", name="Envoyer").click()
    page.get_by_role("alert").wait_for()

    assert len(field(page).input_value()) == 10_012
    page.locator("#laisser-un-commentaire [data-count]").get_by_text("Caractères en trop : 12").wait_for()
    assert "10012" in page.locator(".field__error").inner_text()


def test_the_marks_are_explained_without_javascript(without_javascript, signed_in, reader, address):
    page = signed_in(without_javascript, reader)
    page.goto(address)
    assert page.locator("#laisser-un-commentaire .field:has(textarea) + .writing-help").count() == 1
    assert page.get_by_text("un mot **fort**").is_hidden()

    page.get_by_text("Mettre en forme votre texte").click()

    expect(page.get_by_text("un mot **fort**")).to_be_visible()


def test_all_of_it_is_accessible_and_fits_a_small_phone(phone, signed_in, reader, own, camille, address, assert_accessible):
    page = signed_in(phone, reader)
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(address)
    page.get_by_role("link", name="Modifier mon commentaire").click()
    expect(page.locator(f"#c{own.pk} form textarea")).to_be_focused()
    page.locator(f"#c{own.pk} form summary").click()
    page.locator(f"#c{own.pk} form textarea").fill("é" * 10_012)
    page.get_by_role("link", name="Répondre à Camille").click()
    expect(page.locator(f"#repondre-{camille.pk} textarea")).to_be_focused()
    select(page, f"#c{camille.pk} .comment__text > p:last-child")
    page.get_by_role("button", name="Citer", exact=True).wait_for()

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert_accessible(page)
    page.goto(f"/commentaires/{own.pk}/modifier/")
    assert_accessible(page)
    page.goto(f"/commentaires/{own.pk}/supprimer/")
    assert_accessible(page)
