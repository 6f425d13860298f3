"""Asking Akismet, a service of another company, whether it takes a comment for spam: only where a site chose to, and about newcomers alone.

What it is told: the address of the site, the machine and program that sent the comment, the name and the words. Never the e-mail
address, and nothing of what is said in a network's space. See docs/rules.md.
"""

import logging
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from django.core.cache import cache

from comments.conf import base_url, setting
from comments.models import Discussion
from comments.origins import Origin
from comments.rows import Author

logger = logging.getLogger(__name__)

PATIENCE = 2.0
"""Seconds to wait for an answer: somebody waits for their comment to be stored."""
REST = 60
"""Seconds without a question after one that was not answered: the next ones would wait in vain too."""
_RESTING = "comments:akismet:resting"


def is_asked_about(discussion: Discussion) -> bool:
    """Whether there is a key, and the discussion is none of a network's."""
    return bool(setting("COMMENTS_AKISMET_KEY")) and discussion.network_id is None


def takes_for_spam(author: Author, text: str, origin: Origin) -> bool:
    """Whether Akismet answers that it is spam; no answer, or another one, is none."""
    if _rests():
        return False
    told = {
        "api_key": setting("COMMENTS_AKISMET_KEY"),
        "blog": base_url(),
        "user_ip": origin.ip,
        "user_agent": origin.user_agent,
        "referrer": origin.referrer,
        "comment_type": "comment",
        "comment_author": author.name,
        "comment_content": text,
        "blog_charset": "UTF-8",
    }
    try:
        return _ask(told) == b"true"
    except (OSError, HTTPException, ValueError):
        logger.warning("Akismet does not answer: comments are stored without it for a minute.", exc_info=True)
        _rest()
        return False


def _rests() -> bool:
    try:
        return bool(cache.get(_RESTING))
    except Exception:  # each cache backend raises errors of its own library
        logger.exception("The cache does not answer: Akismet is asked each time.")
        return False


def _rest() -> None:
    try:
        cache.set(_RESTING, 1, REST)
    except Exception:  # see above
        logger.exception("The cache does not answer: Akismet is asked each time.")


def _ask(told: dict[str, str]) -> bytes:
    address = f"{setting('COMMENTS_AKISMET_URL')}/comment-check"
    if urlsplit(address).scheme not in {"http", "https"}:
        raise ValueError(address)
    request = Request(address, urlencode(told).encode(), headers={"User-Agent": "Palabre/1.0"})  # noqa: S310 (checked above)
    try:
        answer = urlopen(request, timeout=PATIENCE)  # noqa: S310
    except HTTPError as refused:
        refused.close()
        raise
    with answer:
        return answer.read1(64).strip()
