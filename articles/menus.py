"""The menus and the footer as one page of the site shows them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from articles.models import GuideIndexPage, Navigation, StandardPage
from articles.visibility import readable

Raw = dict[str, Any]


@dataclass(frozen=True)
class Link:
    """An entry of a menu."""

    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Column:
    """Links under a title."""

    title: str
    links: list[Link]


@dataclass(frozen=True)
class Menus:
    """All that editors say of the top and the bottom of a page."""

    header: list[Link] = field(default_factory=list)
    footer_text: RichText | None = None
    footer_columns: list[Column] = field(default_factory=list)
    legal: list[Link] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    """The pages that were read for the menus, by their paths."""


def menus_for(request: HttpRequest) -> Menus:
    """The menus of the site this request is for, read once for the request.

    A page that is not published, or that the person may not read, is left out; a menu that editors left empty shows
    the guide and the networks, legal links that they left empty the pages below the home.
    """
    if not hasattr(request, "palabre_menus"):
        request.palabre_menus = _read(request)
    return request.palabre_menus


def _read(request: HttpRequest) -> Menus:
    site = Site.find_for_request(request)
    if site is None:
        return Menus(header=_without_pages(request))
    navigation = Navigation.objects.filter(site=site).first() or Navigation(site=site)
    reader = _Reader(request, site, navigation)
    return Menus(
        header=reader.links(navigation.header.raw_data) or [*reader.children(GuideIndexPage), *_without_pages(request)],
        footer_text=RichText(navigation.footer_text) if navigation.footer_text else None,
        footer_columns=[Column(raw["value"]["title"], reader.links(raw["value"]["links"])) for raw in navigation.footer_columns.raw_data],
        legal=reader.links(navigation.legal.raw_data) or reader.children(StandardPage),
        pages={page.path: page for page in reader.pages.values()},
    )


def _without_pages(request: HttpRequest) -> list[Link]:
    try:
        url = reverse("networks:list")
    except NoReverseMatch:
        return []
    return [Link(_("Networks"), url, request.path.startswith(url))]


class _Reader:
    """Turns links as they are stored into links to show, reading the pages of all menus in one query."""

    def __init__(self, request: HttpRequest, site: Site, navigation: Navigation) -> None:
        self.request = request
        self.site = site
        columns = [link for column in navigation.footer_columns.raw_data for link in column["value"]["links"]]
        chosen = [link["value"].get("page") for link in [*navigation.header.raw_data, *columns, *navigation.legal.raw_data]]
        below_home = Page.objects.child_of(site.root_page)
        wanted = Page.objects.filter(pk__in=[key for key in chosen if key]) | below_home
        self.pages = {page.pk: page for page in readable(wanted, request.user).order_by("path")}

    def links(self, stored: Any) -> list[Link]:
        return list(self._links(stored))

    def children(self, model: type[Page]) -> list[Link]:
        below_home = (page for page in self.pages.values() if page.is_child_of(self.site.root_page))
        return [self._to_page(page) for page in below_home if page.specific_class is model]

    def _links(self, stored: Any) -> Iterator[Link]:
        for raw in stored:
            value: Raw = raw["value"]
            if page := self.pages.get(value.get("page")):
                yield self._to_page(page, value.get("title") or "")
            elif value.get("url") and not value.get("page"):
                yield Link(value.get("title") or value["url"], value["url"], value["url"] == self.request.path)

    def _to_page(self, page: Page, title: str = "") -> Link:
        url = page.get_url(self.request, current_site=self.site) or "/"
        path = self.request.path
        return Link(title or page.title, url, path == url or (url != "/" and path.startswith(url)))
