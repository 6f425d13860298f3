"""Writing an article in the admin: drafts, preview, publication, schedule, history, and the settings of its discussion."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from articles.models import ArticlePage, Author
from comments.models import Discussion
from comments.services import discussion_of
from comments.states import Mode
from tests.factories import NetworkFactory, guide_image, guide_index, published_article

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    """The editor's browser, signed in."""
    client.force_login(editor)
    return client


def article_form(**fields):
    """What the editor's page sends, with some fields changed."""
    return nested_form_data(
        {
            "title": "Un article",
            "slug": "un-article",
            "introduction": "En bref.",
            "hero_image": "",
            "hero_alt": "",
            "body": streamfield([("heading", {"text": "Pourquoi ?", "level": "h2"})]),
            "authorships": inline_formset([]),
            "participations": inline_formset([]),
            "discussion_settings": inline_formset([{"mode": "open", "posters": "everyone", "moderation": "before", "invitation": ""}]),
            "tags": "",
            "published_on": "2026-11-23",
            "updated_on": "",
            "go_live_at": "",
            "expire_at": "",
            "seo_title": "",
            "search_description": "",
            "comments": inline_formset([]),
            **fields,
        }
    )


def create(desk, **fields):
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", guide_index().pk])
    return desk.post(url, article_form(**fields))


def edit(desk, article, **fields):
    return desk.post(reverse("wagtailadmin_pages:edit", args=[article.pk]), article_form(**fields))


def test_the_editor_shows_every_panel_with_the_discussion_in_a_tab(desk):
    html = desk.get(reverse("wagtailadmin_pages:add", args=["articles", "articlepage", guide_index().pk])).content.decode()

    for field in ["hero_alt", "authorships-TOTAL_FORMS", "participations-TOTAL_FORMS", "discussion_settings-0-mode", "tags"]:
        assert f'name="{field}"' in html
    assert 'id="tab-label-discussion"' in html


def test_a_draft_needs_only_a_title(desk, client):
    response = create(desk, body=streamfield([]), introduction="", hero_image=guide_image().pk)

    article = ArticlePage.objects.get()
    assert response.status_code == 302
    assert not article.live
    assert not Discussion.objects.exists()


def test_publishing_shows_the_article_and_opens_its_discussion(desk):
    network, author = NetworkFactory(), Author.objects.create(name="Zoé")

    create(
        desk,
        authorships=inline_formset([{"author": author.pk}]),
        participations=inline_formset([{"network": network.pk}]),
        discussion_settings=inline_formset(
            [{"mode": "read_only", "posters": "accounts", "moderation": "after", "invitation": "Dites-nous"}]
        ),
        tags="plaidoyer, réseaux",
        **{"action-publish": "1"},
    )

    article = ArticlePage.objects.get()
    discussion = discussion_of(article)
    assert article.live
    assert article.authors == [author]
    assert [participation.network for participation in article.participations.all()] == [network]
    assert set(article.tags.names()) == {"plaidoyer", "réseaux"}
    assert (discussion.mode, discussion.posters, discussion.moderation, discussion.invitation) == (
        "read_only",
        "accounts",
        "after",
        "Dites-nous",
    )


def test_a_draft_of_the_discussions_settings_waits_for_publication(desk):
    create(desk, **{"action-publish": "1"})
    article = ArticlePage.objects.get()
    settings = article.discussion_settings.get()
    closed = {"mode": "hidden", "posters": "everyone", "moderation": "before", "invitation": "", "id": settings.pk}

    edit(desk, article, discussion_settings=inline_formset([closed], initial=1))
    assert discussion_of(article).mode == Mode.OPEN

    edit(desk, article, discussion_settings=inline_formset([closed], initial=1), **{"action-publish": "1"})
    assert discussion_of(article).mode == Mode.HIDDEN


@pytest.mark.parametrize(
    ("said", "refused"),
    [({}, True), ({"hero_alt": "Des engrenages"}, False), ({"hero_decorative": "on"}, False)],
)
def test_a_published_picture_says_what_it_shows_or_that_it_is_decorative(desk, said, refused):
    response = create(desk, hero_image=guide_image().pk, **said, **{"action-publish": "1"})

    assert (response.status_code == 200) is refused
    assert ArticlePage.objects.live().exists() is not refused
    if refused:
        assert "hero_alt" in response.context["form"].errors


def test_an_article_that_was_never_saved_can_be_previewed(desk):
    url = reverse("wagtailadmin_pages:preview_on_add", args=["articles", "articlepage", guide_index().pk])

    assert desk.post(url, article_form(title="Pas encore né")).json() == {"is_valid": True, "is_available": True}
    response = desk.get(url)

    assert response.status_code == 200
    assert "Pas encore né" in response.content.decode()
    assert not ArticlePage.objects.exists()


def test_a_preview_may_stand_in_the_editors_own_frame(desk):
    url = reverse("wagtailadmin_pages:preview_on_add", args=["articles", "articlepage", guide_index().pk])
    desk.post(url, article_form())

    response = desk.get(url)

    assert "frame-ancestors 'none'" not in response.headers.get("Content-Security-Policy", "")
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_a_draft_of_a_published_article_can_be_previewed(desk, client):
    article = published_article("Avant")
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[article.pk])

    desk.post(url, article_form(title="Après"))

    assert "Après" in desk.get(url).content.decode()
    assert "Après" not in client.get(article.url).content.decode()


def test_a_scheduled_article_appears_on_its_day(desk, client):
    create(desk, go_live_at=(timezone.now() + timedelta(hours=2)).strftime("%Y-%m-%d %H:%M"), **{"action-publish": "1"})
    article = ArticlePage.objects.get()
    assert not article.live

    article.go_live_at = timezone.now() - timedelta(minutes=1)
    article.save_revision(approved_go_live_at=article.go_live_at)
    call_command("publish_scheduled")

    assert client.get(ArticlePage.objects.get().url).status_code == 200


def test_history_keeps_each_version(desk):
    create(desk, **{"action-publish": "1"})
    article = ArticlePage.objects.get()
    edit(desk, article, title="Une autre version", discussion_settings=inline_formset([], initial=0))

    history = desk.get(reverse("wagtailadmin_pages:history", args=[article.pk]))

    assert history.status_code == 200
    assert article.revisions.count() >= 2


def test_an_editor_chooses_pictures_and_files_and_keeps_the_menus(desk):
    guide_image("Une image partagée")

    chooser = desk.get(reverse("wagtailimages_chooser:choose"))
    menus = desk.get(reverse("wagtailsettings:edit", args=["articles", "navigation"]), follow=True)

    assert "Une image partagée" in chooser.json()["html"]
    assert menus.status_code == 200


def test_a_reader_does_not_enter_the_admin(client, reader):
    client.force_login(reader)

    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    assert create(client, **{"action-publish": "1"}).status_code == 302
    assert not Page.objects.filter(slug="un-article").exists()


def test_the_admin_opens_with_the_guide_and_what_the_editor_has_begun(desk):
    create(desk, title="Un brouillon en cours")

    home = desk.get(reverse("wagtailadmin_home")).content.decode()

    assert reverse("wagtailadmin_pages:add", args=["articles", "articlepage", guide_index().pk]) in home
    assert "Un brouillon en cours" in home


def test_the_guide_is_not_offered_to_those_who_may_not_write_in_it(client, moderator):
    guide_index()
    client.force_login(moderator)

    home = client.get(reverse("wagtailadmin_home")).content.decode()

    assert "articlepage" not in home


def test_editors_approve_each_others_pages(editor):
    task = Workflow.objects.get(name="Relecture").tasks.get().specific

    assert list(task.groups.all()) == list(editor.groups.filter(name="Rédaction"))


def test_authors_have_their_own_place_in_the_menu(desk):
    assert desk.get("/admin/snippets/articles/author/").status_code == 200
