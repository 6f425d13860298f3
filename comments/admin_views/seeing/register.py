"""The register of statements of reasons: what was restricted, why, by whom or what, and how it ended."""

import re
from typing import Any

import django_filters
from django import forms
from django.db.models import BigIntegerField, Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from comments import permissions
from comments.admin_views.dates import DateRangeFilter
from comments.admin_views.discussions import AsideColumn
from comments.admin_views.seeing.base import RegisterList, SeeingScreen, among_newest
from comments.models import Reason, Report, Statement, ThreadComment
from comments.states import Basis, Outcome
from networks.models import Network

RELATED = ("comment__user", "comment__discussion", "sanction", "network", "reason", "decided_by", "appeal")
NO_APPEAL = "none"
_YES_OR_NO = [("yes", _("Yes")), ("no", _("No"))]


def networks_of(request: HttpRequest) -> QuerySet[Network]:
    """The networks whose rows the person may look up."""
    return permissions.networks_moderated_by(request.user)


def choice(label: Any, choices: list, method: str | None = None, **kwargs: Any) -> django_filters.ChoiceFilter:
    """A filter with a radio button for each choice."""
    return django_filters.ChoiceFilter(
        label=label, choices=choices, empty_label=_("All"), widget=forms.RadioSelect, method=method, **kwargs
    )


def number_in(words: str, letter: str) -> int | None:
    """The number that a reference names, as D-000123, d123 or 123; None for other words."""
    found = re.fullmatch(rf"\s*{letter}?-?0*(\d{{1,18}})\s*", words, re.ASCII | re.IGNORECASE)
    return int(found[1]) if found else None


class StatementFilterSet(WagtailFilterSet):
    """How the register is narrowed."""

    restriction = choice(_("What"), Statement._meta.get_field("restriction").choices)
    reason = django_filters.ModelChoiceFilter(label=_("Reason"), queryset=Reason.objects.all(), empty_label=_("All"))
    basis = choice(_("Rests on"), Basis.choices)
    automated = choice(_("Automated"), _YES_OR_NO, "by_flag")
    reported = choice(_("After a report"), _YES_OR_NO, "by_flag")
    network = django_filters.ModelChoiceFilter(label=_("Network"), queryset=networks_of, empty_label=_("All"))
    decided_at = DateRangeFilter(label=_("Date"), widget=DateRangePickerWidget)
    appeal = choice(_("Appeal"), [(NO_APPEAL, _("none")), *Outcome.choices], "by_appeal")
    holds = choice(_("In effect"), _YES_OR_NO, "by_effect")

    class Meta:
        model = Statement
        fields = ["restriction", "reason", "basis", "automated", "reported", "network", "decided_at", "appeal", "holds"]

    def by_flag(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(**{name: value == "yes"})

    def by_appeal(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(appeal=None) if value == NO_APPEAL else queryset.filter(appeal__outcome=value)

    def by_effect(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        holds = Q(ended_at=None) & (Q(until=None) | Q(until__gt=timezone.now()))
        return queryset.filter(holds if value == "yes" else ~holds)


class RegisterView(RegisterList):
    """The statements of reasons of what the person moderates."""

    screen = "register"
    filterset_class = StatementFilterSet
    default_ordering = ("-decided_at", "-pk")
    verbose_name_plural = _("decisions")
    empty = _("Nothing was restricted yet.")

    @cached_property
    def exported(self) -> dict[str, tuple[Any, Any]]:
        return {
            "reference": (_("Reference"), lambda statement: statement.reference),
            "date": (_("Date"), lambda statement: statement.decided_at),
            "restriction": (_("What"), lambda statement: statement.get_restriction_display()),
            "comment": (pgettext_lazy("something said", "Comment"), lambda statement: statement.comment_id or ""),
            "author": (_("Author"), self.author_of),
            "discussion": (_("Discussion"), self.place_of),
            "network": (_("Network"), lambda statement: statement.network.name if statement.network else ""),
            "basis": (_("Rests on"), lambda statement: statement.get_basis_display()),
            "clause": (_("Law or clause"), lambda statement: statement.clause),
            "reason": (_("Reason"), lambda statement: str(statement.reason)),
            "facts": (_("Words to the author"), lambda statement: statement.told),
            "reported": (_("After a report"), lambda statement: yes_or_no(statement.reported)),
            "automated": (_("Automated"), lambda statement: yes_or_no(statement.automated)),
            "decided_by": (_("Decided by"), decider_of),
            "waited": (_("Hours of waiting"), lambda statement: hours(statement.waited)),
            "until": (_("Until"), lambda statement: statement.until or ""),
            "appeal": (_("Appeal"), appeal_of),
            "ended": (_("Ended on"), lambda statement: statement.ended_at or ""),
            "ending": (_("Ended because"), lambda statement: statement.get_ended_because_display()),
        }

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn(
                "reference", label=_("Reference"), accessor="reference", get_url=address_of, sort_key="pk", classname="moderation-reference"
            ),
            Column("decided_at", label=_("Date"), accessor=lambda each: moment(each.decided_at), sort_key="decided_at"),
            Column("restriction", label=_("What"), accessor="get_restriction_display"),
            AsideColumn("author", label=_("Author"), accessor=self.author_of, classname="moderation-aside"),
            AsideColumn("place", label=_("Discussion"), accessor=self.place_of, classname="moderation-aside"),
            AsideColumn("network", label=_("Network"), accessor=lambda each: each.network or "", classname="moderation-aside"),
            AsideColumn("reason", label=_("Reason"), accessor=reason_of, classname="moderation-aside"),
            AsideColumn("origin", label=_("Decided"), accessor=origin_of, classname="moderation-aside"),
            Column("standing", label=_("Stands"), accessor=standing_of),
        ]

    def get_base_queryset(self) -> QuerySet[Statement]:
        return Statement.objects.moderatable_by(self.request.user).select_related(*RELATED)

    def search_queryset(self, queryset: QuerySet[Statement]) -> QuerySet[Statement]:
        if not self.search_query:
            return queryset
        number = number_in(self.search_query, "d")
        if number is not None:
            return queryset.filter(pk=number)
        return among_newest(queryset, "decided_at").filter(facts__icontains=self.search_query)

    def author_of(self, statement: Statement) -> str:
        """Who it is about, where the person may know."""
        if statement.sanction is not None:
            return statement.sanction.name
        return statement.comment.author_name if is_here(statement, sees_all=self.sees_all) else ""

    def place_of(self, statement: Statement) -> str:
        """Under what its comment stands, where the person may know."""
        return str(statement.comment.discussion) if statement.comment and is_here(statement, sees_all=self.sees_all) else ""


class StatementView(SeeingScreen, TemplateView):
    """All of one statement of reasons."""

    screen = "register"
    is_detail = True
    template_name = "comments/admin/seeing/statement.html"

    @cached_property
    def statement(self) -> Statement:
        found = Statement.objects.moderatable_by(self.request.user).select_related(*RELATED, "appeal__decided_by")
        key = self.kwargs["pk"]
        statement = found.filter(pk=key).first() if key <= BigIntegerField.MAX_BIGINT else None
        if statement is None:
            raise Http404
        return statement

    def get_page_title(self) -> str:
        return self.statement.reference

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        statement, user = self.statement, self.request.user
        comment = ThreadComment.objects.moderatable_by(user).filter(pk=statement.comment_id).select_related("discussion", "user").first()
        return {
            **super().get_context_data(*args, **kwargs),
            "statement": statement,
            "comment": comment,
            "appeal": getattr(statement, "appeal", None),
            "decided": origin_of(statement),
            "standing": standing_of(statement),
            "waited": hours(statement.waited),
            "reports": Report.objects.moderatable_by(user).filter(statement=statement).order_by("pk")[:50],
        }


def address_of(statement: Statement) -> str:
    """Where all of a statement is read."""
    return reverse("moderation:register_statement", args=[statement.pk])


def is_here(statement: Statement, *, sees_all: bool) -> bool:
    """Whether the comment still stands where it was restricted: what moved to another space is that space's to know."""
    return statement.comment is not None and (sees_all or statement.comment.discussion.network_id == statement.network_id)


def decider_of(statement: Statement) -> str:
    """Who decided, or that nobody did."""
    return gettext("no person: a rule") if statement.automated else str(statement.decided_by or gettext("an account that was closed"))


def origin_of(statement: Statement) -> str:
    """Who or what decided, and upon what."""
    upon = gettext("after a report") if statement.reported else gettext("own initiative")
    return f"{decider_of(statement)}, {upon}"


def standing_of(statement: Statement) -> str:
    """Whether it holds, and what came of an appeal."""
    if statement.ended_at is not None:
        told = statement.get_ended_because_display()
    elif statement.until is not None and statement.until <= timezone.now():
        told = gettext("its time is over")
    else:
        told = gettext("in effect")
    appeal = getattr(statement, "appeal", None)
    return f"{told} · {appeal_of(statement)}" if appeal else str(told)


def appeal_of(statement: Statement) -> str:
    """What came of its appeal; empty without one."""
    appeal = getattr(statement, "appeal", None)
    return gettext("appeal: %(outcome)s") % {"outcome": appeal.get_outcome_display()} if appeal else ""


def reason_of(statement: Statement) -> str:
    """Why, and upon what."""
    return f"{statement.reason} ({statement.get_basis_display()})"


def moment(value: Any) -> str:
    """A date and an hour, as a register names them."""
    return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")


def yes_or_no(flag: bool) -> str:
    """The word for a flag."""
    return gettext("Yes") if flag else gettext("No")


def hours(waited: Any) -> Any:
    """A time in hours, for spreadsheets."""
    return "" if waited is None else round(waited.total_seconds() / 3600, 2)
