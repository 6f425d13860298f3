"""The dashboard: what was posted, decided and reported in a time that is chosen, drawn and as numbers to take away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from comments.admin_views.seeing.base import SeeingScreen, as_csv
from comments.figures.charts import Chart, Series, duration
from comments.figures.dashboard import PUBLISHED, Figures, figures
from comments.figures.period_form import PeriodForm
from comments.figures.scope import Scope
from comments.models import Handling
from comments.states import ReportKind

GROUPS = {
    _("published or restored"): PUBLISHED,
    _("left as they are after reports"): (Handling.DISMISS,),
    _("taken back or to be rephrased"): (Handling.HOLD, Handling.REPHRASE),
    _("rejected, spam or hidden"): (Handling.REJECT, Handling.SPAM, Handling.HIDE),
}
"""The eight kinds of decisions, in four colours; the table and the file tell them apart."""


class DashboardView(SeeingScreen, TemplateView):
    """The figures of a time."""

    screen = "dashboard"
    header_icon = "view"
    template_name = "comments/admin/seeing/dashboard.html"

    @cached_property
    def form(self) -> PeriodForm:
        return PeriodForm.of(self.request.GET, networks=self.offered_networks)

    @cached_property
    def figures(self) -> Figures:
        return figures(Scope(self.request.user, self.form.chosen_network), self.form.chosen)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "csv":
            period = self.figures.period
            return as_csv(f"moderation-{period.first}-{period.last}", table(self.figures))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        asked = self.form.data.copy()
        asked["export"] = "csv"
        return {
            **super().get_context_data(*args, **kwargs),
            "form": self.form,
            "figures": self.figures,
            "charts": charts(self.figures),
            "network": self.form.chosen_network,
            "export_url": f"?{asked.urlencode()}",
            "of_networks": len(self.figures.shares) > 1 or any(share.network for share in self.figures.shares),
        }


def charts(found: Figures) -> list[Chart]:
    """The four charts of the page."""
    grouped = [
        Series(str(label), [sum(each) for each in zip(*(found.decided[kind] for kind in kinds), strict=True)])
        for label, kinds in GROUPS.items()
    ]
    half, nearly = gettext("half of the decisions came within"), gettext("95 % of the decisions came within")
    reported = [Series(str(ReportKind(kind).label), values) for kind, values in found.reported.items() if any(values)]
    return [
        Chart("posted", gettext("Comments posted"), found.period, [Series(gettext("comments"), found.posted)]),
        Chart("decided", gettext("Decisions"), found.period, grouped),
        Chart(
            "waits",
            gettext("How long comments waited for a decision"),
            found.period,
            [Series(half, found.median), Series(nearly, found.nearly_all)],
            is_lines=True,
            told=duration,
        ),
        Chart("reported", gettext("Reports received"), found.period, reported),
    ]


def table(found: Figures) -> list[list[Any]]:
    """The same numbers, a row for each part; times in hours."""
    kinds = [
        *(str(Handling(kind).label) for kind in found.decided),
        *(f"{pgettext('moderation', 'Reports')}: {ReportKind(kind).label}" for kind in found.reported),
    ]
    waits = [gettext("Median wait, in hours"), gettext("95 % waited less than, in hours")]
    head = [pgettext("period", "From"), pgettext("period", "To"), gettext("Comments posted"), *kinds, *waits]
    columns = [found.posted, *found.decided.values(), *found.reported.values(), _hours(found.median), _hours(found.nearly_all)]
    rows = [[first, last, *values] for (first, last), *values in zip(found.period.parts, *columns, strict=True)]
    labels = [
        gettext("Network"),
        gettext("Decisions"),
        gettext("Restrictions"),
        gettext("Reports received"),
        pgettext("comments", "Published"),
        gettext("Waiting"),
    ]
    shares = [
        [
            share.network.name if share.network else gettext("no network"),
            share.decisions,
            share.restrictions,
            share.reports,
            share.published,
            share.pending,
        ]
        for share in found.shares
    ]
    return [head, *rows, [], labels, *shares]


def _hours(values: list[int | None]) -> list[Any]:
    return ["" if value is None else round(value / 3600, 2) for value in values]
