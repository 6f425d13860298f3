"""Addresses that belong to the site as a whole: health, robots and the error pages."""

from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@never_cache
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, 503 otherwise, with each part's state and no secret."""
    parts = {"database": _database_state(), "cache": _cache_state()}
    healthy = parts["database"] == "ok"
    return JsonResponse({"status": "ok" if healthy else "down", "parts": parts}, status=200 if healthy else 503)


def _database_state() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "down"
    return "ok"


def _cache_state() -> str:
    try:
        cache.set("health", "ok", 10)
        return "ok" if cache.get("health") == "ok" else "down"
    except Exception:  # noqa: BLE001 (each cache backend raises errors of its own library)
        return "down"


def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what not to index, and where the sitemap is."""
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


def door(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends who may not enter, in the admin or at a private page: a visitor signs in, anybody else gets a 403."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", "/"))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say in a sentence why a form was refused, and how to send it again without losing the text.

    A form that another site sent is not offered again: one click would do what that site wants.
    """
    from_elsewhere = reason.startswith(("Origin", "Referer"))
    return render(request, "403_csrf.html", {"posted": request.POST, "from_elsewhere": from_elsewhere}, status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The 400 page, or the 413 page for what is too big to be read."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The 403 page."""
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The 404 page; it gives back a comment that was on its way to a discussion that is no longer there."""
    return render(request, "404.html", {"typed": _typed(request)}, status=404)


def _typed(request: HttpRequest) -> str:
    """The comment on its way; nothing of what is too big or too broken to be read, which nobody has looked at before."""
    try:
        return request.POST.get("comment", "") if request.method == "POST" else ""
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return ""


def server_error(request: HttpRequest) -> HttpResponse:
    """The 500 page, which needs neither the database nor the request's person."""
    return render(None, "500.html", status=500)
