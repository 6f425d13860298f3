"""What templates ask of the guide."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.templatetags.wagtailuserbar import wagtailuserbar
from wagtail.models import Page, Site
from wagtail.permissions import page_permission_policy

from articles import pictures, sharing
from articles.contents import anchor_of
from articles.menus import Menus, menus_for
from articles.models import ArticlePage, GuideImage

register = template.Library()

PAGE_ACTIONS = ("add", "change", "publish", "lock", "unlock")
"""What somebody may be allowed to do to pages, in Wagtail's words."""


@register.simple_tag(takes_context=True)
def site_menus(context: Context) -> Menus:
    """The menus and the footer of the site; those of a site without pages where there is no request."""
    request = context.get("request")
    return menus_for(request) if request is not None and hasattr(request, "user") else Menus()


@register.simple_tag(takes_context=True)
def editing_bar(context: Context) -> str:
    """Wagtail's bar, on the pages that are written in the admin and for who works on them.

    It asks half a dozen queries and weighs as much as the page; everybody else is led to the admin by the menu of their account.
    """
    page, user = context.get("page"), getattr(context.get("request"), "user", None)
    if not isinstance(page, Page) or user is None or not _works_on_pages(user):
        return ""
    return wagtailuserbar(context)


def _works_on_pages(user: Any) -> bool:
    return user.has_perm("wagtailadmin.access_admin") and page_permission_policy.user_has_any_permission(user, PAGE_ACTIONS)


@register.simple_tag(takes_context=True)
def trail(context: Context, page: Page) -> list[tuple[str, str]]:
    """The titles and addresses of the pages above one, from the home down; the home is called just that."""
    request = context["request"]
    site = Site.find_for_request(request)
    if site is None:
        return []
    above = _published_above(page, {**menus_for(request).pages, site.root_page.path: site.root_page})
    return [
        (_("Home") if ancestor.pk == site.root_page_id else ancestor.title, ancestor.get_url(request, current_site=site) or "/")
        for ancestor in above
        if ancestor.path.startswith(site.root_page.path)
    ]


def _published_above(page: Page, known: dict[str, Page]) -> list[Page]:
    """The published pages above one, from the top; those among `known` (by their paths) are not read again."""
    paths = [page.path[:end] for end in range(page.steplen, len(page.path), page.steplen)]
    missing = [path for path in paths if path not in known and len(path) > page.steplen]
    read = {ancestor.path: ancestor for ancestor in Page.objects.filter(path__in=missing)} if missing else {}
    found = [known.get(path) or read.get(path) for path in paths]
    return [ancestor for ancestor in found if ancestor and ancestor.live]


@register.simple_tag(takes_context=True)
def latest_articles(context: Context, count: int) -> list[ArticlePage]:
    """The articles published last, among those the person may read."""
    articles = ArticlePage.objects.visible_to(context["request"].user).for_listing()
    return list(articles.order_by("-published_on", "-pk")[:count])


@register.simple_tag
def picture_for(place: str, image: GuideImage, **attributes: str) -> SafeString:
    """A picture in the sizes and formats of a place (`articles.pictures.PLACES`)."""
    return pictures.picture_element(image, place, attributes)


@register.simple_tag(takes_context=True)
def share_card(context: Context, page: Page) -> sharing.Card:
    """What is told of a page where its address is shared."""
    return sharing.card_of(page, context["request"])


@register.simple_tag(takes_context=True)
def article_json_ld(context: Context, article: ArticlePage) -> SafeString:
    """The article for search engines, in a script element that runs nothing."""
    return sharing.json_ld_script(sharing.article_data(article, context["request"]))


@register.filter
def anchor(block: Any) -> str:
    """The anchor of a heading's block."""
    return anchor_of(block)
