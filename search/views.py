"""The search page."""

import logging
from typing import Any, NamedTuple

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from search.models import Kind
from search.queries import MAX_LENGTH, Query, parse
from search.results import MAX_CANDIDATES, Results, find

logger = logging.getLogger(__name__)

_LONGEST_PAGE_NUMBER = 4
_FILTERS = [
    ("", _("Everything")),
    (Kind.ARTICLE, _("Articles")),
    (Kind.PAGE, _("Pages")),
    (Kind.TOPIC, _("Topics")),
    (Kind.COMMENT, _("Comments")),
]


class Filter(NamedTuple):
    """A link that asks the same question of one kind."""

    label: Any
    url: str
    is_current: bool


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Answer `?q=`, of the kind `kind=`, its page `page=`; what means nothing is passed over."""
    query = parse(request.GET.get("q", ""))
    kind = _kind(request.GET.get("kind", ""))
    try:
        found = find(query, user=request.user, kind=kind, page=_page_number(request.GET.get("page", "")))
    except DatabaseError:
        logger.exception("Search: the index does not answer; the rest of the site does without it.")
        return _out_of_order(request, query)
    context = {
        "query": query,
        "results": found,
        "kind": kind or "",
        "filters": [Filter(label, _url(query, value), value == (kind or "")) for value, label in _FILTERS],
        "max_length": MAX_LENGTH,
        "max_candidates": MAX_CANDIDATES,
        **_neighbours(query, kind, found),
    }
    return render(request, "search/results.html", context)


def _out_of_order(request: HttpRequest, query: Query) -> HttpResponse:
    return render(request, "search/out_of_order.html", {"query": query, "max_length": MAX_LENGTH}, status=503)


def _kind(asked: str) -> Kind | None:
    return Kind(asked) if asked in Kind.values else None


def _page_number(asked: str) -> int:
    is_number = asked.isascii() and asked.isdecimal() and len(asked) <= _LONGEST_PAGE_NUMBER
    return int(asked) if is_number else 1


def _neighbours(query: Query, kind: Kind | None, found: Results) -> dict[str, str]:
    return {
        "previous_url": _url(query, kind, found.page - 1) if found.page > 1 else "",
        "next_url": _url(query, kind, found.page + 1) if found.page < found.pages else "",
    }


def _url(query: Query, kind: str | None, page: int = 1) -> str:
    asked = {"q": query.text, "kind": kind, "page": page if page > 1 else None}
    return f"{reverse('search:results')}?{urlencode({name: value for name, value in asked.items() if value})}"
