"""The yearly report on moderation: to read, to print, to take away as numbers or as a page for the site."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext, pgettext
from django.views.generic import TemplateView

from comments.admin_views.seeing.base import SeeingScreen, as_csv
from comments.conf import site_name
from comments.figures.charts import duration
from comments.figures.scope import Scope
from comments.figures.transparency import AUTHORS, Year, numbers, year_to_report
from comments.models import Ending, Handling, Restriction
from comments.states import Basis, Outcome
from networks.keys import key_in
from networks.models import Network

OLDEST = 2000
OFFERED = 6
"""How many years the page offers; an older one is asked for by its address."""


@dataclass(frozen=True)
class Table:
    """One table of the report; the first cell of a row names it."""

    title: str
    note: str
    head: list[str]
    rows: list[list[Any]]


class TransparencyView(SeeingScreen, TemplateView):
    """The report of a year."""

    screen = "transparency"
    template_name = "comments/admin/seeing/transparency.html"

    @cached_property
    def this_year(self) -> int:
        return timezone.localdate(timezone=timezone.get_default_timezone()).year

    @cached_property
    def network(self) -> Network | None:
        """The network that was asked for, where the person moderates it."""
        key = key_in(self.request.GET.get("network", ""))
        return None if key is None else self.offered_networks.filter(pk=key).first()

    @cached_property
    def scope(self) -> Scope:
        return Scope(self.request.user, self.network)

    @cached_property
    def year(self) -> int:
        """The year that was asked for, else the one to report on."""
        asked = key_in(self.request.GET.get("year", "")) or 0
        return asked if OLDEST <= asked <= self.this_year else year_to_report(self.scope, self.this_year)

    @cached_property
    def tables(self) -> list[Table]:
        return tables(numbers(self.scope, self.year))

    @cached_property
    def own_networks(self) -> list[Network]:
        """The networks that the numbers are about; none where they are the whole site's."""
        if self.network is not None:
            return [self.network]
        return [] if self.sees_all else list(self.offered_networks)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.GET.get("download")
        if wanted == "csv":
            return as_csv(self.filename, _as_rows(self.tables))
        if wanted == "html":
            page = render_to_string("comments/admin/seeing/transparency_public.html", self._report())
            return HttpResponse(page, headers={"Content-Disposition": f'attachment; filename="{self.filename}.html"'})
        return super().get(request, *args, **kwargs)

    @property
    def filename(self) -> str:
        return "-".join(filter(None, ["moderation", slugify(self.network.slug) if self.network else "", str(self.year)]))

    def _report(self) -> dict[str, Any]:
        return {
            "year": self.year,
            "tables": self.tables,
            "is_running": self.year == self.this_year,
            "site_name": site_name(),
            "about": self.own_networks,
            "made_on": timezone.now(),
        }

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        years = range(self.this_year, self.this_year - OFFERED, -1)
        return {
            **super().get_context_data(*args, **kwargs),
            **self._report(),
            "years": years if self.year in years else [*years, self.year],
            "network": self.network,
            "networks": list(self.offered_networks),
        }


def tables(found: Year) -> list[Table]:
    """The whole report."""
    return [
        _notices(found),
        _restrictions(found),
        _reasons(found),
        _initiative(found),
        _automated(found),
        _authors(found),
        _appeals(found),
        _work(found),
    ]


def _notices(found: Year) -> Table:
    rows = [
        [str(each.kind.label), each.received, each.upheld, each.by_law, each.by_charter, each.dismissed, each.gone, each.waiting]
        for each in found.notices
    ]
    note = gettext("Median time until a decision: %(all)s; for what is reported as illegal: %(illegal)s.") % {
        "all": _time(found.notice_median),
        "illegal": _time(found.illegal_median),
    }
    if found.discounted:
        note += " " + gettext("Reports of people who had reported without reason before: %(number)s.") % {"number": found.discounted}
    head = [
        gettext("Kind"),
        gettext("Received"),
        gettext("Led to an action"),
        gettext("of which upon the law"),
        gettext("of which upon the charter"),
        gettext("Left as it was"),
        gettext("Removed by its author"),
        gettext("Still waiting"),
    ]
    return Table(gettext("Notices received"), note, head, _with_total(rows))


def _restrictions(found: Year) -> Table:
    rows = [
        [str(kind.label), found.count(restriction=kind), *(found.count(restriction=kind, basis=basis) for basis in Basis)]
        for kind in Restriction
        if kind not in AUTHORS
    ]
    note = gettext("Median time that comments had waited: %(time)s.") % {"time": _time(found.restriction_median)}
    head = [gettext("Restriction"), pgettext("how many", "Number"), gettext("upon the law"), gettext("upon the charter")]
    return Table(gettext("Comments restricted"), note, head, _with_total(rows))


def _reasons(found: Year) -> Table:
    used = sorted({key[2] for key in found.restrictions}, key=lambda reason: -found.count(reason=reason))
    rows = [[str(found.reasons[key]), str(found.reasons[key].get_basis_display()), found.count(reason=key)] for key in used]
    return Table(gettext("Reasons"), "", [gettext("Reason"), gettext("Rests on"), pgettext("how many", "Number")], rows)


def _initiative(found: Year) -> Table:
    rows = [[gettext("after a report"), found.count(reported=True)], [gettext("own initiative"), found.count(reported=False)]]
    return Table(gettext("What led to restrictions"), "", [gettext("Upon"), pgettext("how many", "Number")], rows)


def _automated(found: Year) -> Table:
    automated = found.count(automated=True)
    lifted = sum(found.count(automated=True, ended_because=ending) for ending in (Ending.LIFTED, Ending.APPEAL))
    share = gettext("%(percent)s %%") % {"percent": round(100 * lifted / automated)} if automated else "–"
    rows = [
        [gettext("decided by a person"), found.count(automated=False)],
        [gettext("by a rule, without a person"), automated],
        [gettext("of which a person lifted"), lifted],
        [gettext("share of them, an indication of the rate of error"), share],
    ]
    note = gettext(
        "Rules take comments back that several readers report, until a person has read them. "
        "What a rule refuses when it is sent is not stored, and not counted."
    )
    return Table(gettext("Automated or not"), note, [gettext("Decision"), pgettext("how many", "Number")], rows)


def _authors(found: Year) -> Table:
    rows = [[str(kind.label), found.count(restriction=kind)] for kind in AUTHORS]
    return Table(gettext("Decisions about authors"), "", [gettext("Decision"), pgettext("how many", "Number")], rows)


def _appeals(found: Year) -> Table:
    labels = {
        Outcome.UPHELD: gettext("decision upheld"),
        Outcome.OVERTURNED: gettext("decision overturned"),
        Outcome.WAITING: gettext("waiting"),
    }
    rows = [[label, found.appeals[outcome]] for outcome, label in labels.items()]
    note = gettext("Median time until an answer: %(time)s. Another person than who decided first reads each.") % {
        "time": _time(found.appeal_median)
    }
    return Table(gettext("Appeals"), note, [gettext("Outcome"), pgettext("how many", "Number")], _with_total(rows))


def _work(found: Year) -> Table:
    rows = [
        [gettext("comments posted"), found.posted],
        *[[gettext("comments %(decision)s") % {"decision": Handling(kind).label}, found.decisions[kind]] for kind in Handling.values],
        [gettext("people who may moderate today"), found.people],
        [gettext("people who decided in the year"), found.deciders],
    ]
    note = gettext("Median time that comments waited for a decision: %(time)s.") % {"time": _time(found.decision_median)}
    return Table(gettext("The work"), note, [pgettext("table", "What"), pgettext("how many", "Number")], rows)


def _with_total(rows: list[list[Any]]) -> list[list[Any]]:
    return [*rows, [gettext("Total"), *(sum(column) for column in zip(*(row[1:] for row in rows), strict=True))]]


def _time(value: timedelta | None) -> str:
    return "–" if value is None else duration(round(value.total_seconds()))


def _as_rows(report: list[Table]) -> list[list[Any]]:
    return [row for table in report for row in ([table.title], *([[table.note]] if table.note else []), table.head, *table.rows, [])]
