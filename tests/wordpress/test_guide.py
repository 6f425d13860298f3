"""The real guide, as the WordPress that serves it exports it."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.models import ArticlePage, GuideDocument, GuideImage, StandardPage
from comments.models import Discussion, ThreadComment
from comments.states import Status
from users.models import User
from wordpress.models import Imported
from wordpress.services import import_file

GUIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "guide-influence" / "guide-influence.wxr.xml"
pytestmark = [pytest.mark.django_db, pytest.mark.skipif(not GUIDE.exists(), reason="the real guide is not beside the repository")]
MODELS = (ArticlePage, StandardPage, GuideDocument, GuideImage, ThreadComment, Discussion, User, Imported)


def tallies():
    return {model.__name__: model.objects.count() for model in MODELS}


@pytest.fixture
def report():
    return import_file(GUIDE)


@pytest.fixture
def article(report):
    return ArticlePage.objects.get(live=True)


def test_the_article_has_its_words_its_picture_and_its_sources(article):
    kinds = [block.block_type for block in article.body]

    assert article.title.startswith("Les réseaux en tête de l’influence")
    assert article.slug == "les-reseaux-en-tete-de-linfluence"
    assert article.introduction == "Permettre aux réseaux associatifs de mener une réflexion approfondie sur leur influence."
    assert kinds == ["heading", "text", "list", "text", "heading", "text", "heading", "heading", "sources", "text"]
    assert len(article.contents) == 5
    assert len(article.body[2].value["items"]) == 2
    assert [item.block_type for item in article.body[8].value["items"]] == ["document"] * 3
    assert article.hero_alt == "Engrenages et parole des réseaux qui portent jusqu'au débat politique"
    assert article.hero_caption == "Illustration article"
    assert article.hero_image.file.storage.exists(article.hero_image.file.name)


def test_the_article_keeps_its_date_its_author_and_its_tags(article):
    assert article.first_published_at.isoformat() == "2023-01-17T10:30:00+00:00"
    assert article.published_on.isoformat() == "2023-01-17"
    assert [author.name for author in article.authors] == ["La rédaction"]
    assert sorted(article.tags.names()) == ["influence", "plaidoyer", "réseaux"]
    assert not article.owner.is_active
    assert not article.owner.has_usable_password()


def test_the_body_is_one_an_editor_can_save(article):
    assert article.body.stream_block.clean(article.body)


def test_the_draft_is_a_draft_and_no_page_is_overwritten(report):
    draft = ArticlePage.objects.get(live=False)
    page = StandardPage.objects.get(slug="mentions-legales-2")

    assert draft.title == "Brouillon : les leviers de l’influence"
    assert draft.latest_revision is not None
    assert not page.live
    assert StandardPage.objects.get(slug="mentions-legales").live
    assert any("mentions-legales" in warning.sentence for warning in report.warnings)


def test_the_comments_keep_their_thread_status_and_date(article, report):
    discussion = Discussion.objects.for_target(article).get()
    comments = list(ThreadComment.objects.filter(discussion=discussion).order_by("path"))
    by_author = {(comment.author_name, comment.depth): comment for comment in comments}

    assert len(comments) == 12
    assert (discussion.published_count, discussion.pending_count) == (9, 2)
    assert [comment.depth for comment in comments] == [0, 1, 2, 3, 0, 1, 0, 1, 0, 0, 1, 2]
    assert by_author["Commentaire retiré", 0].status == Status.REJECTED
    assert by_author["Commentaire retiré", 0].comment == "Propos retiré par la modération."
    assert by_author["La rédaction", 1].user.email == "redaction@example.org"
    assert comments[0].submit_date.isoformat() == "2023-01-18T09:30:00+00:00"
    assert all(comment.ip_address is None for comment in comments)
    assert report.counts["pings"]["skipped"] == 1
    call_command("check_threads", stdout=StringIO())


def test_the_comments_show_safe_html_and_keep_what_was_typed(article):
    scripted = ThreadComment.objects.get(user_name="Élève directeur·rice")
    emphatic = ThreadComment.objects.get(comment__contains="avant")
    escaped = ThreadComment.objects.get(comment__contains="merci&gt;")

    assert "<script>alert(1)</script>" in scripted.comment
    assert "script" not in scripted.html
    assert "<em>avant</em>" in emphatic.html
    assert escaped.html.strip() == "<p>&lt;merci&gt; &amp; à bientôt</p>"
    assert ThreadComment.objects.filter(html__contains="👍🏽").exists()


def test_importing_again_changes_nothing(article):
    before = tallies(), article.latest_revision_id, ArticlePage.objects.get(pk=article.pk).body.raw_data[0]

    again = import_file(GUIDE)

    after = ArticlePage.objects.get(pk=article.pk)
    assert not again.changed
    assert (tallies(), after.latest_revision_id, after.body.raw_data[0]) == before


def test_a_trial_changes_nothing_and_leaves_no_file(media_folder):
    before = tallies()

    report = import_file(GUIDE, dry_run=True)

    assert report.changed
    assert tallies() == before
    assert not [path for path in media_folder.rglob("*") if path.is_file()]


def test_a_trial_says_what_the_import_then_does():
    trial = import_file(GUIDE, dry_run=True).as_data()
    done = import_file(GUIDE).as_data()

    assert {**trial, "dry_run": False} == done
