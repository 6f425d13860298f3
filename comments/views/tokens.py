"""Which forms carry a token: those of people who are known. Visitors' forms stand on pages that are the same for everybody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import REASON_BAD_ORIGIN, CsrfViewMiddleware
from django.views.decorators.csrf import csrf_exempt

from comments.guests import viewer_of
from comments.permissions import is_known
from networks.origin import sent_by_this_site

View = Callable[..., HttpResponseBase]


class _Check(CsrfViewMiddleware):
    """Django's own check, asked for one request."""

    def refusal(self, request: HttpRequest) -> HttpResponseBase | None:
        """The answer to a request that another site sent in the name of somebody known, or of a visitor; None for any other."""
        if request.method != "POST":
            return None
        if is_known(viewer_of(request)):
            return self.process_view(request, None, (), {})
        if sent_by_this_site(request):
            return None
        return self._reject(request, REASON_BAD_ORIGIN % request.headers.get("Origin", ""))


_check = _Check(lambda _: None)  # type: ignore[arg-type, return-value]


def visitors_need_no_token(view: View) -> View:
    """Ask people who are known for Django's token, and of visitors only that no other site sent their form."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _check.refusal(request) or view(request, *args, **kwargs)

    return guarded
