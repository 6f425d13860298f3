"""An article as readers see it."""

import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage, Author, Authorship
from comments.models import Discussion
from comments.services import discussion_of
from networks.models import Participation
from tests.factories import guide_image, published_article

pytestmark = pytest.mark.django_db

HOSTILE = '</script><script>alert(1)</script><!-- "\u2028& é'


def json_ld_of(html):
    return json.loads(re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL)[1])


def test_an_article_shows_who_when_and_how_long(client):
    article = published_article(introduction="En bref.", published_on=date(2023, 1, 17), updated_on=date(2026, 10, 2))
    article.authorships = [
        Authorship(author=Author.objects.create(name="Zoé", role="Bénévole")),
        Authorship(author=Author.objects.create(name="Adam")),
    ]
    article.save_revision().publish()

    html = client.get(article.url).content.decode()

    assert html.index("Zoé") < html.index("Adam")
    assert 'datetime="2023-01-17"' in html
    assert 'datetime="2026-10-02"' in html
    assert "1 minute" in html


def test_neighbours_are_the_articles_the_reader_may_read(client):
    first, hidden, draft, middle, last = (published_article(f"Article {n}") for n in range(5))
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.PASSWORD, password="x")
    draft.unpublish()

    context = client.get(middle.url).context

    assert context["previous_article"] == first
    assert context["next_article"] == last
    assert client.get(first.url).context["previous_article"] is None
    assert client.get(last.url).context["next_article"] is None


def test_neighbours_follow_the_order_of_the_tree(client):
    first, second = published_article("Un"), published_article("Deux")
    second.move(first, pos="left")

    assert client.get(ArticlePage.objects.get(pk=second.pk).url).context["next_article"] == first


def test_hostile_words_stay_words(client):
    article = published_article(title=HOSTILE, introduction=HOSTILE, slug="hostile", hero_image=guide_image(), hero_alt=HOSTILE)
    article.tags.add("<b>mot</b>")
    article.save_revision().publish()

    html = client.get(article.url).content.decode()

    assert "<script>alert" not in html
    assert "<b>mot" not in html
    assert json_ld_of(html)["headline"] == HOSTILE


def test_structured_data_names_the_article_and_its_authors(client):
    article = published_article("Titre", introduction="En bref.", hero_image=guide_image())
    article.authorships = [Authorship(author=Author.objects.create(name="Zoé", website="https://example.org/"))]
    article.save_revision().publish()

    data = json_ld_of(client.get(article.url).content.decode())

    assert data["@type"] == "Article"
    assert data["author"] == [{"@type": "Person", "name": "Zoé", "url": "https://example.org/"}]
    assert data["image"].startswith("http")
    assert data["inLanguage"] == "fr"


@pytest.mark.parametrize("has_picture", [True, False])
def test_the_share_card_has_a_title_a_text_and_a_picture(client, has_picture):
    picture = guide_image() if has_picture else None
    article = published_article("Un « titre »", introduction="En bref.", hero_image=picture, hero_alt="Des engrenages")

    html = client.get(article.url).content.decode()

    assert '<meta property="og:title" content="Un « titre »">' in html
    assert '<meta property="og:description" content="En bref.">' in html
    assert re.search(r'<meta property="og:image" content="http[^"]+\.(jpg|png)">', html)
    assert ('og:image:alt" content="Des engrenages"' in html) is has_picture
    assert f'<link rel="canonical" href="{article.full_url}">' in html


def test_a_page_without_an_introduction_is_described_by_how_it_begins(client):
    article = published_article(
        body=[("heading", {"text": "Un titre", "level": "h2"}), ("text", "<p>Il était &amp; sera.</p>"), ("text", "<p>Puis.</p>")]
    )

    assert '<meta name="description" content="Il était &amp; sera.">' in client.get(article.url).text


def test_the_picture_at_the_head_comes_first_and_says_what_it_shows(client):
    article = published_article(
        hero_image=guide_image(credit="La rédaction"), hero_alt="Des engrenages", hero_caption="Illustration", slug="image"
    )

    html = client.get(article.url).content.decode()

    assert 'alt="Des engrenages"' in html
    assert 'fetchpriority="high"' in html
    assert "image/webp" in html
    assert "Illustration" in html
    assert "La rédaction" in html


def test_a_decorative_picture_says_nothing(client):
    article = published_article(hero_image=guide_image(description="Description"), hero_alt="Ignoré", hero_decorative=True)

    assert article.hero_text == ""
    assert "Ignoré" not in client.get(article.url).content.decode()


def test_a_picture_whose_file_is_lost_does_not_break_the_page(client):
    image = guide_image()
    image.file.storage.delete(image.file.name)

    assert client.get(published_article(hero_image=image).url).status_code == 200


def test_an_empty_article_says_that_it_is_being_written(client):
    assert "empty__title" in client.get(published_article("Vide").url).content.decode()


def test_the_content_says_its_language(client):
    html = client.get(published_article("Titre").url, headers={"cookie": "django_language=en"}).content.decode()

    assert '<html lang="en"' in html
    assert '<h1 lang="fr">Titre</h1>' in html


def test_an_article_names_the_networks_the_reader_may_know_of(client, network, other_network, other_moderator):
    article = published_article()
    article.participations = [Participation(network=network), Participation(network=other_network)]
    article.save_revision().publish()

    shown = client.get(article.url).content.decode()
    assert network.badge in shown
    assert other_network.badge not in shown

    client.force_login(other_moderator)
    assert other_network.badge in client.get(article.url).content.decode()


def test_the_guide_counts_each_articles_comments(client, reader):
    published_article("Un")
    second = published_article("Deux")
    Discussion.objects.filter(pk=discussion_of(second).pk).update(published_count=3)

    html = client.get("/guide/").content.decode()

    assert html.index("Deux") < html.index("3 commentaires")
    assert html.count("commentaires<") == 1


def test_the_guide_lists_articles_in_order_with_their_tags(client):
    first, second = published_article("Un", introduction="En bref."), published_article("Deux")
    second.tags.add("plaidoyer")
    second.save_revision().publish()

    assert list(client.get("/guide/").context["articles"]) == [first, second]
    assert list(client.get("/guide/?tag=plaidoyer").context["articles"]) == [second]


@pytest.mark.parametrize("tag", ["inconnu", "\0", "%00", "a" * 5000, "' OR 1=1 --", "é🌳"])
def test_an_unknown_tag_gives_a_sentence(client, tag):
    published_article()

    response = client.get("/guide/", {"tag": tag})

    assert response.status_code == 200


def test_the_guide_costs_the_same_for_one_and_thirty_articles(client, django_assert_num_queries):
    for number in range(30):
        article = published_article(f"Article {number}", introduction="x", hero_image=guide_image())
        article.tags.add("mot")
        article.save_revision().publish()
    client.get("/guide/")
    first = ArticlePage.objects.first()
    ArticlePage.objects.exclude(pk=first.pk).update(live=False)
    with CaptureQueriesContext(connection) as for_one:
        client.get("/guide/")
    ArticlePage.objects.update(live=True)

    with django_assert_num_queries(len(for_one)):
        client.get("/guide/")


def test_wagtails_bar_stands_on_the_guides_pages_for_who_writes_them_and_nowhere_else(client, editor, admin, moderator, network):
    article = published_article()

    def has_bar(url, person):
        client.force_login(person)
        return "wagtail-userbar" in client.get(url).text

    assert has_bar(article.url, editor)
    assert has_bar(article.url, admin)
    assert not has_bar(article.url, moderator)
    assert not has_bar(network.get_absolute_url(), admin)
