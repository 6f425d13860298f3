"""Whether a form was sent from a page of this site: the rule for forms that carry no token.

A token would make every page that holds a form somebody's own. A browser says itself which site sends a form, in headers
that no page can write; see docs/decisions/0008-no-nonce-in-cached-pages.md.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def sent_by_this_site(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this site, or the person alone, sent this request.

    Browsers that know `Sec-Fetch-Site` send it wherever the connection is safe, all others `Origin` with every form. A program that
    sends neither is nobody's browser: it holds no cookies that another site could make use of.
    """
    origin = request.headers.get("Origin", "")
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in {"same-origin", "none"}
    return not origin or _host_of(origin) == request.get_host()


def _host_of(origin: str) -> str:
    """The host and port an Origin names; empty for `null` and for what is no origin at all."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""
