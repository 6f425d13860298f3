"""The register of reports: what readers called wrong, what became of it, and how long that took."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from comments.admin_views.dates import DateRangeFilter
from comments.admin_views.discussions import AsideColumn
from comments.admin_views.seeing.base import RegisterList, among_newest
from comments.admin_views.seeing.register import choice, hours, moment, networks_of, number_in
from comments.models import Report
from comments.states import ReportKind, Verdict


class ReportFilterSet(WagtailFilterSet):
    """How the register is narrowed."""

    kind = choice(_("Kind"), ReportKind.choices)
    verdict = choice(_("What became of it"), Verdict.choices)
    network = django_filters.ModelChoiceFilter(
        label=_("Network"), field_name="comment__discussion__network", queryset=networks_of, empty_label=_("All")
    )
    reported_at = DateRangeFilter(label=_("Date"), widget=DateRangePickerWidget)

    class Meta:
        model = Report
        fields = ["kind", "verdict", "network", "reported_at"]


class ReportsView(RegisterList):
    """The reports of comments that the person moderates; who sent them is nobody's business here."""

    screen = "register_reports"
    filterset_class = ReportFilterSet
    default_ordering = "-pk"
    verbose_name_plural = _("reports")
    empty = _("Nothing was reported yet.")
    exported = {
        "reference": (_("Reference"), lambda report: report.reference),
        "date": (_("Date"), lambda report: report.reported_at),
        "kind": (_("Kind"), lambda report: report.get_kind_display()),
        "comment": (pgettext_lazy("something said", "Comment"), lambda report: report.comment_id),
        "discussion": (_("Discussion"), lambda report: str(report.comment.discussion)),
        "network": (_("Network"), lambda report: str(report.comment.discussion.network or "")),
        "verdict": (_("What became of it"), lambda report: report.get_verdict_display()),
        "decided": (_("Decided on"), lambda report: report.decided_at or ""),
        "waited": (_("Hours of waiting"), lambda report: hours(waited(report))),
    }

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "reference", label=_("Reference"), accessor="reference", get_url=comment_of, sort_key="pk", classname="moderation-reference"
            ),
            Column("reported_at", label=_("Date"), accessor=lambda each: moment(each.reported_at)),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            AsideColumn("discussion", label=_("Discussion"), accessor="comment.discussion", classname="moderation-aside"),
            AsideColumn(
                "network", label=_("Network"), accessor=lambda each: each.comment.discussion.network or "", classname="moderation-aside"
            ),
            Column("verdict", label=_("What became of it"), accessor="get_verdict_display"),
            AsideColumn("waited", label=_("Hours of waiting"), accessor=lambda each: hours(waited(each)), classname="moderation-aside"),
        ]

    def get_base_queryset(self) -> QuerySet[Report]:
        return Report.objects.moderatable_by(self.request.user).select_related("comment__discussion__network")

    def search_queryset(self, queryset: QuerySet[Report]) -> QuerySet[Report]:
        if not self.search_query:
            return queryset
        number = number_in(self.search_query, "s")
        if number is not None:
            return queryset.filter(pk=number)
        return among_newest(queryset, "pk").filter(words__icontains=self.search_query)


def comment_of(report: Report) -> str:
    """The reported comment, in the workbench."""
    return reverse("moderation:inspect", args=[report.comment_id])


def waited(report: Report) -> Any:
    """How long it waited for its verdict; None while it waits."""
    return report.decided_at - report.reported_at if report.decided_at else None
