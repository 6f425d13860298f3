"""The copies of a picture that readers get: sizes and formats for each place, made when a page is published, so that reading makes none.

A picture that a reader meets without its copies (its page was published before they existed) gets them then, as everywhere in Wagtail.
"""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.safestring import SafeString
from wagtail.blocks import StreamValue
from wagtail.images.models import Picture
from wagtail.images.shortcuts import get_renditions_or_not_found
from wagtail.models import Page, ReferenceIndex

WIDTHS = [480, 800, 1200, 1600]
FORMATS = ["avif", "webp", "jpeg"]
CARD = "fill-1200x630|format-jpeg"
"""The copy that is shown where a page's address is shared."""


def in_page(image: Any) -> list[str]:
    """The copies (Wagtail filters) for the head and the body of a page, up to the width of the picture itself."""
    narrower = [width for width in WIDTHS if width < image.width]
    widths = [*narrower, *WIDTHS[len(narrower) : len(narrower) + 1]]
    return [f"format-{name}|width-{width}" for name in FORMATS for width in widths]


def in_list(image: Any) -> list[str]:
    """The copies for a card of a list."""
    return [f"format-{name}|fill-{size}" for name in FORMATS for size in ["480x270", "960x540"]]


PLACES = {"page": in_page, "list": in_list}


def picture_element(image: Any, place: str, attributes: dict[str, str]) -> SafeString:
    """The element that lets a browser choose among the copies for a place; `attributes` are those of the `<img>` in it."""
    return Picture(get_renditions_or_not_found(image, PLACES[place](image)), attributes).__html__()


def fetch_copies(page: Page) -> None:
    """Read the copies of all pictures of a page at once, before it is shown."""
    prefetch_related_objects([image for image, _ in _pictures_of(page)], "renditions")


def prepare(page: Page) -> None:
    """Make the copies of a page's pictures that do not exist yet, after the transaction, which holds the database: they take time."""
    for image, filters in _pictures_of(page):
        _make_after_commit(image, filters)


def prepare_again(image: Any) -> None:
    """Make the copies of a picture that is in use and has changed: another file, another focal point."""
    if not image.is_svg() and ReferenceIndex.get_references_to(image).exists():
        _make_after_commit(image, [*in_page(image), *in_list(image), CARD])


def _pictures_of(page: Page) -> Iterator[tuple[Any, list[str]]]:
    """The pictures of a page that are not drawings (those need no copies), each with the filters of the places it is shown in."""
    head = getattr(page, "hero_image", None)
    if head and not head.is_svg():
        yield head, [*in_page(head), *in_list(head), CARD]
    body = getattr(page, "body", None)
    for block in body if isinstance(body, StreamValue) else []:
        image = block.value["image"] if block.block_type == "picture" else None
        if image and not image.is_svg():
            yield image, in_page(image)


def _make_after_commit(image: Any, filters: list[str]) -> None:
    transaction.on_commit(lambda: image.get_renditions(*filters), robust=True)
