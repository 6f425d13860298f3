"""Who speaks and who is silent: networks by chapters, and how participation goes on, as pictures and as the tables behind them."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import wraps
from typing import Any

from django import forms
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comments.figures.charts import Chart, Series
from comments.figures.participation import Participation, Speaker, participation
from comments.figures.period_form import PeriodForm
from comments.figures.periods import Period
from comments.models import Consultation
from comments.spaces.coverage import Coverage, can_steer, coverage_for
from comments.spaces.heatmap import Heatmap
from comments.spreadsheets import BYTE_ORDER_MARK, csv_lines
from networks.keys import key_in
from networks.models import Network

View = Callable[[HttpRequest], HttpResponse]


def _for_those_who_steer(view: View) -> View:
    """A page that others sign in for, or are refused (PermissionDenied)."""

    @require_safe
    @never_cache
    @wraps(view)
    def wrapped(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not can_steer(request.user):
            raise PermissionDenied
        return view(request)

    return wrapped


@_for_those_who_steer
def coverage(request: HttpRequest) -> HttpResponse:
    """The picture and the table; the table alone as a file (`?format=csv`); of one consultation (`?consultation=`)."""
    asked = key_in(request.GET.get("consultation", ""))
    during = _begun(request.user).filter(pk=asked).first() if asked is not None else None
    found = coverage_for(request.user, after=request.GET.get("after", "").replace("\x00", "")[:80], during=during)
    if request.GET.get("format") == "csv":
        return _as_csv("participation", _cells(found))
    return render(request, "comments/coverage.html", {"coverage": found, "heatmap": Heatmap(found), "during": during})


@_for_those_who_steer
def evolution(request: HttpRequest) -> HttpResponse:
    """How much was said over a time, drawn and as numbers to take away (`?format=csv`)."""
    form = ParticipationForm.of(request.GET, networks=Network.objects.visible_to(request.user), consultations=_begun(request.user))
    during = form.chosen_consultation
    found = participation(request.user, form.chosen, network=form.chosen_network, during=during)
    if request.GET.get("format") == "csv":
        return _as_csv("evolution", _parts(found))
    asked = request.GET.copy()
    asked["format"] = "csv"
    context = {"form": form, "found": found, "charts": charts(found, form.chosen_network), "during": during, "export": asked.urlencode()}
    return render(request, "comments/evolution.html", context)


def _begun(user: Any) -> Any:
    """The consultations that a person may know of and that have opened."""
    return Consultation.objects.visible_to(user).filter(opens_at__lte=timezone.now()).newest_first()


class ParticipationForm(PeriodForm):
    """Which time, of which network; or a consultation's time and chapters."""

    consultation = forms.ModelChoiceField(
        label=gettext_lazy("Consultation"), queryset=None, required=False, empty_label=gettext_lazy("None: the whole guide")
    )

    def __init__(self, *args: Any, consultations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consultation"].queryset = consultations

    @property
    def chosen(self) -> Period:
        """The time that was asked for; a consultation's own, as far as it has gone, where one was."""
        during = self.chosen_consultation
        if during is None:
            return super().chosen
        first = timezone.localdate(during.opens_at)
        last = min(timezone.localdate(), timezone.localdate(during.closes_at - timedelta(microseconds=1)))
        return Period(first, last)

    @property
    def chosen_consultation(self) -> Consultation | None:
        """The consultation that was asked for."""
        return self.cleaned_data.get("consultation") if self.is_valid() else None


def charts(found: Participation, network: Network | None) -> list[Chart]:
    """The charts of the page; of one network, without the number of networks."""
    public = [Series(str(Speaker(speaker).label), values) for speaker, values in found.public.items()]
    inside = [Series(_where(about), values) for about, values in found.inside.items()]
    drawn = [
        Chart("public", _("Published under the chapters"), found.period, public),
        Chart("networks", _("Networks that spoke under the chapters"), found.period, [Series(_("networks"), found.networks)]),
        Chart("inside", _("Said in the spaces you read"), found.period, inside),
    ]
    return [drawn[0], drawn[2]] if network else drawn


def _where(is_about: bool) -> str:
    return _("in topics about a chapter") if is_about else _("in the other topics")


def _as_csv(name: str, rows: Iterator[list[Any]]) -> HttpResponse:
    filename = f"{name}-{timezone.localdate():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "private, no-store"}
    return HttpResponse([BYTE_ORDER_MARK, *csv_lines(rows, delimiter=";")], content_type="text/csv; charset=utf-8", headers=headers)


def _parts(found: Participation) -> Iterator[list[Any]]:
    speakers = [str(Speaker(speaker).label) for speaker in found.public]
    yield [pgettext("period", "From"), pgettext("period", "To"), *speakers, _("networks"), *(_where(about) for about in found.inside)]
    columns = zip(*found.public.values(), found.networks, *found.inside.values(), strict=True)
    for (first, last), values in zip(found.period.parts, columns, strict=True):
        yield [first, last, *values]


def _cells(found: Coverage) -> Iterator[list[Any]]:
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
            inside = "" if cell.inside is None else cell.inside
            yield [line.network.name, page.title, cell.public, cell.positions, cell.workshops, inside]
