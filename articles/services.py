"""The start of a site: the pages every Palabre has."""

from django.db import transaction
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from articles.legal import LEGAL_PAGES
from articles.models import GuideIndexPage, HomePage, StandardPage

CONTENT_LANGUAGE = "fr"


@transaction.atomic
def plant_site() -> HomePage:
    """Give the default site its home, its guide and its legal pages, and return the home.

    What is already there stays as it is, so that it is safe to run again. Wagtail's page of welcome is replaced
    as long as nothing was built on it.
    """
    with override(CONTENT_LANGUAGE):
        home = _plant_home()
        _plant_child(home, GuideIndexPage(title="Le guide", slug="guide", show_in_menus=True))
        for slug, title, body in LEGAL_PAGES:
            _plant_child(home, StandardPage(title=title, slug=slug, body=body))
    return home


def _plant_home() -> HomePage:
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    root = site.root_page.specific
    if isinstance(root, HomePage):
        return root
    home = Page.get_first_root_node().add_child(
        instance=HomePage(
            title="Palabre", slug="accueil", locale=Locale.get_default(), introduction="<p>Un guide, et la conversation qui va avec.</p>"
        )
    )
    home.save_revision().publish()
    site.root_page, site.site_name = home, site.site_name or "Palabre"
    site.save()
    if type(root) is Page and root.depth > 1 and not root.get_children().exists():
        root.delete()
    return home


def _plant_child(home: HomePage, page: Page) -> None:
    if not home.get_children().filter(slug=page.slug).exists():
        home.add_child(instance=page).save_revision().publish()
