"""Reads the text of a post, written in blocks or in the classic editor, into pieces."""

from collections.abc import Callable
from html import escape

from wordpress import gutenberg, shortcodes
from wordpress.autop import autop
from wordpress.html_pieces import pieces_of
from wordpress.inline import LinkAttributes
from wordpress.pieces import Piece


def read_text(
    text: str,
    *,
    link: LinkAttributes,
    image_address: Callable[[str], str],
    reusable: Callable[[str], str],
    warn: Callable[[str], None],
) -> list[Piece]:
    """Return the pieces of a text.

    `link` gives the attributes of a link, `image_address` the address of an attachment's number, `reusable` the text of a
    reusable block's number; `warn` is told what could not be kept as it was.
    """

    def image(number: str) -> str:
        address = image_address(number)
        return f'<img class="wp-image-{number}" src="{escape(address)}">' if address else ""

    def classic(part: str) -> str:
        return autop(shortcodes.expand(part, image=image, warn=warn)) if part.strip() else ""

    html = gutenberg.html_of(text, classic=classic, reusable=reusable, warn=warn) if gutenberg.is_gutenberg(text) else classic(text)
    return pieces_of(html, link)
