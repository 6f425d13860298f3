"""Importing: what becomes of what, whatever a WordPress wrote, and importing again."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone
from PIL import Image

from articles.models import ArticlePage, Author, GuideDocument, GuideImage, StandardPage
from comments.integrity import check
from comments.models import Discussion, ThreadComment
from comments.states import Mode, Status
from tests.factories import UserFactory, guide_index, standard_page
from tests.wordpress.conftest import attachment, author, comment, item, meta, term
from users.models import User
from wordpress.models import Imported, ImportLock
from wordpress.services import AlreadyRunning, import_file
from wordpress.wxr import ExportError

pytestmark = pytest.mark.django_db


@pytest.fixture
def uploads(tmp_path):
    """The uploads beside the export: a picture and a file."""
    folder = tmp_path / "uploads" / "2023" / "01"
    folder.mkdir(parents=True)
    Image.new("RGB", (40, 30), "teal").save(folder / "plan.png")
    (folder / "etude.pdf").write_bytes(b"%PDF-1.4 une etude")
    return folder


@pytest.fixture
def imported(export, db):
    """Imports items and returns the report."""
    guide_index()
    return lambda *items, **options: import_file(export(*items), **options)


def article(**fields):
    return ArticlePage.objects.get(**fields)


def sentences(report):
    return " | ".join(str(warning) for warning in report.warnings)


# Pages ----------------------------------------------------------------------------------------------------------------


def test_a_fresh_site_is_planted_first(export):
    import_file(export(item(10)))

    assert article().get_url() == "/guide/article-10/"
    assert StandardPage.objects.filter(slug="charte").exists()


def test_an_existing_guide_takes_the_articles(imported):
    guide = guide_index()

    imported(item(10))

    assert article().get_parent().pk == guide.pk


def test_a_long_title_is_cut_and_stands_whole_in_the_introduction(imported):
    title = "mot " * 75 + "fin"

    imported(item(10, title=title, excerpt="Un extrait"))

    assert len(article().title) <= 255
    assert article().title.endswith("…")
    assert article().introduction == f"{title} — Un extrait"


@pytest.mark.parametrize("title", ["", "   ", "<b></b>", "\u202e"])
def test_an_article_without_title_gets_one(imported, title):
    imported(item(10, title=title, post_name=""))

    assert article().title == "Sans titre"
    assert article().slug


def test_a_title_is_plain_words(imported):
    imported(item(10, title="<em>Peser</em> &amp; <script>alert(1)</script>agir"))

    assert article().title == "Peser & agir"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"post_date_gmt": "2020-05-01 08:00:00"}, datetime(2020, 5, 1, 8, tzinfo=UTC)),
        ({"post_date_gmt": "0000-00-00 00:00:00", "post_date": "2020-05-01 10:00:00"}, datetime(2020, 5, 1, 8, tzinfo=UTC)),
        ({"post_date_gmt": "", "post_date": "nonsense"}, datetime(2019, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ({"post_date_gmt": "99999-13-45", "post_date": "-0001-11-30 00:00:00"}, datetime(2019, 1, 2, 3, 4, 5, tzinfo=UTC)),
    ],
)
def test_a_date_is_gmt_else_local_else_the_feeds(imported, fields, expected):
    imported(item(10, extra="<pubDate>Wed, 02 Jan 2019 03:04:05 +0000</pubDate>", **fields))

    assert article().first_published_at == expected


def test_an_article_without_any_date_is_dated_now(imported):
    imported(item(10, post_date_gmt=""))

    assert timezone.now() - article().first_published_at < timedelta(minutes=5)


def test_drafts_private_and_unknown_statuses_are_drafts(imported):
    report = imported(
        item(1, status="draft", post_date_gmt="0000-00-00 00:00:00"),
        item(2, status="pending"),
        item(3, status="private"),
        item(4, post_password="secret"),
        item(5, status="archived"),
    )

    assert not ArticlePage.objects.filter(live=True).exists()
    assert ArticlePage.objects.count() == 5
    assert all(page.latest_revision for page in ArticlePage.objects.all())
    for word in ("review", "private", "password", "archived"):
        assert word in sentences(report)


def test_binned_and_automatic_drafts_are_left_out_with_their_comments(imported):
    report = imported(item(1, status="trash", extra=comment()), item(2, status="auto-draft"))

    assert not ArticlePage.objects.exists()
    assert report.counts["articles"]["skipped"] == 2
    assert report.counts["comments"]["skipped"] == 1


def test_a_scheduled_article_is_scheduled(imported):
    soon = timezone.now().replace(microsecond=0) + timedelta(days=3)

    imported(item(10, status="future", post_date_gmt=f"{soon:%Y-%m-%d %H:%M:%S}"))

    assert not article().live
    assert article().approved_schedule
    assert article().go_live_at == soon


def test_an_article_scheduled_for_a_past_day_is_published(imported):
    imported(item(10, status="future"))

    assert article().live


def test_equal_addresses_are_numbered(imported):
    report = imported(item(1, post_name="meme"), item(2, post_name="meme"))

    assert sorted(ArticlePage.objects.values_list("slug", flat=True)) == ["meme", "meme-2"]
    assert "“meme” is taken" in sentences(report)


def test_two_items_with_one_number_are_said_and_the_first_is_taken(imported):
    report = imported(item(1, title="Premier"), item(1, title="Second", post_name="second"))

    assert article().title == "Premier"
    assert "has the number of another item" in sentences(report)


def test_items_without_number_are_told_apart_and_found_again(imported):
    twice = (item("", post_name="a", title="A"), item("0", post_name="b", title="B"))

    imported(*twice)
    again = imported(*twice)

    assert ArticlePage.objects.count() == 2
    assert not again.changed


def test_pages_keep_their_parents_whatever_the_order_and_circles_end(imported):
    imported(
        item(3, post_type="page", post_name="fille", post_parent="2"),
        item(2, post_type="page", post_name="mere"),
        item(4, post_type="page", post_name="orpheline", post_parent="99"),
        item(5, post_type="page", post_name="oeuf", post_parent="6"),
        item(6, post_type="page", post_name="poule", post_parent="5"),
    )

    pages = {page.slug: page for page in StandardPage.objects.all()}
    assert pages["fille"].get_parent().slug == "mere"
    assert pages["orpheline"].get_parent().slug == "accueil"
    assert {"oeuf", "poule"} <= pages.keys()


def test_a_page_whose_address_is_taken_comes_in_as_a_draft(imported):
    mine = standard_page("Mentions légales", slug="mentions-legales")

    report = imported(item(1, "Autre texte", post_type="page", post_name="mentions-legales"))

    assert StandardPage.objects.get(pk=mine.pk).live
    assert not StandardPage.objects.get(slug="mentions-legales-2").live
    assert "compare the two" in sentences(report)


def test_a_page_never_hides_behind_an_address_of_the_site(imported):
    imported(item(1, post_type="page", post_name="sante"), item(2, post_type="page", post_name="admin"))

    assert sorted(StandardPage.objects.values_list("slug", flat=True)) == ["admin-2", "sante-2"]


def test_tags_and_categories_are_tags_once(imported):
    terms = term("Influence", "category") + term("influence") + term("réseaux") + term("Uncategorized", "category")

    imported(item(1, extra=terms), item(2, extra=term("INFLUENCE")))

    for page in ArticlePage.objects.order_by("pk"):
        assert "influence" in page.tags.names()
    assert sorted(ArticlePage.objects.first().tags.names()) == ["influence", "réseaux"]


def test_other_types_are_counted(imported):
    report = imported(item(1, post_type="nav_menu_item"), item(2, post_type="product", extra=comment()), item(3, post_type="wp_block"))

    assert report.counts["others"]["skipped"] == 3
    assert report.counts["comments"]["skipped"] == 1
    assert "product" in report.as_text()


def test_links_between_articles_follow_them_whatever_their_order(imported, uploads):
    text = '<a href="https://blog.example.org/article-2/">Suite</a> <a href="/x">x</a>'
    text += '<a href="/wp-content/uploads/2023/01/etude.pdf">Étude</a>'

    imported(item(1, text), item(2), attachment(7, "2023/01/etude.pdf"))

    body = article(slug="article-1").body[0].value.source
    assert f'<a linktype="page" id="{article(slug="article-2").pk}">Suite</a>' in body
    assert f'<a linktype="document" id="{GuideDocument.objects.get().pk}">Étude</a>' in body
    assert '<a href="https://blog.example.org/x">x</a>' in body


def test_an_author_becomes_a_byline_and_an_account_without_rights(imported):
    imported(author(), item(1))

    user = User.objects.get(email="redaction@example.org")
    assert (user.is_active, user.is_staff, user.is_superuser, user.has_usable_password()) == (False, False, False, False)
    assert [str(name) for name in article().authors] == ["La rédaction"]
    assert article().owner == user


def test_an_account_that_is_here_is_used_and_stays_what_it_was(imported):
    here = UserFactory(email="Redaction@example.org", display_name="Moi")

    imported(author(), item(1))

    here.refresh_from_db()
    assert article().owner == here
    assert (here.display_name, here.is_active) == ("Moi", True)


def test_an_author_without_address_has_a_byline_only(imported):
    report = imported(author(email="nonsense"), item(1))

    assert Author.objects.get().name == "La rédaction"
    assert article().owner is None
    assert "no usable e-mail address" in sentences(report)


# Pictures and files ---------------------------------------------------------------------------------------------------


def test_the_featured_picture_goes_to_the_head_and_not_twice(imported, uploads):
    text = '<figure><img src="/wp-content/uploads/2023/01/plan-300x200.png" alt="Le plan"><figcaption>Vu</figcaption></figure>x'

    imported(attachment(4, "2023/01/plan.png", alt="Un plan"), item(1, text, extra=meta("_thumbnail_id", "4")))

    page = article()
    assert (page.hero_image.title, page.hero_alt, page.hero_caption) == ("Une pièce", "Le plan", "Vu")
    assert [block.block_type for block in page.body] == ["text"]


def test_a_featured_picture_that_is_not_in_the_text_takes_its_own_words(imported, uploads):
    imported(item(1, "x", extra=meta("_thumbnail_id", "4")), attachment(4, "2023/01/plan.png", alt="Un plan", excerpt="Légende"))

    assert (article().hero_alt, article().hero_caption) == ("Un plan", "Légende")


@pytest.mark.parametrize("number", ["99", "nonsense", "7"])
def test_a_featured_picture_that_is_not_there_is_said(imported, uploads, number):
    report = imported(item(1, extra=meta("_thumbnail_id", number)), attachment(7, "2023/01/etude.pdf"))

    assert article().hero_image is None
    assert "featured picture" in sentences(report)


def test_pictures_in_the_text_are_found_by_address_and_by_size(imported, uploads):
    by_size = '<img src="/wp-content/uploads/2023/01/plan-20x15.png" alt="Petit">'
    by_number = '<img class="wp-image-4" src="https://cdn.example.net/a.png" alt="Ailleurs">'

    imported(item(1, by_size + by_number), attachment(4, "2023/01/plan.png"))

    picture = GuideImage.objects.get()
    assert [block.value["image"].pk for block in article().body] == [picture.pk, picture.pk]


def test_a_missing_file_is_said_and_the_link_leads_to_the_old_site(imported, uploads):
    text = '<img src="https://blog.example.org/wp-content/uploads/2023/01/perdue.png" alt="Perdue">'

    report = imported(item(1, text), attachment(4, "2023/01/perdue.png"))

    assert 'href="https://blog.example.org/wp-content/uploads/2023/01/perdue.png">Perdue</a>' in article().body[0].value.source
    assert "2023/01/perdue.png: the file was not found" in sentences(report)


@pytest.mark.parametrize(
    "path",
    ["../../secret.pdf", "/etc/passwd", "2023/../../../secret.pdf", "2023\\..\\secret.pdf", "2023/01/a\x7fb.pdf", "x" * 5000 + ".pdf"],
)
def test_a_path_never_leads_out_of_the_uploads(imported, uploads, tmp_path, path):
    (tmp_path / "secret.pdf").write_bytes(b"%PDF secret")

    imported(item(1, f'<a href="/wp-content/uploads/{path}">x</a>'), attachment(4, path))

    assert not GuideDocument.objects.exists()


def test_a_link_on_the_disk_never_leads_out_of_the_uploads(imported, uploads, tmp_path):
    (tmp_path / "secret.pdf").write_bytes(b"%PDF secret")
    (uploads / "lien.pdf").symlink_to(tmp_path / "secret.pdf")

    imported(attachment(4, "2023/01/lien.pdf"))

    assert not GuideDocument.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("abimee.png", b"\x89PNG\r\n\x1a\nnot really", "abimee.png"),
        ("page.png", b"<html></html>", "page.png"),
        ("programme.exe", b"MZ", "are not taken here"),
        ("faux.pdf", b"<script>", "its content is not that of a pdf file"),
        ("vide.pdf", b"", "it is empty"),
        ("dessin.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>', "carries scripts"),
        ("bombe.svg", b'<!DOCTYPE s [<!ENTITY a "a">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">&a;</svg>', "bombe.svg"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_left_out(imported, uploads, name, content, fault):
    (uploads / name).write_bytes(content)

    report = imported(attachment(4, f"2023/01/{name}"))

    assert not GuideDocument.objects.exists()
    assert not GuideImage.objects.exists()
    assert fault in sentences(report)


def test_the_same_file_twice_is_one(imported, uploads):
    (uploads / "copie.pdf").write_bytes((uploads / "etude.pdf").read_bytes())

    imported(attachment(4, "2023/01/etude.pdf"), attachment(5, "2023/01/copie.pdf"))

    assert GuideDocument.objects.count() == 1


def test_files_are_found_in_the_folder_named(export, uploads, tmp_path):
    uploads.parent.parent.rename(tmp_path / "elsewhere")

    import_file(export(attachment(4, "2023/01/etude.pdf")), media=tmp_path / "elsewhere")

    assert GuideDocument.objects.get().title == "Une pièce"


def test_a_file_the_export_does_not_list_is_found_by_its_address(imported, uploads):
    imported(item(1, '<a href="https://blog.example.org/wp-content/uploads/2023/01/etude.pdf">É</a>'))

    assert GuideDocument.objects.get().title == "etude"


def test_a_file_of_another_site_is_never_taken_for_ours(imported, uploads):
    imported(item(1, '<a href="https://other.example.net/wp-content/uploads/2023/01/etude.pdf">É</a>'))

    assert not GuideDocument.objects.exists()


# Comments -------------------------------------------------------------------------------------------------------------


def thread():
    return [(row.comment, row.depth) for row in ThreadComment.objects.order_by("path")]


def test_replies_find_their_parents_whatever_the_order(imported):
    imported(
        item(
            1,
            extra=comment(3, "1.1.1", parent=2, date_gmt="2020-01-01 00:00:00")
            + comment(2, "1.1", parent=1, date_gmt="2021-01-01 00:00:00")
            + comment(1, "1", date_gmt="2022-01-01 00:00:00"),
        )
    )

    assert thread() == [("1", 0), ("1.1", 1), ("1.1.1", 2)]
    assert not list(check())


def test_lost_parents_and_circles_start_threads_and_are_said(imported):
    report = imported(
        item(
            1,
            extra=comment(1, "perdu", parent=77)
            + comment(2, "a", parent=3, date_gmt="2023-03-01 00:00:00")
            + comment(3, "b", parent=4, date_gmt="2023-03-02 00:00:00")
            + comment(4, "c", parent=2, date_gmt="2023-03-03 00:00:00")
            + comment(5, "moi", parent=5, date_gmt="2023-03-04 00:00:00")
            + comment(6, "queue", parent=3, date_gmt="2023-03-05 00:00:00"),
        )
    )

    assert sorted(text for text, depth in thread() if not depth) == ["a", "moi", "perdu"]
    assert dict(thread())["b"] == 2
    assert ThreadComment.objects.count() == 6
    assert "answers the comment 77" in sentences(report)
    assert "answers itself" in sentences(report)
    assert not list(check())


def test_a_parent_or_a_number_of_another_article_is_not_taken_for_this_ones(imported):
    both = (
        item(1, extra=comment(1, "ici")),
        item(2, extra=comment(1, "là") + comment(2, "réponse", parent=9)),
        item(3, extra=comment(9, "ailleurs")),
    )

    imported(*both)
    again = imported(*both)

    assert sorted(thread()) == [("ailleurs", 0), ("ici", 0), ("là", 0), ("réponse", 0)]
    assert not again.changed
    assert not list(check())


def test_a_thread_of_a_hundred_levels_is_kept_in_order(imported):
    imported(item(1, extra="".join(comment(number, str(number), parent=number - 1) for number in range(1, 101))))

    assert ThreadComment.objects.count() == 100
    assert not list(check())


@pytest.mark.parametrize(
    ("approved", "status"),
    [
        ("1", Status.PUBLISHED),
        ("approved", Status.PUBLISHED),
        ("0", Status.PENDING),
        ("hold", Status.PENDING),
        ("", Status.PENDING),
        ("spam", Status.SPAM),
        ("trash", Status.REJECTED),
        ("post-trashed", Status.REJECTED),
        ("whatever", Status.PENDING),
    ],
)
def test_a_comment_stands_where_it_stood(imported, approved, status):
    imported(item(1, extra=comment(approved=approved)))

    assert ThreadComment.objects.get().status == status


def test_pingbacks_are_counted_and_not_shown(imported):
    report = imported(item(1, extra=comment(1, type="pingback") + comment(2, type="trackback") + comment(3, type="")))

    assert ThreadComment.objects.count() == 1
    assert report.counts["pings"]["skipped"] == 2


def test_a_megabyte_is_kept_whole_and_shown_to_the_limit(imported):
    text = "mot " * 260_000

    report = imported(item(1, extra=comment(1, text)))

    kept = ThreadComment.objects.get()
    assert kept.comment == text.strip()
    assert len(kept.html) < 11_000
    assert "longer than 10,000 characters" in sentences(report)


def test_comments_without_number_or_with_one_number_are_all_kept(imported):
    extra = comment("", "un") + comment("0", "deux") + comment(7, "trois") + comment(7, "quatre") + comment(7, "quatre")

    imported(item(1, extra=extra))
    again = imported(item(1, extra=extra))

    assert sorted(text for text, _ in thread()) == ["deux", "quatre", "trois", "un"]
    assert not again.changed


def test_a_guest_keeps_name_and_address_and_an_author_gets_the_account(imported):
    imported(
        author(),
        item(1, extra=comment(1, "a", author="Ève\x7f", author_email="eve@example.org") + comment(2, "b", user_id=2, parent=1)),
    )

    guest, member = ThreadComment.objects.order_by("pk")
    assert (guest.author_name, guest.user_email, guest.user) == ("Ève", "eve@example.org", None)
    assert member.user.email == "redaction@example.org"


@pytest.mark.parametrize(
    "fields",
    [
        {"author": "", "author_email": ""},
        {"author": "<b>" + "x" * 300, "author_email": "a" * 300 + "@x"},
        {"date_gmt": "0000", "user_id": "x"},
    ],
)
def test_a_comment_with_nonsense_in_its_fields_is_kept(imported, fields):
    imported(item(1, extra=comment(**fields)))

    assert ThreadComment.objects.get().author_name


def test_a_closed_article_is_read_only(imported):
    imported(item(1, comment_status="closed", extra=comment()), item(2))

    modes = {discussion.target.slug: discussion.mode for discussion in Discussion.objects.all()}
    assert modes == {"article-1": Mode.READ_ONLY, "article-2": Mode.OPEN}


def test_comments_of_pages_and_attachments_are_said(imported, uploads):
    report = imported(item(1, post_type="page", extra=comment(1) + comment(2)))

    assert "has 2 comments" in sentences(report)
    assert report.counts["comments"]["skipped"] == 2


# Again ----------------------------------------------------------------------------------------------------------------


def test_a_newer_export_adds_what_is_new_and_updates_what_changed(imported, uploads):
    imported(item(1, "Un", extra=comment(1, "a")), item(2, "Deux"))

    report = imported(item(1, "Un, revu", extra=comment(1, "a") + comment(2, "b", parent=1)), item(2, "Deux"), item(3, "Trois"))

    assert "Un, revu" in article(slug="article-1").body[0].value.source
    assert ArticlePage.objects.count() == 3
    assert thread() == [("a", 0), ("b", 1)]
    assert (report.counts["articles"]["updated"], report.counts["articles"]["unchanged"], report.counts["articles"]["made"]) == (1, 1, 1)


def test_what_editors_changed_here_is_never_overwritten(imported):
    imported(item(1, "Un"))
    page = article()
    page.title = "Réécrit ici"
    page.save_revision().publish()

    report = imported(item(1, "Un, revu là-bas"))

    assert article().title == "Réécrit ici"
    assert "left as it is here" in sentences(report)


def test_what_was_deleted_here_stays_deleted(imported, uploads):
    imported(item(1), attachment(4, "2023/01/etude.pdf"))
    article().delete()
    GuideDocument.objects.get().delete()

    report = imported(item(1), attachment(4, "2023/01/etude.pdf"))

    assert not ArticlePage.objects.exists()
    assert not GuideDocument.objects.exists()
    assert "removed from this site" in report.as_text()


def test_an_article_taken_down_here_is_not_published_again(imported):
    imported(item(1, "Un"))
    article().unpublish()

    imported(item(1, "Un, revu"))

    assert not article().live


def test_a_draft_that_was_published_meanwhile_is_published(imported):
    imported(item(1, "Un", status="draft"))

    imported(item(1, "Un", status="publish"))

    assert article().live


def test_files_found_only_now_reach_the_articles_that_waited(imported, tmp_path):
    text = '<img src="/wp-content/uploads/2023/01/plan.png" alt="Plan">'
    imported(item(1, text), attachment(4, "2023/01/plan.png"))
    folder = tmp_path / "uploads" / "2023" / "01"
    folder.mkdir(parents=True)
    Image.new("RGB", (40, 30), "teal").save(folder / "plan.png")

    imported(item(1, text), attachment(4, "2023/01/plan.png"))

    assert [block.block_type for block in article().body] == ["picture"]


def test_a_moderators_decision_is_not_undone(imported, moderator):
    from comments.services import moderate
    from comments.states import Action

    imported(item(1, extra=comment(1, approved="0")))
    moderate(ThreadComment.objects.get(), Action.REJECT, by=moderator, reason="off_topic")

    report = imported(item(1, extra=comment(1, approved="1")))

    assert ThreadComment.objects.get().status == Status.REJECTED
    assert "left as it is here" in sentences(report)


# Everything or nothing ------------------------------------------------------------------------------------------------


def everything():
    """How many there are of all that an import makes."""
    return [model.objects.count() for model in (ArticlePage, StandardPage, GuideDocument, GuideImage, ThreadComment, User, Imported)]


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_broken_at_its_end_leaves_nothing(export, uploads, media_folder):
    before = everything()

    with pytest.raises(ExportError):
        import_file(export(attachment(4, "2023/01/etude.pdf"), item(1), item(2), tail=""))

    assert everything() == before
    assert not files(media_folder)


def test_a_failure_in_the_middle_leaves_nothing_and_no_file(export, uploads, media_folder, monkeypatch):
    monkeypatch.setattr("wordpress.talk.Talk.bring_in", lambda *args: 1 / 0)
    before = everything()

    with pytest.raises(ZeroDivisionError):
        import_file(export(attachment(4, "2023/01/etude.pdf"), item(1)))

    assert everything() == before
    assert not files(media_folder)


def test_a_trial_leaves_nothing_and_no_file(imported, uploads, media_folder):
    before = everything()

    report = imported(attachment(4, "2023/01/etude.pdf"), author(), item(1, extra=comment()), dry_run=True)

    assert report.counts["files"]["made"] == 1
    assert everything() == before
    assert not files(media_folder)


@pytest.mark.django_db(transaction=True)
def test_a_second_import_is_refused_while_one_runs(export, settings):
    if connection.vendor == "sqlite":
        connection.settings_dict["OPTIONS"] = {**connection.settings_dict["OPTIONS"], "timeout": 1}
    path, outcome = export(item(1)), []
    ImportLock.objects.get_or_create(pk=1)

    def second():
        try:
            import_file(path)
        except AlreadyRunning as refusal:
            outcome.append(str(refusal))
        finally:
            connections.close_all()

    with transaction.atomic():
        ImportLock.objects.select_for_update().get(pk=1)
        worker = threading.Thread(target=second)
        worker.start()
        worker.join()

    assert outcome == ["Another import is running, or the database is busy: try again when it has ended."]
    assert not ArticlePage.objects.exists()
