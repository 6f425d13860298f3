"""What is found, in which order, and on which page."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from search import results
from search.models import Entry
from search.queries import parse
from search.results import PAGE_SIZE, find
from tests.factories import TopicFactory, published_article, standard_page

VISITOR = AnonymousUser()


@pytest.mark.parametrize("typed", ["réseaux", "reseau", "RÉSEAU", "RESEAUX", "re\u0301seau", "«réseau»", "réseau?!", "les réseaux"])
def test_accents_capitals_and_plurals_do_not_matter(search, say, typed):
    article = published_article("Les têtes de réseau")
    say(article, "Notre réseau s’organise.")

    assert search(typed, VISITOR) == ["Les têtes de réseau", "Notre réseau s’organise."]


def test_every_kind_of_thing_is_found_by_its_words(search, say):
    article = published_article("Influencer", introduction="Une palabre pour commencer")
    standard_page("Charte de la palabre")
    TopicFactory(title="Rentrée", text="La **palabre** de rentrée")
    say(article, "Vive **la** palabre")

    found = find(parse("palabre"), user=VISITOR).hits

    assert {hit.entry.kind for hit in found} == {"article", "page", "topic", "comment"}
    assert len(found) == 4


@pytest.mark.parametrize(
    ("kind", "found"), [("article", ["Palabre"]), ("topic", ["Palabre du soir"]), ("comment", ["Palabre !"]), ("page", [])]
)
def test_a_kind_narrows_the_answer(search, say, kind, found):
    say(published_article("Palabre"), "Palabre !")
    TopicFactory(title="Palabre du soir")

    assert search("palabre", VISITOR, kind) == found


def test_all_words_are_needed(search):
    TopicFactory(title="Réseau et influence")
    TopicFactory(title="Réseau")

    assert search("influence réseau", VISITOR) == ["Réseau et influence"]


def test_a_phrase_needs_its_words_side_by_side(search):
    TopicFactory(title="Têtes de réseau")
    TopicFactory(title="Le réseau en tête")

    assert search("« tête de réseau »", VISITOR) == ["Têtes de réseau"]
    assert len(search("tête de réseau", VISITOR)) == 2


def test_where_nothing_holds_all_words_some_of_them_answer_best_first(search):
    TopicFactory(title="Réseau")
    TopicFactory(title="Réseau et influence")

    assert search("réseau influence zygomatique", VISITOR) == ["Réseau et influence", "Réseau"]


def test_where_no_word_is_whole_its_beginning_answers(search):
    TopicFactory(title="Concertation")

    assert search("concer", VISITOR) == ["Concertation"]
    assert search("co", VISITOR) == []


def test_titles_come_first_then_density_then_the_newest(search, say):
    article = published_article("Autre chose", introduction="palabre")
    say(article, "palabre " * 3 + "à tous")
    say(article, "palabre une fois, dite au début")
    say(article, "palabre une fois, dite ensuite")
    TopicFactory(title="Palabre")

    assert search("palabre", VISITOR, "topic") == ["Palabre"]
    assert search("palabre", VISITOR)[:2] == ["Palabre", "palabre palabre palabre à tous"]
    newest, oldest = search("palabre une fois", VISITOR, "comment")
    assert newest.endswith("ensuite")
    assert oldest.endswith("début")


def test_pages_hold_every_result_once(search, db):
    TopicFactory.create_batch(PAGE_SIZE * 2 + 5, title="Palabre")

    pages = [find(parse("palabre"), user=VISITOR, page=number) for number in (1, 2, 3)]

    assert [len(page.hits) for page in pages] == [20, 20, 5]
    assert len({hit.entry.pk for page in pages for hit in page.hits}) == 45
    assert [(page.page, page.pages, page.total, page.more, page.first_number) for page in pages] == [
        (1, 3, 45, False, 1),
        (2, 3, 45, False, 21),
        (3, 3, 45, False, 41),
    ]


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-3, 1), (3, 2), (9_999, 2)])
def test_a_page_out_of_bounds_is_the_nearest_one(db, asked, given):
    TopicFactory.create_batch(PAGE_SIZE + 1, title="Palabre")

    assert find(parse("palabre"), user=VISITOR, page=asked).page == given


def test_the_newest_are_ranked_where_there_are_too_many_and_the_answer_says_so(db, monkeypatch):
    monkeypatch.setattr(results, "MAX_CANDIDATES", 5)
    topics = TopicFactory.create_batch(7, title="Palabre")
    article = published_article("Palabre")

    found = find(parse("palabre"), user=VISITOR)

    assert (found.total, found.more) == (6, True)
    assert {hit.entry.topic_id for hit in found.hits} == {None, *(topic.pk for topic in topics[2:])}
    assert article.pk in {hit.entry.page_id for hit in found.hits}


def test_the_order_is_the_same_each_time(db):
    TopicFactory.create_batch(10, title="Palabre")
    Entry.objects.update(date=Entry.objects.first().date - timedelta(days=1))

    orders = {tuple(hit.entry.pk for hit in find(parse("palabre"), user=VISITOR).hits) for _ in range(5)}

    assert len(orders) == 1
