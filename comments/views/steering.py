"""Who speaks and who is silent: networks by chapters, as a picture and as the table behind it."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comments.spaces.coverage import Coverage, can_steer, coverage_for
from comments.spaces.heatmap import Heatmap
from comments.spreadsheets import BYTE_ORDER_MARK, csv_lines


@require_safe
@never_cache
def coverage(request: HttpRequest) -> HttpResponse:
    """The picture and the table; the table alone as a file (`?format=csv`). Raises PermissionDenied for who steers nothing."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    if not can_steer(request.user):
        raise PermissionDenied
    found = coverage_for(request.user, after=request.GET.get("after", "").replace("\x00", "")[:80])
    if request.GET.get("format") == "csv":
        return _as_csv(found)
    return render(request, "comments/coverage.html", {"coverage": found, "heatmap": Heatmap(found)})


def _as_csv(found: Coverage) -> HttpResponse:
    name = f"participation-{timezone.localdate():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    lines = csv_lines(_rows(found), delimiter=";")
    return HttpResponse([BYTE_ORDER_MARK, *lines], content_type="text/csv; charset=utf-8", headers=headers)


def _rows(found: Coverage) -> Iterator[list[Any]]:
    yield [
        _("Network"),
        _("Chapter"),
        _("Published under the chapter"),
        _("of which positions"),
        _("of which workshops"),
        _("In the space"),
    ]
    for line in found.lines:
        for page, cell in zip(found.chapters, line.cells, strict=True):
            yield [
                line.network.name,
                page.title,
                cell.public,
                cell.positions,
                cell.workshops,
                "" if cell.inside is None else cell.inside,
            ]
