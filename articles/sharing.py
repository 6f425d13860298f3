"""What other programs are told of a page: search engines, and the sites where its address is shared."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from wagtail.images.models import SourceImageIOError
from wagtail.models import Page, Site
from wagtail.rich_text import get_text_for_indexing

from articles.models import ArticlePage, GuideImage
from articles.pictures import CARD

DEFAULT_CARD = "site/img/share-card.png"

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@dataclass(frozen=True)
class Card:
    """A page as it looks where its address is shared."""

    title: str
    description: str
    url: str
    image: str
    image_text: str


def card_of(page: Page, request: HttpRequest) -> Card:
    """The card of a page; a page without a picture that can be made into a photograph takes the site's own."""
    introduction = page.search_description or get_text_for_indexing(getattr(page, "introduction", "")) or _first_words(page)
    picture = getattr(page, "hero_image", None)
    address = _card_picture(picture)
    return Card(
        title=page.seo_title or page.title,
        description=Truncator(" ".join(introduction.split())).chars(300),
        url=page.get_full_url(request) or request.build_absolute_uri(),
        image=request.build_absolute_uri(address or static(DEFAULT_CARD)),
        image_text=getattr(page, "hero_text", "") if address else "",
    )


def _first_words(page: Page) -> str:
    """How a page without an introduction begins."""
    texts = (block.block.get_searchable_content(block.value) for block in getattr(page, "body", []) if block.block_type == "text")
    return " ".join(next(texts, []))


def _card_picture(picture: GuideImage | None) -> str:
    if picture is None or picture.is_svg():
        return ""
    try:
        return picture.get_rendition(CARD).url
    except SourceImageIOError:
        return ""


def article_data(article: ArticlePage, request: HttpRequest) -> dict[str, Any]:
    """An article in the vocabulary of schema.org."""
    card = card_of(article, request)
    site = Site.find_for_request(request)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": card.title[:110],
        "description": card.description,
        "url": card.url,
        "mainEntityOfPage": card.url,
        "image": card.image,
        "inLanguage": article.locale.language_code,
        "datePublished": article.published_on.isoformat(),
        "dateModified": article.last_change.isoformat(),
        "timeRequired": f"PT{article.reading_minutes}M",
        "author": [_person(author.name, author.website) for author in article.authors],
        "keywords": [tag.name for tag in article.words],
    }
    if site:
        data["publisher"] = {"@type": "Organization", "name": site.site_name or site.hostname, "url": site.root_url}
    return {name: value for name, value in data.items() if value}


def _person(name: str, website: str) -> dict[str, str]:
    person = {"@type": "Person", "name": name}
    return {**person, "url": website} if website else person


def json_ld_script(data: dict[str, Any]) -> SafeString:
    """The script element that carries data; no text in it can end the element or begin another."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 (escaped above)
