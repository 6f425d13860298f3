"""The list of contents and the reading time."""

import pytest

from articles.contents import anchor_of
from articles.models import ArticlePage
from tests.factories import published_article

pytestmark = pytest.mark.django_db


def heading(text, level="h2", identifier=None):
    return {"type": "heading", "value": {"text": text, "level": level}, **({"id": identifier} if identifier else {})}


def text(words):
    return {"type": "text", "value": f"<p>{'mot ' * words}</p>"}


def test_subheadings_stand_below_their_heading():
    article = published_article(body=[heading("Un"), heading("Un bis", "h3"), heading("Deux"), {"type": "sources", "value": {"items": []}}])

    un, deux, sources = article.contents

    assert [un.text, deux.text, sources.anchor] == ["Un", "Deux", "sources"]
    assert [child.text for child in un.children] == ["Un bis"]


def test_a_subheading_before_any_heading_stands_by_itself():
    article = published_article(body=[heading("Seul", "h3"), heading("Après")])

    assert [entry.text for entry in article.contents] == ["Seul", "Après"]


def test_anchors_differ_for_the_same_words():
    article = published_article(body=[heading("Exemple"), heading("Exemple")])

    assert len({entry.anchor for entry in article.contents}) == 2


def test_an_anchor_survives_new_words_and_a_new_place():
    before = published_article(body=[heading("Avant", identifier="11111111-2222-3333-4444-555555555555"), heading("Autre")])
    after = ArticlePage(body=[heading("Autre"), heading("Après", identifier="11111111-2222-3333-4444-555555555555")])

    assert anchor_of(before.body[0]) == anchor_of(after.body[1])


def test_every_entry_leads_to_a_heading_of_the_page(client):
    article = published_article(body=[heading("Un"), heading("Un bis", "h3"), {"type": "sources", "value": {"items": []}}])

    html = client.get(article.url).content.decode()

    for entry in [*article.contents, *article.contents[0].children]:
        assert html.count(f'id="{entry.anchor}"') == 1
        assert f'href="#{entry.anchor}"' in html


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (200, 1), (201, 2), (1000, 5)])
def test_reading_time_is_rounded_up(words, minutes):
    assert published_article(body=[text(words)]).reading_minutes == minutes


def test_reading_time_counts_what_is_folded_and_tabled():
    article = published_article(
        introduction="mot " * 100,
        body=[
            {"type": "accordion", "value": [{"title": "mot", "text": f"<p>{'mot ' * 99}</p>"}]},
            {"type": "quote", "value": {"text": "mot " * 201}},
        ],
    )

    assert article.reading_minutes == 3
