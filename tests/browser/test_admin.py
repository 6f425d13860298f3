"""The Wagtail admin under its content policy: nothing that editors use is refused by the browser."""

from playwright.sync_api import expect

from tests.factories import published_article


def test_an_editor_writes_previews_and_meets_the_user_bar(page, editor, signed_in):
    article = published_article("Un chapitre")
    signed_in(page, editor)

    page.goto(f"/admin/pages/{article.pk}/edit/")
    page.locator("[name=title]").fill("Un chapitre récrit")
    page.locator("[data-side-panel-toggle=preview]").click()
    preview = page.frame_locator("iframe").first
    preview.get_by_role("heading", name="Un chapitre", level=1).wait_for()

    page.goto(article.url)
    page.locator("wagtail-userbar").wait_for(state="attached")


def test_an_administrator_finds_the_accounts(page, admin, reader, signed_in):
    signed_in(page, admin).goto("/admin/users/")
    page.get_by_role("link", name="Lectrice").first.click()

    expect(page.locator("[name=display_name]")).to_have_value("Lectrice")
    page.wait_for_load_state()
    assert page.locator("[name=first_name]").count() == 0
