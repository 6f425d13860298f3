"""The search page, whatever is asked of it."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comments.services import Author
from search.results import PAGE_SIZE
from tests.factories import NetworkFactory, TopicFactory, published_article

URL = "/recherche/"

HOSTILE = [
    '"',
    "'",
    '""""',
    "réseau AND",
    "OR OR OR",
    "NOT réseau",
    "NEAR(réseau loi, 2)",
    "réseau*",
    "*",
    "^réseau",
    "{title_stems} : réseau",
    "kind : comment",
    "réseau & | ! <-> :* ( )",
    "réseau' | 'loi",
    "'; DROP TABLE search_entry; --",
    "\\",
    "\\'",
    "%s %(a)s %",
    "réseau\x00loi",
    "\ud800\udfff",
    "\u202eréseau",
    "\ufeff\u200b",
    "🙂🙂",
    "Ω≈ç√ العربية 漢字 हिन्दी",
    "ﷺ½㏂",
    "<script>alert(1)</script>",
    "a" * 10_000,
    "réseau " * 1_500,
    '"' * 500,
    "(" * 500,
    "de la et",
    "-",
    "-réseau",
    "{{ 7|add:7 }}",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_any_question_gets_a_page(client, say, typed):
    say(published_article("Les réseaux"), "Notre réseau")

    response = client.get(URL, {"q": typed.encode("utf-8", "surrogatepass")})

    assert response.status_code == 200
    assert "<h1>" in response.text


@pytest.mark.parametrize(
    "parameters",
    [
        "q=reseau&page=0",
        "q=reseau&page=-1",
        "q=reseau&page=99999999999999999999",
        "q=reseau&page=deux",
        "q=reseau&page=٣",
        "q=reseau&page=%00",
        "q=reseau&kind=secret",
        "q=reseau&kind=%ff",
        "q=reseau&kind=topic&kind=article",
        "q=x&q=reseau",
        "q=%ff%fe+reseau",
        "q=reseau&after=9&unknown=%22",
    ],
)
def test_nonsense_in_parameters_is_passed_over(client, say, parameters):
    published_article("Les réseaux")

    response = client.get(f"{URL}?{parameters}")

    assert response.status_code == 200
    assert "Les <mark>réseaux</mark>" in response.text


def test_without_a_question_the_page_says_what_can_be_searched(client, db):
    response = client.get(URL)

    assert response.status_code == 200
    assert "search__hint" in response.text
    assert 'name="robots" content="noindex"' in response.text


def test_a_question_of_common_words_gets_advice(client, db):
    assert "trop courants" in client.get(URL, {"q": "le et de la"}).text


def test_no_result_gets_advice_and_keeps_the_question(client, db):
    text = client.get(URL, {"q": "zygomatique"}).text

    assert "Aucun résultat" in text
    assert 'value="zygomatique"' in text


def test_a_long_question_is_cut_and_the_page_says_so(client, db):
    published_article("Réseau")

    assert "200 premiers caractères" in client.get(URL, {"q": "réseau " * 100}).text


def test_only_reading_is_allowed(client, db):
    assert client.post(URL, {"q": "réseau"}).status_code == 405


def test_an_article_is_shown_with_its_guide_its_title_and_passage_marked(client, db):
    article = published_article("Têtes de réseau", introduction="Se constituer en réseau, c’est agir.")

    text = client.get(URL, {"q": "reseaux"}).text

    assert f'href="{article.url}"' in text
    assert "Têtes de <mark>réseau</mark>" in text
    assert "Se constituer en <mark>réseau</mark>, c’est agir." in text
    assert "Le guide" in text


def test_a_topic_is_shown_with_its_network(client, db):
    topic = TopicFactory(title="Rentrée", network=NetworkFactory(name="Réseau des ludothèques", visibility="public"))

    text = client.get(URL, {"q": "rentree"}).text

    assert f'href="{topic.get_absolute_url()}"' in text
    assert "Réseau des ludothèques" in text


def test_a_comment_is_shown_with_its_author_what_it_is_about_and_its_permalink(client, say):
    comment = say(published_article("Influencer"), "Bravo pour le plaidoyer", author=Author(name="Ève Dupont", email="eve@example.org"))

    text = unescape(client.get(URL, {"q": "plaidoyers"}).text)

    assert f'href="/commentaires/{comment.pk}/"' in text
    assert "Commentaire de Ève Dupont sous « Influencer »" in re.sub(r"\s+", " ", text.replace("\u202f", " ").replace("\u00a0", " "))
    assert "Bravo pour le <mark>plaidoyer</mark>" in text
    assert "eve@example.org" not in text


def test_what_people_wrote_is_escaped_around_the_marks(client, say):
    attack = "<script>alert('réseau')</script> <mark onclick=x>réseau</mark>"
    article = published_article(attack)
    say(article, attack, author=Author(name="<b>réseau</b>", email="x@example.org"))

    text = client.get(URL, {"q": "réseau <img src=x onerror=y>"}).text

    assert "<script>alert" not in text
    assert "onclick=x>" not in text.replace("onclick=x&gt;", "")
    assert "<b>" not in text
    assert "<img src=x" not in text
    assert "&lt;script&gt;alert(&#x27;<mark>réseau</mark>" in text


def test_pages_of_results_lead_to_each_other_and_keep_the_question(client, db):
    TopicFactory.create_batch(PAGE_SIZE + 1, title="Réseau & loi")

    first = client.get(URL, {"q": "réseau & loi", "kind": "topic"}).text
    next_url = unescape(re.search(r'href="([^"]+)" rel="next"', first).group(1))
    second = client.get(next_url).text

    assert "page=2" in next_url
    assert first.count('class="hit"') == PAGE_SIZE
    assert second.count('class="hit"') == 1
    assert 'start="21"' in second
    assert 'rel="next"' not in second
    assert 'rel="prev"' in second


def test_the_page_costs_the_same_queries_for_one_and_for_twenty_results(client, say, member):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            response = client.get(URL, {"q": "palabre"})
        return len(captured), response.text.count('class="hit"')

    client.force_login(member)
    article = published_article("Palabre")
    topic = TopicFactory(title="Palabre")
    say(article, "Palabre")
    queries()
    few, shown = queries()
    assert shown == 3
    for number in range(6):
        say(published_article(f"Palabre {number}"), "Palabre")
        say(TopicFactory(title="Palabre"), "Palabre", author=Author(name="Ève", email="eve@example.org"))
        say(topic, "Palabre", author=Author(user=member))

    many, shown = queries()

    assert shown == PAGE_SIZE
    assert many == few


def test_a_hidden_comment_is_gone_from_the_page_at_once(client, say):
    comment = say(published_article("Influencer"), "Palabre")
    assert "<mark>Palabre</mark>" in client.get(URL, {"q": "palabre"}).text

    type(comment).objects.filter(pk=comment.pk).update(status="hidden")

    assert "<mark>Palabre</mark>" not in client.get(URL, {"q": "palabre"}).text
