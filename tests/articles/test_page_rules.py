"""Which page may stand where, and what a new site starts with."""

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from articles.models import ArticlePage, GuideIndexPage, HomePage, StandardPage
from articles.services import plant_site
from tests.factories import guide_index, home_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("parent", "children"),
    [
        (Page, {HomePage}),
        (HomePage, {GuideIndexPage, StandardPage}),
        (GuideIndexPage, {ArticlePage}),
        (ArticlePage, set()),
        (StandardPage, {StandardPage}),
    ],
)
def test_each_page_type_takes_only_its_own_children(parent, children):
    ours = {HomePage, GuideIndexPage, ArticlePage, StandardPage}

    assert ours & set(parent.creatable_subpage_models()) == children


def test_a_home_has_one_guide():
    assert GuideIndexPage.can_create_at(home_page())

    guide_index()

    assert not GuideIndexPage.can_create_at(HomePage.objects.get())


def test_a_new_site_has_a_home_a_guide_and_legal_pages(client):
    plant_site()

    assert client.get("/").context["page"].specific_class is HomePage
    for path in ["/guide/", "/accessibilite/", "/confidentialite/", "/mentions-legales/", "/charte/"]:
        assert client.get(path).status_code == 200, path


def test_planting_again_changes_nothing():
    home = plant_site()
    home.title = "Le nom que l’association a choisi"
    home.save()
    before = list(Page.objects.values_list("pk", "title"))

    call_command("create_site", verbosity=0)

    assert list(Page.objects.values_list("pk", "title")) == before


def test_planting_keeps_pages_that_wagtails_welcome_page_already_has():
    welcome = Site.objects.get(is_default_site=True).root_page
    welcome.add_child(instance=Page(title="Déjà là", slug="deja-la"))

    plant_site()

    assert Page.objects.filter(slug="deja-la").exists()
