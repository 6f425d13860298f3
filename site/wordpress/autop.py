"""Gives paragraphs to a text typed with blank lines, as WordPress does when it shows one (its `wpautop`)."""

import re

_BLOCKS = (
    "address|article|aside|blockquote|body|caption|center|col|colgroup|dd|details|dir|div|dl|dt|fieldset|figcaption|figure|footer|form"
    "|h[1-6]|header|hr|iframe|legend|li|main|nav|object|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video|audio"
)
_OPENING = re.compile(rf"(<(?:{_BLOCKS})(?=[\s/>]))", re.IGNORECASE)
_CLOSING = re.compile(rf"(</(?:{_BLOCKS})\s*>)", re.IGNORECASE)
_BEGINS_WITH_BLOCK = re.compile(rf"</?(?:{_BLOCKS})(?=[\s/>])", re.IGNORECASE)
_PREFORMATTED = re.compile(r"(<pre(?=[\s>]).*?</pre\s*>)", re.IGNORECASE | re.DOTALL)
_TAG_OVER_LINES = re.compile(r"<[a-zA-Z/][^<>]*>")


def autop(text: str) -> str:
    """Return HTML whose blank lines are paragraphs and whose single line ends are breaks; preformatted passages stay."""
    parts = _PREFORMATTED.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(part if number % 2 else _paragraphs(part) for number, part in enumerate(parts))


def _paragraphs(text: str) -> str:
    text = _TAG_OVER_LINES.sub(lambda tag: tag.group().replace("\n", " "), text)
    text = _CLOSING.sub(r"\1\n\n", _OPENING.sub(r"\n\n\1", text))
    return "".join(_paragraph(chunk.strip()) for chunk in re.split(r"\n[ \t]*\n", text))


def _paragraph(chunk: str) -> str:
    if not chunk or _BEGINS_WITH_BLOCK.match(chunk):
        return chunk
    return "<p>{}</p>".format(chunk.replace("\n", "<br>\n"))
