"""Decides where imported pages stand: below which page, under which slug."""

from urllib.parse import unquote

from django.urls import Resolver404, resolve
from django.utils.text import slugify
from wagtail.models import Page, Site
from wagtail.views import serve

from articles.models import GuideIndexPage, HomePage
from articles.services import plant_site
from wordpress.survey import Entry, Survey
from wordpress.words import plain

MAX_SLUG = 200
MAX_NESTING = 8


def guide_and_home() -> tuple[GuideIndexPage, HomePage]:
    """The guide and the home that take what is imported: the default site's, planted where there is none yet."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    home = HomePage.objects.filter(pk=site.root_page_id).first() if site else None
    guide = GuideIndexPage.objects.child_of(home).first() if home else None
    if home is None or guide is None:
        home = plant_site()
        guide = GuideIndexPage.objects.child_of(home).get()
    return guide, home


def slug_of(entry: Entry) -> str:
    """The slug a page had, in ASCII; drawn from its title where it had none."""
    for text in (unquote(entry.slug), plain(entry.title)):
        for unicode in (False, True):
            if slug := slugify(text, allow_unicode=unicode)[:MAX_SLUG].strip("-_"):
                return slug
    return f"wordpress-{entry.key[:12]}"


def free_slug(parent: Page, slug: str) -> str:
    """The slug, with a number where a sibling has it already or the site itself answers at that address."""
    taken = set(parent.get_children().filter(slug__startswith=slug).values_list("slug", flat=True))
    number, candidate = 1, slug
    while candidate in taken or _is_the_sites(parent, candidate):
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def _is_the_sites(parent: Page, slug: str) -> bool:
    if not isinstance(parent, HomePage):
        return False
    try:
        return resolve(f"/{slug}/").func is not serve
    except Resolver404:
        return False


def in_tree_order(survey: Survey, entries: list[Entry]) -> list[Entry]:
    """Entries with each parent before its children; cycles and missing parents make roots."""
    wanted = {entry.key: entry for entry in entries}
    ordered: dict[str, Entry] = {}
    for entry in entries:
        chain: list[Entry] = []
        current: Entry | None = entry
        while current and current.key not in ordered and current not in chain:
            chain.append(current)
            current = wanted.get(current.parent)
        ordered.update({link.key: link for link in reversed(chain)})
    return list(ordered.values())
