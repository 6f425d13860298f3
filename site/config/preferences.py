"""What a person chooses for the browser at hand, kept in a cookie: the language of the interface, light or dark colours.

These forms stand on every page, which must be the same for all visitors: they carry no token. Nothing but a preference changes, and
what another site sends is refused.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views import i18n
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from config.views import csrf_failure
from networks.origin import sent_by_this_site

SCHEME_COOKIE = "scheme"
SCHEMES = {"light", "dark"}
YEAR = 365 * 24 * 60 * 60


def _without_token(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Ask no token of a form, and refuse the one that another site sends."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        return view(request) if sent_by_this_site(request) else csrf_failure(request, reason="Origin of another site")

    return guarded


@_without_token
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language posted, and go back to the page in `next`."""
    return i18n.set_language(request)


@_without_token
@require_POST
def choose_scheme(request: HttpRequest) -> HttpResponse:
    """Keep the scheme posted, or forget it for any other value, and go back to the page in `next`."""
    response = HttpResponseRedirect(_way_back(request))
    scheme = request.POST.get("scheme", "")
    if scheme in SCHEMES:
        response.set_cookie(SCHEME_COOKIE, scheme, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        response.delete_cookie(SCHEME_COOKIE)
    return response


def _way_back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"
