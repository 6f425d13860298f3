"""Light or dark: the choice a person makes, kept in a cookie; without one, the device's own."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "scheme"
SCHEMES = {"light", "dark"}
YEAR = 365 * 24 * 60 * 60


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the scheme posted, or forget it for any other value, and go back to the page in `next`."""
    response = HttpResponseRedirect(_way_back(request))
    scheme = request.POST.get("scheme", "")
    if scheme in SCHEMES:
        response.set_cookie(COOKIE, scheme, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    else:
        response.delete_cookie(COOKIE)
    return response


def _way_back(request: HttpRequest) -> str:
    address = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return address if safe else "/"
