"""The blocks: what each shows, and what it asks of editors."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.blocks import StreamBlockValidationError

from articles.blocks import ArticleBody
from articles.blocks.media import VideoBlock
from articles.blocks.resources import LinkBlock
from articles.blocks.text import TableBlock
from articles.models import ArticlePage
from tests.factories import guide_document, guide_image, guide_index, published_article

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>"
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def shown(client, *blocks):
    return client.get(published_article(body=[{"type": kind, "value": value} for kind, value in blocks]).url).content.decode()


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("heading", {"text": "Titre", "level": "h3"}, "Titre</h3>"),
        ("text", "<p>Un <b>mot</b></p>", "<b>mot</b>"),
        ("list", {"ordered": True, "items": ["<p>Un</p>", "<p>Deux</p>"]}, '<ol class="items">'),
        ("quote", {"text": "Des mots", "author": "Zoé", "source": "Actes", "url": "https://example.org/"}, 'cite="https://example.org/"'),
        ("key_point", {"title": "", "text": "<p>À retenir</p>"}, "key-point"),
        ("figures", [{"number": "70 %", "label": "des réseaux", "source": "Enquête"}], "70 %"),
        ("accordion", [{"title": "Question", "text": "<p>Réponse</p>"}], "<summary>Question</summary>"),
    ],
)
def test_a_block_shows_what_was_written(client, kind, value, expected):
    assert expected in shown(client, (kind, value))


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("heading", {"text": HOSTILE, "level": "h2"}),
        ("quote", {"text": HOSTILE, "author": HOSTILE, "source": HOSTILE, "url": ""}),
        ("key_point", {"title": HOSTILE, "text": ""}),
        ("figures", [{"number": HOSTILE, "label": HOSTILE, "source": HOSTILE}]),
        ("accordion", [{"title": HOSTILE, "text": ""}]),
        ("video", {"title": HOSTILE, "url": YOUTUBE}),
        ("sources", {"title": HOSTILE, "items": [{"type": "link", "value": {"title": HOSTILE, "url": "https://example.org/"}}]}),
    ],
)
def test_a_block_shows_hostile_words_as_words(client, kind, value):
    assert HOSTILE not in shown(client, (kind, value))


def test_a_table_has_a_caption_and_headers_for_columns_and_rows(client):
    table = {"caption": "Leviers", "columns": [{"type": "text", "heading": "Levier"}], "rows": [{"values": ["Plaidoyer"]}]}

    html = shown(client, ("table", {"table": table, "row_headers": True}))

    assert "<caption>Leviers</caption>" in html
    assert '<th scope="col">Levier</th>' in html
    assert '<th scope="row">Plaidoyer</th>' in html


@pytest.mark.parametrize(
    "table",
    [
        {"caption": "", "columns": [{"type": "text", "heading": "Levier"}], "rows": [{"values": ["x"]}]},
        {"caption": "Leviers", "columns": [{"type": "text", "heading": ""}], "rows": [{"values": ["x"]}]},
        {"caption": "Leviers", "columns": [], "rows": []},
    ],
)
def test_a_table_without_caption_or_headings_waits_as_a_draft(table):
    block = TableBlock()
    value = block.to_python({"table": table})

    with pytest.raises(ValidationError):
        block.clean(value)
    block.clean_deferred(value)


def test_a_picture_needs_an_alternative_text_or_to_be_decorative():
    body, picture = ArticleBody(), guide_image()

    def clean(**said):
        value = {"image": {"image": picture.pk, "alt_text": "", "decorative": False, **said}}
        return body.clean(body.to_python([{"type": "picture", "value": value}]))

    with pytest.raises(StreamBlockValidationError):
        clean()
    clean(alt_text="Des engrenages")
    clean(decorative=True)


def test_a_picture_shows_its_caption_and_the_librarys_credit(client):
    picture = guide_image(credit="La rédaction")
    value = {"image": {"image": picture.pk, "alt_text": "Des engrenages", "decorative": False}, "caption": "Schéma", "credit": ""}

    html = shown(client, ("picture", value))

    assert 'alt="Des engrenages"' in html
    assert "Schéma" in html
    assert "La rédaction" in html


def test_the_first_heading_cannot_be_a_subheading():
    body = ArticleBody()

    with pytest.raises(StreamBlockValidationError):
        body.clean(body.to_python([{"type": "heading", "value": {"text": "Sous-titre", "level": "h3"}}]))


def test_an_article_has_its_sources_once():
    body = ArticleBody()
    sources = {"type": "sources", "value": {"items": [{"type": "link", "value": {"title": "x", "url": "https://example.org/"}}]}}
    body.clean(body.to_python([sources]))

    with pytest.raises(StreamBlockValidationError):
        body.clean(body.to_python([sources, sources]))


def test_a_source_says_its_type_size_and_language(client):
    document = guide_document("L’étude", language="de")

    html = shown(client, ("sources", {"items": [{"type": "document", "value": {"document": document.pk, "title": ""}}]}))

    assert "L’étude" in html
    assert "PDF" in html
    assert "2,0" in html
    assert "allemand" in html
    assert 'hreflang="de"' in html


def test_a_source_whose_file_was_deleted_says_so(client):
    document = guide_document()
    article = published_article(body=[{"type": "sources", "value": {"items": [{"type": "document", "value": {"document": document.pk}}]}}])
    document.delete()

    response = client.get(article.url)

    assert response.status_code == 200
    assert "resource__link" not in response.content.decode()


@pytest.mark.parametrize(
    ("page", "url", "title", "valid"),
    [
        (True, "", "", True),
        (False, "https://example.org/", "Un site", True),
        (False, "https://example.org/", "", False),
        (True, "https://example.org/", "Les deux", False),
        (False, "", "Aucun", False),
    ],
)
def test_a_link_leads_to_one_place_and_says_where(page, url, title, valid):
    block = LinkBlock()
    value = block.to_python({"page": guide_index().pk if page else None, "url": url, "title": title})

    if valid:
        block.clean(value)
    else:
        with pytest.raises(ValidationError):
            block.clean(value)


def test_nothing_of_a_videos_site_is_asked_for_before_the_reader_agrees(client):
    html = shown(client, ("video", {"title": "Le film", "url": YOUTUBE}))

    assert "<iframe" not in html
    assert 'src="https://' not in html
    assert f'<a class="button" href="{YOUTUBE}"' in html
    assert 'data-video-frame="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ' in html


def test_a_video_of_our_own_plays_here(client):
    document = guide_document("Film", name="film.mp4")

    html = shown(client, ("video", {"title": "Le film", "url": "", "file": document.pk}))

    assert f'src="{document.file.url}"' in html
    assert "data-video-frame" not in html


@pytest.mark.parametrize(
    ("url", "file", "valid"),
    [(YOUTUBE, None, True), ("", "film.webm", True), ("", "film.pdf", False), ("", None, False), ("https://example.org/film", None, False)],
)
def test_a_video_needs_a_source_this_site_can_show(url, file, valid):
    block = VideoBlock()
    value = block.to_python({"title": "Film", "url": url, "file": guide_document(name=file).pk if file else None})

    if valid:
        block.clean(value)
    else:
        with pytest.raises(ValidationError):
            block.clean(value)


def test_a_body_of_many_blocks_costs_no_more_queries_than_of_one(client, django_assert_max_num_queries):
    documents = [guide_document(f"Source {n}") for n in range(10)]
    items = [{"type": "document", "value": {"document": document.pk}} for document in documents]
    one = published_article("Un", body=[{"type": "sources", "value": {"items": items[:1]}}])
    many = published_article("Dix", body=[{"type": "sources", "value": {"items": items}}])

    client.get(one.url)
    client.get(many.url)
    with CaptureQueriesContext(connection) as for_one:
        client.get(one.url)

    with django_assert_max_num_queries(len(for_one)):
        client.get(many.url)


def test_words_of_every_block_are_found():
    article = ArticlePage(
        body=[{"type": "quote", "value": {"text": "chouette"}}, {"type": "figures", "value": [{"number": "1", "label": "hibou"}]}]
    )

    words = " ".join(article.body.stream_block.get_searchable_content(article.body))

    assert "chouette" in words
    assert "hibou" in words


@pytest.mark.parametrize("name", [name for name, block in ArticlePage.body.field.stream_block.child_blocks.items() if name != "picture"])
def test_editors_see_what_a_block_looks_like_before_they_choose_it(client, editor, name):
    block = ArticlePage.body.field.stream_block.child_blocks[name]
    client.force_login(editor)

    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})

    assert block.is_previewable
    assert block.get_description()
    assert response.status_code == 200
    assert 'class="block-preview"' in response.content.decode()
