"""How often one person may post: counted in the cache under a keyed hash, so that no address is kept anywhere.

The limits are the setting COMMENTS_RATE_LIMITS: for guests and for accounts, pairs of (how many, in how many seconds).
"""

import logging
import time

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, ngettext

from comments.conf import setting

logger = logging.getLogger(__name__)


def seconds_to_wait(request: HttpRequest, act: str) -> int:
    """Count one act of the request's person and return how long they must wait before it is accepted: 0 for not at all.

    A cache that does not answer lets everybody pass: a comment lost is worse than a comment too many.
    """
    kind = "account" if request.user.is_authenticated else "guest"
    subject = str(request.user.pk) if request.user.is_authenticated else request.META.get("REMOTE_ADDR", "")
    person = salted_hmac("comments.rate_limit", f"{act}:{kind}:{subject}").hexdigest()[:32]
    try:
        return max(_wait_in_window(person, limit, seconds) for limit, seconds in setting("COMMENTS_RATE_LIMITS")[kind])
    except Exception:  # each cache backend raises errors of its own library
        logger.exception("The cache does not answer: no rate limit is applied.")
        return 0


def please_wait(seconds: int) -> str:
    """The sentence for who must wait before they comment."""
    return gettext("You have sent several comments in a short time. Wait %(wait)s, then send this one again: your text is kept.") % {
        "wait": _wait(seconds)
    }


def please_wait_to_report(seconds: int) -> str:
    """The sentence for who must wait before they report."""
    return gettext("You have sent several reports in a short time. Wait %(wait)s, then send this one again: what you wrote is kept.") % {
        "wait": _wait(seconds)
    }


def _wait(seconds: int) -> str:
    minutes = -(-seconds // 60)
    if seconds < 60:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


def _wait_in_window(person: str, limit: int, seconds: int) -> int:
    window, elapsed = divmod(int(time.time()), seconds)
    key = f"comments:rate:{person}:{seconds}:{window}"
    cache.add(key, 0, seconds)
    return 0 if cache.incr(key) <= limit else seconds - elapsed
