"""Makes the safe HTML of an imported comment: WordPress lets people write a little HTML, and makes paragraphs of blank lines."""

import re

from bleach.linkifier import Linker

from networks.markup import MAX_LENGTH, clean_text, sanitise
from wordpress.autop import autop

_SAME = {"b": "strong", "i": "em", "cite": "em", "pre": "p", "q": "em"}
_SAME_TAG = re.compile(rf"<(/?)({'|'.join(_SAME)})(?=[\s>])[^>]*>", re.IGNORECASE)
_SCRIPT = re.compile(r"<(script|style)(?=[\s>]).*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_linker = Linker(callbacks=[])


def comment_html(text: str) -> str:
    """Return what readers see of a comment: at most MAX_LENGTH characters of it, in the tags people may write here.

    The stored text stays whole, as it was typed; only what is shown is bounded, as for any comment.
    """
    shown = clean_text(text)
    cut = len(shown) > MAX_LENGTH
    shown = shown[:MAX_LENGTH].rpartition(" ")[0] + " […]" if cut and " " in shown[:MAX_LENGTH] else shown[:MAX_LENGTH]
    shown = _SCRIPT.sub("", shown)
    html = autop(_SAME_TAG.sub(lambda tag: f"<{tag[1]}{_SAME[tag[2].lower()]}>", shown))
    return sanitise(_linker.linkify(sanitise(html)))
