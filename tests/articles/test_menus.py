"""The menus and the footer."""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction, Site

from articles.menus import menus_for
from articles.models import Navigation
from articles.services import plant_site
from tests.factories import guide_index, home_page, published_article, standard_page

pytestmark = pytest.mark.django_db


def link(page=None, url="", title=""):
    return {"type": "link", "value": {"page": page and page.pk, "url": url, "title": title}}


@pytest.fixture
def navigation():
    home_page()
    return Navigation.objects.create(site=Site.objects.get(is_default_site=True))


def menus(client, path="/"):
    return client.get(path).context["menus"]


def test_a_new_site_shows_the_guide_and_its_legal_pages(client):
    plant_site()

    shown = menus(client)

    assert shown.header[0].label == "Le guide"
    assert [entry.url for entry in shown.legal] == ["/mentions-legales/", "/confidentialite/", "/accessibilite/", "/charte/"]


def test_editors_choose_the_menu_its_order_and_its_words(client, navigation):
    article = published_article("Un article")
    navigation.header = [link(url="https://example.org/", title="Ailleurs"), link(article), link(article, title="À lire")]
    navigation.save()

    shown = menus(client, article.url)

    assert [entry.label for entry in shown.header] == ["Ailleurs", "Un article", "À lire"]
    assert [entry.is_current for entry in shown.header] == [False, True, True]


def test_the_footer_shows_its_text_and_columns(client, navigation):
    page = standard_page("Qui sommes-nous ?")
    navigation.footer_text = "<p>Publié par <b>la fédération</b>.</p>"
    navigation.footer_columns = [{"type": "column", "value": {"title": "Nous", "links": [link(page)]}}]
    navigation.legal = [link(page)]
    navigation.save()

    html = client.get("/").content.decode()

    assert "<b>la fédération</b>" in html
    assert html.count("Qui sommes-nous ?") == 2


def test_a_page_the_reader_may_not_see_is_in_no_menu(client, navigation, reader):
    secret, draft, public = published_article("Réservé"), published_article("Brouillon"), published_article("Public")
    PageViewRestriction.objects.create(page=secret, restriction_type=PageViewRestriction.LOGIN)
    draft.unpublish()
    navigation.header = [link(secret), link(draft), link(public)]
    navigation.save()

    assert [entry.label for entry in menus(client).header] == ["Public"]

    client.force_login(reader)
    assert [entry.label for entry in menus(client).header] == ["Réservé", "Public"]


def test_menus_cost_two_queries_whatever_their_length(client, navigation, django_assert_num_queries, rf):
    navigation.header = [link(published_article(f"Article {n}")) for n in range(8)]
    navigation.footer_columns = [{"type": "column", "value": {"title": "Colonne", "links": [link(guide_index())] * 5}}]
    navigation.save()
    request = rf.get("/")
    request.user = AnonymousUser()
    Site.find_for_request(request)
    guide_index().get_url(request)

    with django_assert_num_queries(2):
        menus_for(request)
        menus_for(request)
