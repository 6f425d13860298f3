"""No word is lost: what is typed stays in the browser until the server says that it is stored."""

import contextlib
import re

import pytest
from playwright.sync_api import Error, expect

from comments import services
from comments.models import Discussion, ThreadComment
from comments.services import Author
from comments.states import Moderation
from tests.factories import UserFactory, published_article

TEXT = "Un long texte auquel je tiens"


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
def writer(page, signed_in, reader, address):
    """A page of the article, of a reader who is signed in."""
    signed_in(page, reader).goto(address)
    return page


def field(page):
    return page.locator("#laisser-un-commentaire").get_by_label("Votre commentaire")


def send(page):
    page.locator("#laisser-un-commentaire").get_by_role("button", name="Envoyer").click()


def write(page, text=TEXT):
    """Type a text, and wait until it is kept."""
    field(page).press_sequentially(text) if len(text) < 50 else field(page).fill(text)
    page.wait_for_function("text => Object.values(localStorage).some(value => value.includes(text))", arg=text)


def assert_back(page, text=TEXT):
    page.get_by_text("Votre brouillon est revenu").wait_for()
    expect(field(page)).to_have_value(text)


def assert_nothing_comes_back(page):
    """Wait until the form has been given what was kept for it, which is nothing."""
    page.evaluate("""async () => {
        const { adopted } = await import("/static/comments/js/drafts.js");
        await adopted(document.querySelector("#laisser-un-commentaire form"));
    }""")
    assert field(page).input_value() == ""


def assert_kept(page, *texts):
    """Wait until the browser keeps these texts and no other: scripts let go of them, and tabs hear of each other's, in their own time."""
    page.wait_for_function(
        """texts => {
            const drafts = Object.entries(localStorage).filter(([key]) => key.startsWith("palabre:draft:"));
            return drafts.map(([, draft]) => JSON.parse(draft).text).sort().join("|") === texts.sort().join("|");
        }""",
        arg=texts,
    )


def test_what_is_typed_is_there_again_after_leaving(writer, address):
    write(writer)

    writer.goto("/")
    writer.goto(address)

    assert_back(writer)


def test_what_is_typed_is_there_again_after_going_back(writer, address):
    write(writer)

    writer.goto("/")
    writer.go_back()

    writer.wait_for_function("text => document.querySelector('#laisser-un-commentaire textarea').value === text", arg=TEXT)


def test_the_last_letters_are_kept_when_the_page_is_left_at_once(writer, address):
    field(writer).fill(TEXT)

    writer.goto("/")
    writer.goto(address)

    assert_back(writer)


def test_a_guests_name_comes_back_and_the_address_was_never_kept(page, address):
    page.goto(address)
    page.get_by_label("Votre nom").fill("Ève")
    page.get_by_label("Votre adresse e-mail").fill("eve@example.org")
    write(page)

    assert "eve@example.org" not in page.evaluate("JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
    page.goto("/")
    page.goto(address)
    assert_back(page)
    expect(page.get_by_label("Votre nom")).to_have_value("Ève")


def test_a_stored_text_is_let_go_of(writer, address):
    write(writer)
    send(writer)
    writer.get_by_text("Votre commentaire est publié").wait_for()

    assert_kept(writer)
    assert_nothing_comes_back(writer)
    writer.goto(address)
    assert_nothing_comes_back(writer)


def test_a_text_stored_by_a_whole_page_is_let_go_of_too(writer, address):
    """Without htmx the form is sent as a page; the script on the page that follows knows what was sent."""
    writer.route(re.compile("htmx"), lambda route: route.fulfill(body="", content_type="text/javascript"))
    writer.goto(address)
    write(writer)
    send(writer)
    writer.get_by_text("Votre commentaire est publié").wait_for()

    assert_kept(writer)
    assert_nothing_comes_back(writer)


def test_what_is_typed_while_a_text_is_sent_survives(writer, live_server):
    write(writer)
    writer.route("**/commenter/", lambda route: (field(writer).fill("La suite"), route.continue_()))

    send(writer)
    writer.get_by_text("Votre commentaire est publié").wait_for()

    assert_back(writer, "La suite")
    assert ThreadComment.objects.get().comment == TEXT


def test_what_is_typed_while_a_text_is_refused_survives(writer, settings):
    settings.COMMENTS_MINIMUM_SECONDS = 600
    write(writer)
    writer.route("**/commenter/", lambda route: (field(writer).fill(f"{TEXT}, et la suite"), route.continue_()))

    send(writer)
    writer.get_by_role("alert").wait_for()

    writer.wait_for_function(
        "text => document.querySelector('#laisser-un-commentaire textarea').value === text", arg=f"{TEXT}, et la suite"
    )


def test_offline_the_text_stays_and_is_sent_again(writer, context, page_faults):
    write(writer)
    context.set_offline(True)

    send(writer)
    writer.get_by_text("Votre texte n’est pas parti").wait_for()
    expect(field(writer)).to_have_value(TEXT)
    assert_kept(writer, TEXT)
    context.set_offline(False)
    writer.get_by_role("button", name="Réessayer").click()
    writer.get_by_text("Votre commentaire est publié").wait_for()

    assert ThreadComment.objects.get().comment == TEXT
    page_faults.clear()


def test_a_server_that_fails_is_told_and_the_text_stays(writer, page_faults):
    write(writer)
    writer.route("**/commenter/", lambda route: route.fulfill(status=500, body="panne"), times=1)

    send(writer)
    writer.get_by_text("Votre texte n’est pas parti").wait_for()
    writer.get_by_role("button", name="Réessayer").click()
    writer.get_by_text("Votre commentaire est publié").wait_for()

    assert ThreadComment.objects.get().comment == TEXT
    assert_kept(writer)
    page_faults.clear()


def test_an_expired_form_comes_back_sendable_with_its_text(writer, settings):
    write(writer)
    settings.COMMENTS_TIMEOUT = -1

    send(writer)
    expect(writer.get_by_role("alert")).to_be_focused()
    expect(field(writer)).to_have_value(TEXT)
    settings.COMMENTS_TIMEOUT = 3600
    send(writer)

    writer.get_by_text("Votre commentaire est publié").wait_for()
    assert ThreadComment.objects.get().comment == TEXT


def test_a_lost_session_keeps_the_text_through_signing_in_again(writer, context, signed_in, reader, address):
    write(writer)
    context.clear_cookies(name="sessionid")

    send(writer)
    expect(writer.get_by_role("alert")).to_be_focused()
    expect(field(writer)).to_have_value(TEXT)
    signed_in(writer, reader).goto(address)
    assert_back(writer)
    send(writer)

    writer.get_by_text("Votre commentaire est publié").wait_for()
    assert ThreadComment.objects.get().user == reader


def test_a_token_that_changed_is_explained_on_a_page_that_sends_the_text_again(writer, context, page_faults):
    write(writer)
    writer.evaluate("document.querySelector('#laisser-un-commentaire [name=csrfmiddlewaretoken]').value = 'x'.repeat(64)")

    send(writer)
    writer.get_by_text("Votre texte n’est pas parti").wait_for()
    writer.get_by_role("button", name="Réessayer").click()
    writer.get_by_role("button", name="Envoyer à nouveau").click()

    writer.get_by_text("Votre commentaire est publié").wait_for()
    assert ThreadComment.objects.get().comment == TEXT
    page_faults.clear()


def test_two_tabs_keep_a_text_each(writer, context, address):
    other = context.new_page()
    other.goto(address)
    write(writer, "Dans le premier onglet")
    assert_nothing_comes_back(other)
    write(other, "Dans le second onglet")

    assert_kept(writer, "Dans le premier onglet", "Dans le second onglet")
    for tab, text in [(writer, "Dans le premier onglet"), (other, "Dans le second onglet")]:
        tab.reload()
        assert_back(tab, text)
    send(other)
    other.get_by_text("Votre commentaire est publié").wait_for()
    assert_kept(other, "Dans le premier onglet")
    writer.reload()
    assert_back(writer, "Dans le premier onglet")


def test_a_duplicated_tab_writes_for_itself(writer, context, address):
    write(writer, "L’original")
    copied = writer.evaluate("sessionStorage.getItem('palabre:tab')")
    twin = context.new_page()
    twin.add_init_script(f"sessionStorage.getItem('palabre:tab') ?? sessionStorage.setItem('palabre:tab', '{copied}')")
    twin.goto(address)
    twin.wait_for_function("copied => sessionStorage.getItem('palabre:tab') !== copied", arg=copied)

    write(twin, "La copie")

    assert_kept(writer, "L’original", "La copie")


def close(page):
    """Close the tab without asking its scripts."""
    page.close(run_before_unload=False)


def crash(page):
    """End the page's process, as a phone without memory does."""
    with page.expect_event("crash"), contextlib.suppress(Error):
        page.goto("chrome://crash")


@pytest.mark.parametrize("end", [close, crash])
def test_the_text_of_a_tab_that_is_gone_is_offered_to_the_next(writer, context, address, end):
    write(writer)
    gone = writer.evaluate("sessionStorage.getItem('palabre:tab')")
    end(writer)

    following = context.new_page()
    following.goto("/")
    following.evaluate("gone => navigator.locks.request(`palabre:tab:${gone}`, () => {})", gone)  # the browser has noticed the end
    following.goto(address)

    assert_back(following)
    assert_kept(following, TEXT)


def test_a_draft_is_discarded_and_can_be_brought_back(writer, address):
    write(writer)
    writer.reload()
    assert_back(writer)

    writer.get_by_role("button", name="Effacer le brouillon").click()
    expect(field(writer)).to_have_value("")
    expect(field(writer)).to_be_focused()
    assert_kept(writer)
    writer.get_by_role("button", name="Le récupérer").click()
    expect(field(writer)).to_have_value(TEXT)
    writer.get_by_role("button", name="Effacer le brouillon").click()
    writer.reload()

    assert_nothing_comes_back(writer)


def test_a_reply_has_a_draft_of_its_own(writer, discussion, address):
    comment = services.post(discussion, author=Author(user=UserFactory(display_name="Camille")), text="Un avis", notify=False).comment
    writer.reload()
    write(writer, "À tout le monde")
    writer.get_by_role("link", name="Répondre à Camille").click()
    answer = writer.locator(f"#repondre-{comment.pk}").get_by_label("Votre commentaire")
    answer.fill("À Camille seulement")
    writer.wait_for_function("() => Object.values(localStorage).some(value => value.includes('À Camille'))")

    writer.reload()
    assert_back(writer, "À tout le monde")
    writer.get_by_role("link", name="Répondre à Camille").click()

    writer.locator(f"#repondre-{comment.pk}").get_by_text("Votre brouillon est revenu").wait_for()
    expect(answer).to_have_value("À Camille seulement")


def test_a_change_has_a_draft_too(writer, discussion, reader, address):
    comment = services.post(discussion, author=Author(user=reader), text="Un avis", notify=False).comment
    writer.reload()
    writer.get_by_role("link", name="Modifier mon commentaire").click()
    change = writer.locator(f"#repondre-{comment.pk}").get_by_label("Votre commentaire")
    change.fill("Un avis mieux dit")
    writer.wait_for_function("() => Object.values(localStorage).some(value => value.includes('mieux dit'))")

    writer.reload()
    assert_nothing_comes_back(writer)
    writer.get_by_role("link", name="Modifier mon commentaire").click()
    writer.locator(f"#repondre-{comment.pk}").get_by_text("Votre brouillon est revenu").wait_for()
    expect(change).to_have_value("Un avis mieux dit")
    writer.get_by_role("button", name="Enregistrer la modification").click()

    writer.get_by_text("Votre commentaire est modifié").wait_for()
    assert_kept(writer)


def test_nobody_reads_the_draft_of_another_account(writer, context, signed_in, address):
    write(writer)

    signed_in(writer, UserFactory()).goto(address)

    assert_nothing_comes_back(writer)
    assert_kept(writer, TEXT)


def test_signing_out_takes_the_drafts_along(writer):
    write(writer)

    writer.get_by_role("button", name="Se déconnecter").click()
    writer.get_by_role("link", name="Créer un compte").wait_for()

    assert_kept(writer)


def test_what_is_typed_while_signing_out_is_not_left_behind_either(writer):
    field(writer).wait_for()

    writer.evaluate(
        """() => {
            const field = document.querySelector("#laisser-un-commentaire textarea");
            field.value = "Un dernier mot";
            field.dispatchEvent(new InputEvent("input", { bubbles: true }));
            document.querySelector("[data-signs-out]").requestSubmit();
        }"""
    )
    writer.get_by_role("link", name="Créer un compte").wait_for()

    assert_kept(writer)


def test_drafts_older_than_thirty_days_are_dropped(writer, address):
    write(writer)
    writer.evaluate(
        """for (const [key, value] of Object.entries(localStorage)) {
            if (!key.startsWith('palabre:draft:')) continue
            localStorage.setItem(key, JSON.stringify({...JSON.parse(value), at: Date.now() - 31 * 24 * 60 * 60 * 1000}))
        }"""
    )

    writer.goto("/")
    writer.goto(address)

    assert_kept(writer)
    assert_nothing_comes_back(writer)


def test_a_browser_that_refuses_its_storage_still_writes(page, signed_in, reader, address):
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })")
    signed_in(page, reader).goto(address)
    field(page).fill(TEXT)

    send(page)

    page.get_by_text("Votre commentaire est publié").wait_for()


def test_the_notes_of_a_draft_are_accessible(writer, assert_accessible):
    write(writer)
    writer.reload()
    assert_back(writer)

    assert_accessible(writer)
