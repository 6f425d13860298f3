"""The agenda of a space."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from networks import services
from networks.agenda_forms import AgendaForm
from networks.calendar_file import calendar_file
from networks.keys import key_in
from networks.models import AgendaDate
from networks.views.inside import InsideSpace

DATES_PER_PAGE = 30


class AgendaView(InsideSpace, TemplateView):
    """What comes, or what is over (`?passees=1`)."""

    needs = "can_read"
    section = "agenda"
    template_name = "networks/agenda.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of dates."""
        past = "passees" in self.request.GET
        dates = self.standing.network.dates
        listed = dates.past() if past else dates.upcoming()
        found = list(listed.from_key(_key(self.request), backwards=past)[: DATES_PER_PAGE + 1])
        shown = found[:DATES_PER_PAGE]
        next_key = f"{shown[-1].starts_at.timestamp():.0f}.{shown[-1].pk}" if len(found) > DATES_PER_PAGE else ""
        return super().get_context_data(dates=shown, past=past, next_key=next_key, **kwargs)


def _key(request: HttpRequest) -> tuple[datetime, int] | None:
    """The beginning and key that `?after=` names; None for anything else. Beginnings are whole seconds."""
    moment, _point, key = request.GET.get("after", "").partition(".")
    seconds, pk = key_in(moment), key_in(key)
    if seconds is None or pk is None or len(moment) > 10:
        return None
    return datetime.fromtimestamp(seconds, UTC), pk


class NewDateView(InsideSpace, FormView):
    """A new date."""

    needs = "can_keep_agenda"
    section = "agenda"
    form_class = AgendaForm
    template_name = "networks/date_form.html"
    date: AgendaDate | None = None

    def form_valid(self, form: AgendaForm) -> HttpResponse:
        """Keep the date."""
        services.save_date(self.standing.network, by=self.request.user, date=self.date, **form.values)
        messages.success(self.request, _("The date is in the agenda."))
        return self.to("agenda")


class _OneDate(InsideSpace):
    """Something about one date of the agenda."""

    section = "agenda"
    date: AgendaDate

    def fetch(self) -> None:
        self.date = get_object_or_404(self.standing.network.dates, pk=self.kwargs["pk"])
        self.date.network = self.standing.network

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The date in question."""
        return super().get_context_data(date=self.date, **kwargs)


class EditDateView(_OneDate, NewDateView):
    """A date, rewritten."""

    def get_initial(self) -> dict[str, Any]:
        """What stands now."""
        return AgendaForm.initial_of(self.date)


class RemoveDateView(_OneDate, TemplateView):
    """Taking a date out, asked once before it is done."""

    needs = "can_keep_agenda"
    template_name = "networks/remove_date.html"

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Take it out."""
        self.attempt(lambda: services.remove_date(self.date, by=request.user), _("The date is no longer in the agenda."))
        return self.to("agenda")


class DateFileView(_OneDate, View):
    """A date as a file for the reader's own calendar."""

    needs = "can_read"

    def get(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """The file."""
        address = request.build_absolute_uri(self.date.get_absolute_url())
        content = calendar_file(self.date, address=address, host=urlsplit(address).hostname or "")
        headers = {"Content-Disposition": f'attachment; filename="date-{self.date.pk}.ics"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
