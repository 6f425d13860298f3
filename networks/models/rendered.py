"""Texts that are stored beside the safe HTML made from them."""

from collections.abc import Iterable


def with_html(update_fields: Iterable[str] | None, text: str, html: str) -> Iterable[str] | None:
    """The fields to save, the HTML among them when its text is."""
    return update_fields if update_fields is None or text not in update_fields else {*update_fields, html}
