"""What was said in a space, for its facilitators to take away: a spreadsheet, a file for programs, a page to print."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.generic import TemplateView

from comments.spaces.export import MOST_ON_A_PAGE, SpaceExport, as_data
from comments.spreadsheets import BYTE_ORDER_MARK, csv_lines
from networks.views.inside import InsideSpace


class SpaceExportView(InsideSpace, TemplateView):
    """The choice of a form, and the page to print (`?format=html`); `csv` and `json` are downloads, written as they are read."""

    needs = "can_export"
    section = "export"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer with what is asked for; the choice where nothing sensible is."""
        export = SpaceExport(self.standing.network, request.user)
        form = request.GET.get("format", "")
        if form == "csv":
            return self._download(_csv(export), "text/csv; charset=utf-8", "csv")
        if form == "json":
            return self._download(_json(export), "application/json", "json")
        if form == "html":
            return self._page(export)
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        """The choice."""
        return ["comments/space_export.html"]

    def _page(self, export: SpaceExport) -> HttpResponse:
        topics = list(export.topics(most=MOST_ON_A_PAGE))
        context = self.get_context_data(topics=topics, is_cut=export.is_cut, most=MOST_ON_A_PAGE, now=timezone.now())
        return self.response_class(self.request, ["comments/space_export_print.html"], context)

    def _download(self, parts: Iterator[str], kind: str, extension: str) -> StreamingHttpResponse:
        name = f"{self.standing.network.slug}-{timezone.localdate():%Y-%m-%d}.{extension}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return StreamingHttpResponse(parts, content_type=kind, headers=headers)


def _csv(export: SpaceExport) -> Iterator[str]:
    yield BYTE_ORDER_MARK
    yield from csv_lines(_rows(export), delimiter=";")


def _rows(export: SpaceExport) -> Iterator[tuple[Any, ...]]:
    yield (
        _("Topic"),
        _("Chapter"),
        pgettext("place of a comment", "Number"),
        _("Answers the comment"),
        _("Date"),
        _("Person"),
        _("Role"),
        _("Text"),
        _("useful votes"),
        _("Address"),
    )
    for topic in export.topics():
        shared = (topic.title, topic.chapter)
        yield (*shared, "", "", topic.date, topic.person, "", topic.text, "", topic.url)
        for comment in topic.comments:
            said = (comment.number, comment.answers, comment.date, comment.person, comment.role, comment.text, comment.useful, comment.url)
            yield (*shared, *said)


def _json(export: SpaceExport) -> Iterator[str]:
    head = {"network": export.network.name, "exported_at": timezone.now().isoformat(timespec="seconds")}
    yield f'{json.dumps(head, ensure_ascii=False)[:-1]}, "topics": ['
    for position, topic in enumerate(export.topics()):
        yield ("," if position else "") + json.dumps(as_data(topic), ensure_ascii=False)
    yield "]}"
