"""The moderators' workbench in a browser: by keyboard alone, on a phone, without scripts, and each of its screens looked over by axe."""

import os
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from comments import services
from comments.models import Appeal, CannedAnswer, OutgoingMail, Report, Sanction, SanctionKind, Statement, ThreadComment
from comments.services import Author, Reporter
from comments.states import Action, ReportKind, Status, Verdict
from tests.factories import TopicFactory, UserFactory, published_article

QUEUE = "/admin/moderation/"
SHOTS = os.environ.get("SCREENSHOTS", "")
"""A folder for pictures of the screens, for those who want to look at them."""


@pytest.fixture
def discussion(db):
    return services.discussion_of(published_article())


@pytest.fixture
def waiting(discussion, reader):
    """Thirty comments that wait."""
    return [services.post(discussion, author=Author(user=reader), text=f"Texte {number:02}").comment for number in range(30)]


@pytest.fixture
def reported(discussion, reader):
    """A published comment that one reader finds abusive and another illegal."""
    comment = services.post(discussion, author=Author(user=reader), text="Des propos **discutables**", notify=False).comment
    comment = services.moderate(comment, Action.APPROVE, by=UserFactory(is_superuser=True))
    services.report(comment, by=Reporter("visitor:a"), kind=ReportKind.ABUSE, words="Il s’en prend à tout un village.")
    services.report(
        comment, by=Reporter("visitor:b", email="b@example.org"), kind=ReportKind.ILLEGAL, words="Appel à la haine", good_faith=True
    )
    return ThreadComment.objects.get(pk=comment.pk)


def statuses():
    return list(ThreadComment.objects.order_by("pk").values_list("status", flat=True))


def said(page):
    return page.locator("[data-said]")


def press_on(page, key, sentence):
    """Press a key, and wait for what the queue says of it."""
    page.keyboard.press(key)
    expect(said(page)).to_contain_text(sentence)


def test_thirty_comments_are_decided_by_keyboard_alone(page, signed_in, moderator, waiting):
    signed_in(page, moderator).goto(QUEUE)
    page.keyboard.press("j")
    expect(page.locator("[data-current]")).to_contain_text("Texte 00")

    for number in range(30):
        if number == 25:
            page.reload()
            page.keyboard.press("j")
        expect(page.locator("[data-current]")).to_contain_text(f"Texte {number:02}")
        key = "asr"[number % 3]
        page.keyboard.press(key)
        if key == "r":
            expect(page.locator("[data-current] select[name=reason]")).to_be_focused()
            page.keyboard.type("hors")
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
        expect(page.locator(".moderation-card", has_text=f"Texte {number:02}")).to_have_count(0)

    expected = [[Status.PUBLISHED, Status.SPAM, Status.REJECTED][number % 3] for number in range(30)]
    assert statuses() == expected
    assert Statement.objects.filter(restriction="reject", reason__code="off_topic").count() == 10


def test_a_key_takes_the_last_decision_back(page, signed_in, moderator, waiting):
    signed_in(page, moderator).goto(QUEUE)
    page.keyboard.press("j")
    press_on(page, "a", "U pour annuler")
    assert statuses()[0] == Status.PUBLISHED

    page.keyboard.press("u")

    expect(page.locator(".moderation-card", has_text="Texte 00")).to_have_count(1)
    assert statuses()[0] == Status.PENDING


def test_keys_are_explained_and_can_be_switched_off(page, signed_in, moderator, waiting):
    signed_in(page, moderator).goto(QUEUE)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("commentaire suivant")
    page.get_by_label("Utiliser ces touches sur cet appareil").uncheck()
    page.get_by_role("button", name="Fermer").click()

    page.keyboard.press("j")
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("j")

    expect(page.locator("[data-current]")).to_have_count(0)
    assert set(statuses()) == {Status.PENDING}


def test_letters_typed_in_a_field_decide_nothing(page, signed_in, moderator, waiting):
    signed_in(page, moderator).goto(QUEUE)
    page.keyboard.press("j")
    page.keyboard.press("r")
    words = page.locator("[data-current] textarea[name=words]")
    words.fill("")
    words.type("aaa sss")

    expect(words).to_have_value("aaa sss")
    assert set(statuses()) == {Status.PENDING}


def test_a_late_key_is_told_and_changes_nothing(page, signed_in, moderator, admin, waiting):
    signed_in(page, moderator).goto(QUEUE)
    page.keyboard.press("j")
    services.moderate(waiting[0], Action.REJECT, by=admin, reason="abuse")

    press_on(page, "a", "quelqu’un a décidé entre-temps")

    assert statuses()[0] == Status.REJECTED


def test_a_canned_answer_is_put_into_the_words(page, signed_in, moderator, waiting):
    CannedAnswer.objects.create(title="Charte", text="Merci de relire la charte.")
    signed_in(page, moderator).goto(reverse("moderation:decide", args=[waiting[0].pk, "reject"]))

    page.get_by_label("Réponse type").select_option("Charte")

    expect(page.get_by_label("Message à l’auteur·rice")).to_have_value("Merci de relire la charte.")
    expect(page.get_by_label("Réponse type")).to_have_value("")


@pytest.mark.parametrize("tab", ["reported", "pending"])
def test_the_queue_is_cleared_on_a_phone(phone, signed_in, moderator, reported, waiting, tab):
    page = signed_in(phone, moderator)
    page.goto(f"{QUEUE}?status={tab}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    if tab == "reported":
        page.get_by_role("button", name="Rien à redire").click()
        expect(page.get_by_text("Le commentaire reste")).to_be_visible()
        assert set(Report.objects.values_list("verdict", flat=True)) == {Verdict.DISMISSED}
    else:
        page.locator(".moderation-card", has_text="Texte 00").get_by_role("button", name="Approuver").click()
        expect(page.get_by_text("Le commentaire est publié.")).to_be_visible()


def test_a_comment_is_reported_without_any_script_and_its_reports_answered(without_javascript, signed_in, moderator, reported, page):
    visitor = without_javascript
    visitor.goto(reported.discussion.target.get_url())
    visitor.get_by_role("link", name=re.compile("Signaler")).first.click()
    visitor.get_by_label("Je pense qu’il est illicite").check()
    visitor.get_by_role("button", name="Envoyer le signalement").click()
    expect(visitor.get_by_text("Merci d’indiquer votre nom.")).to_be_visible()
    visitor.get_by_label("Avec vos mots").fill("Provocation")
    visitor.get_by_label("Votre nom").fill("Zoé")
    visitor.get_by_label("Votre adresse e-mail").fill("zoe@example.org")
    visitor.get_by_label("Je crois de bonne foi").check()
    visitor.get_by_role("button", name="Envoyer le signalement").click()
    expect(visitor.get_by_text(re.compile("Votre signalement porte la référence S-"))).to_be_visible()

    signed_in(page, moderator).goto(f"{QUEUE}?status=reported")
    expect(page.locator(".moderation-card")).to_contain_text("Provocation")
    page.get_by_role("link", name="Masquer", exact=True).click()
    page.get_by_label("Motif").select_option("illegal")
    page.get_by_role("button", name="Masquer", exact=True).click()
    expect(page.get_by_text("Dites à l’auteur·rice ce qui ne va pas.")).to_be_visible()
    page.get_by_label("Message à l’auteur·rice").fill("Loi de 1881, article 24")
    page.get_by_role("button", name="Masquer", exact=True).click()

    expect(page.get_by_text("Le commentaire est masqué.")).to_be_visible()
    assert set(Report.objects.values_list("verdict", flat=True)) == {Verdict.UPHELD}


def test_the_fields_for_something_illegal_show_up_when_they_are_needed(page, reported):
    page.goto(f"/commentaires/{reported.pk}/signaler/")
    expect(page.get_by_label("Votre nom")).to_be_hidden()

    page.get_by_label("Je pense qu’il est illicite").check()

    expect(page.get_by_label("Votre nom")).to_be_visible()


@pytest.fixture
def screens(discussion, reported, waiting, moderator, admin, reader, network):
    """The address of each screen of the workbench, with something on it."""
    hidden = services.post(discussion, author=Author(user=reader), text="Un mot de trop", notify=False).comment
    hidden = services.moderate(hidden, Action.APPROVE, by=admin)
    hidden = services.moderate(hidden, Action.HIDE, by=admin, reason="abuse", words="Relisez la charte, s’il vous plaît.")
    appeal = services.appeal(Statement.objects.get(comment=hidden), text="Je ne visais personne.")
    services.note(hidden, by=moderator, text="À relire ensemble mardi.")
    sanction = services.sanction(hidden, SanctionKind.WARN, by=admin, reason="abuse")
    services.claim(waiting[1], by=admin)
    CannedAnswer.objects.create(title="Charte", text="Merci de relire la charte.")
    topic = services.discussion_of(TopicFactory(network=network))
    return {
        "reported": f"{QUEUE}?status=reported",
        "pending": QUEUE,
        "empty": f"{QUEUE}?status=spam",
        "hide": reverse("moderation:decide", args=[reported.pk, "hide"]),
        "inspect": reverse("moderation:inspect", args=[hidden.pk]),
        "undo": reverse("moderation:undo", args=[hidden.pk]),
        "claim": reverse("moderation:claim", args=[waiting[1].pk]),
        "note": reverse("moderation:note", args=[hidden.pk]),
        "move": reverse("moderation:move", args=[reported.pk]),
        "author": reverse("moderation:author", args=[hidden.pk]),
        "suspend": reverse("moderation:sanction", args=[hidden.pk, "suspend"]),
        "lift": reverse("moderation:lift", args=[sanction.pk]),
        "appeals": reverse("moderation:appeals"),
        "appeal": reverse("moderation:appeal", args=[appeal.pk]),
        "calm": reverse("moderation:restraint", args=[topic.pk]),
        "discussions": reverse("moderation:discussions"),
        "register": reverse("moderation:register"),
        "statement": reverse("moderation:register_statement", args=[Statement.objects.get(comment=hidden).pk]),
        "reports": reverse("moderation:register_reports"),
        "dashboard": reverse("moderation:dashboard"),
        "transparency": reverse("moderation:transparency"),
        "filter": reverse("spam_filter:index"),
        "home": reverse("wagtailadmin_home"),
        "reasons": reverse("reason:index"),
        "reason": reverse("reason:add"),
        "answers": reverse("cannedanswer:index"),
    }


def test_each_screen_passes_axe_and_fits_a_phone(page, signed_in, moderator, screens, assert_accessible):
    signed_in(page, moderator)
    faults = []
    for name, address in screens.items():
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(address)
        try:
            assert_accessible(page)
        except AssertionError as found:
            faults.append(f"{name}: {found}")
        _picture(page, f"{name}-desktop")
        page.set_viewport_size({"width": 390, "height": 844})
        page.emulate_media(color_scheme="dark")
        if not page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"):
            faults.append(f"{name}: wider than a phone")
        _picture(page, f"{name}-phone-dark")
        page.emulate_media(color_scheme="light")
    assert not faults, "\n".join(faults)


def test_what_readers_and_authors_see_passes_axe(page, reported, moderator, assert_accessible):
    hidden = services.moderate(reported, Action.REPHRASE, by=moderator, reason="abuse", words="Sans insulte, merci.")
    other = services.post(reported.discussion, author=Author(user=UserFactory()), text="Autre avis", notify=False).comment
    other = services.moderate(other, Action.APPROVE, by=moderator)
    from comments.statement_links import path_of

    for name, address in {
        "report": f"/commentaires/{other.pk}/signaler/",
        "rephrase": path_of(Statement.objects.get(comment=hidden)),
    }.items():
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            page.goto(address)
            assert_accessible(page)
            _picture(page, f"{name}-{width}")
            assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert not Appeal.objects.exists()
    assert not Sanction.objects.exists()
    assert OutgoingMail.objects.exists()


def _picture(page, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
