"""Answers visitors from the pages that are kept for them."""

import re
from collections.abc import Callable, Collection
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase, ResponseHeaders
from django.urls import Resolver404, resolve
from django.utils.datastructures import CaseInsensitiveMapping

from comments import guests
from comments.conf import setting
from comments.visitors import pages
from comments.visitors.pages import KeptPage

_PLAIN_QUERY = re.compile(r"(?:(?:after|before|tri)=[0-9A-Za-z.-]{1,160}(?:&|$)){0,3}", re.ASCII)
"""The query strings that name a page of a discussion; pages with any other are computed each time."""
_NOT_KEPT = {"private", "no-store"}


class VisitorPagesMiddleware:
    """Serve pages to visitors from `comments.visitors.pages`: the same bytes for all who brought nothing that tells them apart.

    Stands above everything but what says where a request comes from. Pages of the views named by COMMENTS_VISITOR_PAGES
    are kept, one copy for each address, language and choice of colours (the cookies of COMMENTS_VISITOR_COOKIES). Whoever holds
    another cookie of ours (a session, a guest's pass, a message) gets a page of their own, which no cache may keep.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.personal = {settings.SESSION_COOKIE_NAME, guests.COOKIE, "messages"}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        key = self._key(request)
        if key is None:
            return _closed_to_caches(self.get_response(request))
        if page := pages.find_here(key):
            return _answer(request, page)
        if not _is_kept(request.path_info):
            return _closed_to_caches(self.get_response(request))
        return self._compute(request, key)

    def _key(self, request: HttpRequest) -> str | None:
        """What tells one page for visitors from another; None for requests that cannot be answered by such a page."""
        cookies = request.COOKIES if "HTTP_COOKIE" in request.META else {}
        query = request.META.get("QUERY_STRING", "")
        if not self.personal.isdisjoint(cookies) or "HTTP_AUTHORIZATION" in request.META or not _PLAIN_QUERY.fullmatch(query):
            return None
        try:
            host = request.get_host()
        except DisallowedHost:
            return None
        chosen = [_one_of(values, cookies.get(name, "")) for name, values in setting("COMMENTS_VISITOR_COOKIES").items()]
        return "\n".join([request.scheme or "", host, request.path, query, *chosen])

    def _compute(self, request: HttpRequest, key: str) -> HttpResponseBase:
        with pages.alone(key):
            if page := pages.find(key):
                return _answer(request, page)
            with pages.computing() as dependencies:
                response = self.get_response(request)
            if not _may_be_kept(request, response):
                return _closed_to_caches(response)
            return _answer(request, pages.keep(key, dependencies, response.content, response.headers))


def _one_of(values: Collection[str], chosen: str) -> str:
    """What a visitor chose; nothing where it is none of the choices, so that nobody fills the cache with pages of their own."""
    return chosen if chosen in values else ""


def _is_kept(path: str) -> bool:
    """Whether the answers at an address are kept."""
    if path.startswith(tuple(filter(None, [settings.STATIC_URL, settings.MEDIA_URL]))):
        return False
    try:
        return resolve(path).view_name in setting("COMMENTS_VISITOR_PAGES")
    except Resolver404:
        return False


def _may_be_kept(request: HttpRequest, response: Any) -> bool:
    """Whether an answer is a whole page that holds nothing of the one who asked."""
    if request.method != "GET":
        return False
    if response.status_code != 200 or response.streaming or response.cookies or response.has_header("Content-Encoding"):
        return False
    is_page = response.get("Content-Type", "").startswith("text/html")
    closed = _NOT_KEPT.intersection(re.split(r"[\s,=]+", response.get("Cache-Control", "")))
    return is_page and not closed and "nonce-" not in response.get("Content-Security-Policy", "")


class _Headers(ResponseHeaders):
    """Headers that were checked when the page was kept, and need not be checked again."""

    def __init__(self, kept: CaseInsensitiveMapping) -> None:
        self._store = dict(kept._store)  # noqa: SLF001 (of our base class)


def _answer(request: HttpRequest, page: KeptPage) -> HttpResponse:
    """The page, compressed for those who take it so; 304 for those who have it."""
    if page.etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        response: HttpResponse = HttpResponseNotModified()
        response.headers = _Headers(page.headers)
        return response
    is_compressed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    body = page.compressed if is_compressed else page.body
    response = HttpResponse(b"" if request.method == "HEAD" else body, content_type="text/html")
    response.headers = _Headers(page.headers)
    response.headers["Content-Length"] = str(len(body))
    if is_compressed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _closed_to_caches(response: HttpResponseBase) -> HttpResponseBase:
    """Let nobody keep an answer for somebody else, where its view has not said who may."""
    if response.get("Content-Type", "").startswith("text/html") and not response.has_header("Cache-Control"):
        response.headers["Cache-Control"] = "private, no-cache"
    return response
