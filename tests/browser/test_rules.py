"""The screens of the rules in a browser: readable for everybody, and complete without scripts."""

import pytest
from playwright.sync_api import expect

from comments import services
from comments.models import BlockedSender, ListedWord, ModerationSettings
from comments.services import Author
from tests.factories import published_article

RULES = "/admin/moderation/rules/"


@pytest.fixture
def rules(admin, reader):
    """A word, a sender, a trusted author, and a comment that was held."""
    services.save_rule(ListedWord(text="casino", note="Jeux"), by=admin)
    services.save_rule(BlockedSender(value="spam.example", kind="domain"), by=admin)
    discussion = services.discussion_of(published_article())
    comment = services.post(discussion, author=Author(user=reader), text="Venez au **casino**").comment
    services.set_standing(comment.author_key, "trusted", by=admin, name="Lectrice")
    return comment


def test_the_screens_are_accessible(page, signed_in, moderator, rules, assert_accessible):
    signed_in(page, moderator)

    for path in ["words/", "words/new/", "words/import/", "senders/", "senders/new/", f"authors/of/{rules.pk}/", "spaces/", "numbers/"]:
        page.goto(f"{RULES}{path}")
        assert_accessible(page)
    page.goto(f"/admin/moderation/inspect/{rules.pk}/")
    expect(page.locator("mark")).to_have_text("casino")
    assert_accessible(page)


def test_a_word_is_tried_and_saved_without_any_script(without_javascript, signed_in, moderator, rules):
    page = signed_in(without_javascript, moderator)
    page.goto(f"{RULES}words/new/")

    page.get_by_label("Mot ou motif").fill("VENEZ")
    page.get_by_role("button", name="L’essayer").click()
    expect(page.locator(".moderation-trial")).to_contain_text("1 des 1 derniers")
    assert ListedWord.objects.count() == 1
    page.get_by_role("button", name="Enregistrer").click()

    expect(page.get_by_role("link", name="VENEZ")).to_be_visible()


def test_a_list_is_imported_on_a_phone(phone, signed_in, moderator, rules):
    signed_in(phone, moderator).goto(f"{RULES}words/import/")

    phone.get_by_label("Ou ses lignes").fill("tombola\ncasino")
    phone.get_by_role("button", name="Le lire").click()
    expect(phone.get_by_text("Est déjà dans la liste")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= phone.viewport_size["width"]
    phone.get_by_role("button", name="Ajouter ces mots").click()

    expect(phone.get_by_role("link", name="tombola")).to_be_visible()


def test_a_number_that_is_none_is_said_and_kept(page, signed_in, moderator, rules):
    signed_in(page, moderator).goto(f"{RULES}numbers/")

    page.get_by_label("Retenir à partir de ce nombre de liens").fill("500")
    page.get_by_role("button", name="Enregistrer").click()

    expect(page.get_by_label("Retenir à partir de ce nombre de liens")).to_have_value("500")
    assert ModerationSettings.objects.get().links_held == 2
