"""A discussion that goes on while it is read: said once, shown when asked for, and nothing moves under the reader's eyes."""

import re

import pytest
from playwright.sync_api import expect

from comments import services
from comments.models import Discussion, ThreadComment
from comments.services import Author
from comments.states import Moderation
from tests.browser.conftest import DESKTOP, PHONE
from tests.factories import UserFactory, published_article


@pytest.fixture
def discussion():
    discussion = services.discussion_of(published_article())
    Discussion.objects.update(moderation=Moderation.AFTER)
    return discussion


@pytest.fixture
def author():
    return UserFactory(display_name="Camille")


@pytest.fixture
def say(discussion, author):
    def say(text, parent=None):
        posted = services.post(discussion, author=Author(user=author), text=text, parent_id=parent and parent.pk, notify=False)
        return posted.comment

    return say


@pytest.fixture
def address(discussion):
    return discussion.target.get_url()


@pytest.fixture
def asked(page):
    """The addresses asked by the page in the background since it was opened."""
    seen = []
    page.on("response", lambda response: seen.append(response.status) if response.url.endswith("/etat/") else None)
    return seen


@pytest.fixture
def stay(page):
    """`stay(25)`: so many seconds pass for the page."""

    def stay(seconds):
        page.clock.fast_forward(seconds * 1000)

    return stay


@pytest.fixture(autouse=True)
def _clock(page):
    page.clock.install()


def news(page):
    return page.locator("[data-live]")


def asking(page):
    """`with asking(page):` ends once the page has asked for news and the server has answered."""
    return page.expect_response("**/etat/")


def hear(page):
    """Keep what the live region says, each time it says something else."""
    page.evaluate("""() => {
        window.heard = [];
        const slot = document.querySelector("[data-live]");
        const said = new MutationObserver(() => window.heard.push(slot.textContent));
        said.observe(slot, {childList: true, characterData: true, subtree: true});
    }""")


def top_of(page, selector):
    return page.locator(selector).first.evaluate("(element) => element.getBoundingClientRect().top")


def test_new_comments_are_counted_and_said_once_for_each_number(page, address, say, stay, asked):
    say("Le premier")
    page.goto(address)
    hear(page)
    say("Le deuxième")

    stay(25)
    expect(news(page)).to_have_text("1 nouveau commentaire")
    say("Le troisième")
    say("Le quatrième")
    stay(25)
    expect(news(page)).to_have_text("3 nouveaux commentaires")
    for seconds in [25, 40]:
        with asking(page):
            stay(seconds)
    page.wait_for_timeout(300)

    assert page.evaluate("window.heard") == ["1 nouveau commentaire", "3 nouveaux commentaires"]
    assert page.evaluate("document.activeElement === document.body")
    assert 304 in asked


def test_they_come_in_their_place_when_asked_for(page, address, say, stay):
    first, second = say("Le premier"), say("Le second")
    say("Déjà une réponse", parent=second)
    page.goto(address)
    reply, other = say("Une réponse", parent=first), say("Une autre", parent=second)
    say("Un nouveau fil")
    stay(25)

    news(page).get_by_role("button").click()
    expect(news(page)).to_contain_text("chacun à sa place")

    order = page.locator("[data-thread] .comment__text").all_inner_texts()
    assert order == ["Le premier", "Une réponse", "Le second", "Déjà une réponse", "Une autre", "Un nouveau fil"]
    for comment, parent in [(reply, first), (other, second)]:
        assert page.locator(f".thread__item:has(> #c{parent.pk}) .thread__list--replies #c{comment.pk}").count() == 1
    assert page.locator("#commentaires-titre").inner_text() == "6 commentaires"
    assert page.locator(".comment--arrived").count() == 3
    assert page.evaluate("document.activeElement.closest('[data-live]') !== null")
    page.get_by_role("link", name="Répondre").nth(1).click()
    page.locator(f"#repondre-{reply.pk} form").wait_for()

    page.get_by_role("link", name="Aller au premier").click()
    expect(page).to_have_url(re.compile(f"#c{reply.pk}$"))
    expect(news(page)).to_be_empty()


def test_nothing_typed_is_touched_and_nothing_moves(page, address, say, stay):
    comments = [say(f"Avis {number} " + "mot " * 60) for number in range(12)]
    page.goto(address)
    read = f"#c{comments[8].pk}"
    page.locator(f"#c{comments[8].pk} .comment__action").first.click()
    form = page.locator(f"#repondre-{comments[8].pk} form")
    expect(form.get_by_label("Votre commentaire")).to_be_focused()
    form.get_by_label("Votre commentaire").fill("Une réponse commencée")
    page.locator("#laisser-un-commentaire").get_by_label("Votre commentaire").fill("Un commentaire commencé")
    page.locator(read).evaluate("(element) => element.scrollIntoView({behavior: 'instant'})")
    for number in range(4):
        say("Plus haut " + "mot " * 80, parent=comments[number])
    say("Juste ici", parent=comments[8])
    stay(25)
    news(page).get_by_role("button").wait_for()
    before = top_of(page, read)

    news(page).get_by_role("button").focus()
    assert abs(top_of(page, read) - before) <= 1
    page.keyboard.press("Enter")
    page.get_by_text("Juste ici").wait_for()

    page.wait_for_timeout(200)
    assert abs(top_of(page, read) - before) <= 1
    assert form.get_by_label("Votre commentaire").input_value() == "Une réponse commencée"
    assert page.locator("#laisser-un-commentaire").get_by_label("Votre commentaire").input_value() == "Un commentaire commencé"


def test_what_stands_on_a_page_not_read_yet_is_led_to(page, address, say, stay):
    first = say("Le premier")
    for number in range(60):
        say(f"Avis {number}")
    page.goto(address)
    say("Une réponse", parent=first)
    last = say("Le tout dernier")
    stay(25)

    news(page).get_by_role("button").click()
    page.get_by_text("Une réponse").wait_for()

    expect(page.locator("[data-thread] .comment")).to_have_count(51)
    page.get_by_role("link", name="Aller au plus récent").click()
    page.wait_for_url(f"**#c{last.pk}")


def test_pages_read_in_place_are_filled_where_the_comments_belong(page, address, say, stay):
    comments = [say(f"Avis {number}") for number in range(60)]
    page.goto(address)
    page.get_by_role("link", name="Plus de commentaires").click()
    expect(page.locator(f"#c{comments[50].pk}")).to_be_focused()
    for parent in [comments[3], comments[49], comments[55]]:
        say(f"Réponse à {parent.comment}", parent=parent)
    say("Avis 60")
    stay(25)

    news(page).get_by_role("button").click()
    page.get_by_text("Avis 60").wait_for()

    expected = []
    for number in range(61):
        expected += [f"Avis {number}", *([f"Réponse à Avis {number}"] if number in {3, 49, 55} else [])]
    assert page.locator("[data-thread] .comment__text").all_inner_texts() == expected


def test_the_first_comments_come_where_there_was_none(page, address, discussion, say, stay):
    page.goto(address)
    say("Le tout premier")
    stay(25)

    news(page).get_by_role("button").click()
    page.get_by_text("Le tout premier").wait_for()

    assert page.locator("#commentaires .empty").count() == 0


def test_it_asks_less_and_less_often_and_never_while_nobody_looks(page, address, say, stay, asked):
    page.add_init_script("""
        window.asking = 0;
        const ask = window.fetch;
        window.fetch = (...asked) => { window.asking += 1; return ask(...asked).finally(() => { window.asking -= 1; }); };
    """)
    say("Le premier")
    page.goto(address)
    for _minute in range(30):
        stay(60)
        page.wait_for_function("() => window.asking === 0")
    page.wait_for_timeout(200)
    assert 5 <= len(asked) <= 14
    assert set(asked[1:]) == {304}

    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true})")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    before = len(asked)
    stay(3600)
    page.wait_for_timeout(200)
    assert len(asked) == before
    page.evaluate("Object.defineProperty(document, 'hidden', {value: false, configurable: true})")
    with asking(page):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        stay(1)
    page.wait_for_timeout(300)
    assert len(asked) == before + 1


def test_it_stops_where_there_is_nothing_to_read_any_more(page, address, say, stay, asked):
    say("Le premier")
    page.goto(address)
    Discussion.objects.update(mode="hidden")

    with asking(page):
        stay(400)
    for _time in range(4):
        stay(400)
        page.wait_for_timeout(100)

    assert asked == [404]


def test_without_javascript_nothing_is_promised(without_javascript, address, say):
    say("Le premier")
    without_javascript.goto(address)

    assert without_javascript.locator("[data-live]").inner_text() == ""


def test_the_news_are_accessible(page, address, say, stay, assert_accessible):
    say("Le premier")
    page.goto(address)
    say("Le deuxième")
    stay(25)
    news(page).get_by_role("button").wait_for()
    assert_accessible(page)

    news(page).get_by_role("button").click()
    expect(news(page)).to_contain_text("chacun à sa place")
    assert_accessible(page)


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def wide(request, page):
    page.set_viewport_size(request.param)
    return page


def in_view(page, selector):
    return page.locator(selector).evaluate(
        "(element) => { const box = element.getBoundingClientRect(); return box.top >= -1 && box.bottom <= innerHeight + 1; }"
    )


def led_to_the_notice_at(page, comment):
    expect(page.locator(f"#c{comment.pk} .discussion__notice")).to_be_focused()
    page.wait_for_timeout(200)
    assert in_view(page, f"#c{comment.pk} .discussion__notice")


def test_a_reply_deep_in_the_second_page_leaves_what_it_answers_in_its_place(wide, signed_in, author, address, say):
    page = signed_in(wide, author)
    comments = [say(f"Avis {number} " + "mot " * 30) for number in range(80)]
    page.goto(address)
    page.get_by_role("link", name="Plus de commentaires").click()
    expect(page.locator(f"#c{comments[50].pk}")).to_be_focused()
    answered = f"#c{comments[72].pk}"
    page.locator(f"{answered} [hx-get*='reply_to']").click()
    form = page.locator(f"#repondre-{comments[72].pk} form")
    expect(form.get_by_label("Votre commentaire")).to_be_focused()
    form.get_by_label("Votre commentaire").fill("Tout à fait")
    page.locator(answered).evaluate("(element) => element.scrollIntoView({behavior: 'instant'})")
    before = top_of(page, answered)

    form.get_by_role("button", name="Envoyer").dispatch_event("click")  # a click of the driver's own scrolls to the button first

    reply_place = page.locator(".comment", has_text="Tout à fait")
    reply_place.wait_for()
    led_to_the_notice_at(page, ThreadComment.objects.get(depth=1))
    assert abs(top_of(page, answered) - before) <= 1


def test_a_comment_leads_to_the_notice_at_it(wide, signed_in, author, address, say):
    page = signed_in(wide, author)
    for number in range(30):
        say(f"Avis {number} " + "mot " * 30)
    page.goto(address)
    form = page.locator("#laisser-un-commentaire")
    form.get_by_label("Votre commentaire").fill("Un nouveau fil")

    form.get_by_role("button", name="Envoyer").click()

    page.locator(".comment", has_text="Un nouveau fil").wait_for()
    led_to_the_notice_at(page, ThreadComment.objects.latest("pk"))
    page.wait_for_timeout(100)
    assert news(page).inner_text() == ""


def test_what_is_refused_stays_where_it_is_written(wide, signed_in, author, address, say, settings):
    page = signed_in(wide, author)
    comments = [say(f"Avis {number} " + "mot " * 30) for number in range(20)]
    settings.COMMENTS_MINIMUM_SECONDS = 600
    page.goto(address)
    answered = f"#c{comments[10].pk}"
    page.locator(f"{answered} [hx-get*='reply_to']").click()
    form = page.locator(f"#repondre-{comments[10].pk} form")
    expect(form.get_by_label("Votre commentaire")).to_be_focused()
    form.get_by_label("Votre commentaire").fill("Vite fait")
    page.locator(answered).evaluate("(element) => element.scrollIntoView({behavior: 'instant'})")
    before = top_of(page, answered)

    form.get_by_role("button", name="Envoyer").dispatch_event("click")  # a click of the driver's own scrolls to the button first
    expect(form.get_by_role("alert")).to_be_focused()
    expect(form.get_by_label("Votre commentaire")).to_have_value("Vite fait")
    assert in_view(page, f"#repondre-{comments[10].pk} [role=alert]")
    assert abs(top_of(page, answered) - before) <= 1


def test_ones_own_comment_is_no_news(page, signed_in, author, address, say, stay):
    signed_in(page, author).goto(address)
    page.locator("#laisser-un-commentaire").get_by_label("Votre commentaire").fill("De moi")
    page.locator("#laisser-un-commentaire").get_by_role("button", name="Envoyer").click()
    expect(page.locator(".comment", has_text="De moi").locator(".discussion__notice")).to_be_focused()

    with asking(page):
        stay(25)
    page.wait_for_timeout(300)

    assert news(page).inner_text() == ""


def test_who_stays_with_a_discussion_has_read_it(page, address, say, stay):
    say("Le premier")
    sent = []
    page.on("request", lambda request: sent.append(request.post_data) if request.url.endswith("/lu/") else None)
    page.goto(address)
    page.evaluate("""() => document.getElementById("commentaires").insertAdjacentHTML("afterbegin",
        '<form method="post" action="/rien/lu/" data-mark-read hidden><input name="until" value="maintenant"></form>')""")

    stay(60)
    page.wait_for_timeout(200)
    assert sent == []
    page.locator("#commentaires").evaluate("(section) => section.scrollIntoView({behavior: 'instant'})")
    page.wait_for_timeout(200)
    with page.expect_request("**/lu/"):
        stay(6)
    stay(60)
    page.wait_for_timeout(200)

    assert len(sent) == 1
    assert "maintenant" in sent[0]
