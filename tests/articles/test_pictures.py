"""The copies of pictures: made when a page is published, read at once when it is shown, never made by a reader."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import GuideImage, GuideRendition
from tests.factories import guide_image, guide_index, home_page, published_article, standard_page

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3"/>'
WRITES = ("INSERT", "UPDATE", "DELETE")


def picture(image):
    """A picture in the body of a page."""
    return ("picture", {"image": {"image": image, "alt_text": "", "decorative": True}, "caption": "", "credit": ""})


def copies_of(image):
    return set(GuideRendition.objects.filter(image=image).values_list("filter_spec", flat=True))


@pytest.fixture
def published(django_capture_on_commit_callbacks):
    """`published(make, …)`: the page that `make` publishes, with all that follows its publication."""

    def publish(make, *args, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return make(*args, **fields)

    return publish


def illustrated_home():
    home = home_page()
    home.hero_image, home.hero_decorative = guide_image("Accueil"), True
    home.sections = [("latest_articles", {"title": "", "count": 3})]
    home.save_revision().publish()
    return home


@pytest.mark.parametrize("address", ["article", "standard", "guide", "home"])
def test_reading_a_published_page_makes_no_copy_and_writes_nothing(client, published, address):
    article = published(published_article, hero_image=guide_image("Une"), body=[picture(guide_image("Deux"))])
    standard = published(standard_page, body=[picture(guide_image("Trois"))])
    home = published(illustrated_home)
    pages = {"article": article, "standard": standard, "guide": guide_index(), "home": home}

    with CaptureQueriesContext(
        connection,
    ) as queries:
        html = client.get(pages[address].url).text

    assert "image/avif" in html
    assert [query["sql"] for query in queries if query["sql"].startswith(WRITES)] == []


def test_an_article_reads_the_copies_of_all_its_pictures_at_once(client, reader, published):
    client.force_login(reader)
    one = published(published_article, "Un", hero_image=guide_image(), body=[picture(guide_image())])
    many = published(published_article, "Deux", hero_image=guide_image(), body=[picture(guide_image(str(n))) for n in range(4)])
    client.get(one.url)

    counts = []
    for article in [one, many]:
        with CaptureQueriesContext(connection) as queries:
            client.get(article.url)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_browser_chooses_among_sizes_and_formats(client, published):
    article = published(published_article, hero_image=guide_image(size=(1000, 500)), hero_decorative=True)

    html = client.get(article.url).text
    avif, webp = re.findall(r'<source sizes="[^"]+" srcset="([^"]+)" type="image/(?:avif|webp)">', html)
    fallback = re.search(r"<source.*?(<img[^>]+>)</picture>", html)[1]

    for choices in [avif, webp, fallback]:
        assert re.findall(r" (\d+)w", choices) == ["480", "800", "1000"]
    assert 'height="240"' in fallback
    assert 'width="480"' in fallback
    assert 'fetchpriority="high"' in fallback
    assert "loading" not in fallback


def test_a_picture_below_the_head_waits_until_it_is_near(client, published):
    article = published(published_article, body=[picture(guide_image())])

    assert 'loading="lazy"' in re.search(r"<picture>.*?</picture>", client.get(article.url).text)[0]


def test_a_small_picture_is_not_copied_larger(published):
    image = guide_image(size=(500, 300))

    published(published_article, body=[picture(image)])

    assert {spec for spec in copies_of(image) if "avif" in spec} == {"format-avif|width-480", "format-avif|width-800"}


def test_a_drawing_needs_no_copies(client, published):
    drawing = GuideImage.objects.create(title="Dessin", file=ContentFile(SVG, name="dessin.svg"))

    article = published(published_article, hero_image=drawing)

    assert copies_of(drawing) == set()
    assert re.search(r'<img src="[^"]+\.svg"[^>]*fetchpriority="high"', client.get(article.url).text)


def test_a_picture_that_is_lost_keeps_neither_the_page_nor_the_others_back(client, published):
    lost, kept = guide_image("Perdue"), guide_image("Gardée")
    lost.file.storage.delete(lost.file.name)

    article = published(published_article, hero_image=lost, body=[picture(kept)])

    assert copies_of(kept)
    assert client.get(article.url).status_code == 200


def test_the_copies_of_a_picture_in_use_are_made_again_when_it_changes(published):
    used, unused = guide_image("Utilisée"), guide_image("En réserve")
    published(published_article, hero_image=used)
    GuideRendition.objects.all().delete()

    published(used.save)
    published(unused.save)

    assert "format-avif|width-480" in copies_of(used)
    assert copies_of(unused) == set()


def test_a_command_makes_the_copies_that_published_pages_lack(published, capsys):
    shown, draft = guide_image("Publiée"), guide_image("Brouillon")
    published_article("Publié", hero_image=shown)
    published_article("Brouillon", hero_image=draft).unpublish()

    published(call_command, "prepare_pictures")

    assert "format-avif|width-480" in copies_of(shown)
    assert copies_of(draft) == set()
    assert "pages" in capsys.readouterr().out
