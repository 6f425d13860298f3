"""The spam filter, as those who would trust it should see it: how good it was, on which words it rests, and what it may do."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from comments import permissions, services
from comments.admin_views.cards import excerpt, with_relations
from comments.admin_views.filter_chart import Chart
from comments.models import SpamFilter, ThreadComment
from comments.spam.measuring import ENOUGH_TO_JUDGE, is_enough
from comments.spam.tokens import in_words
from comments.spam.weights import ENOUGH
from comments.states import Status


class FilterForm(forms.Form):
    """What the filter may do."""

    may_hold = forms.BooleanField(
        label=_("Hold comments back"),
        help_text=SpamFilter._meta.get_field("may_hold").help_text,
        required=False,
    )
    threshold = forms.IntegerField(
        label=_("Threshold"),
        help_text=SpamFilter._meta.get_field("threshold").help_text,
        validators=[MinValueValidator(50), MaxValueValidator(99)],
    )


@dataclass(frozen=True)
class Wrong:
    """A comment about which the filter and a moderator disagreed, and the score that the filter gave it."""

    comment: ThreadComment
    score: int

    @property
    def excerpt(self) -> str:
        """Its beginning."""
        return excerpt(self.comment, 140)


class SpamFilterView(WagtailAdminTemplateMixin, FormView):
    """How good the filter is (global moderators), and what it may do (administrators)."""

    page_title = _("Spam filter")
    header_icon = "warning"
    template_name = "comments/admin/spam_filter.html"
    form_class = FilterForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.moderates_everything(request.user):
            raise PermissionDenied
        if request.method == "POST" and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def filter(self) -> SpamFilter:
        return SpamFilter.objects.defer("counts", "weights").filter(pk=SpamFilter.ONLY).first() or SpamFilter(pk=SpamFilter.ONLY)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_initial(self) -> dict[str, Any]:
        return {"may_hold": self.filter.may_hold, "threshold": self.filter.threshold}

    def form_valid(self, form: FilterForm) -> HttpResponse:
        try:
            services.configure_filter(by=self.request.user, **form.cleaned_data)
        except services.Refused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, gettext("The filter’s settings are saved; they hold within half a minute."))
        return redirect("spam_filter:index")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.filter.report
        rows = report.get("rows", [])
        return {
            **super().get_context_data(**kwargs),
            "filter": self.filter,
            "foretold": report.get("foretold"),
            "measured_at": parse_datetime(report.get("at", "")),
            "rows": rows,
            "chart": Chart(rows) if rows and is_enough(report) else None,
            "is_enough": is_enough(report),
            "enough_to_show": ENOUGH,
            "enough_to_judge": ENOUGH_TO_JUDGE,
            "words": self._words(report.get("heaviest", {})),
            "false_alarms": self._wrong("false_alarms"),
            "missed": self._wrong("missed"),
            "may_configure": self.request.user.is_superuser,
        }

    def _words(self, heaviest: dict[str, list[list[str]]]) -> dict[str, list[str]]:
        return {side: [in_words(token, written) for token, written in tokens] for side, tokens in heaviest.items()}

    @cached_property
    def _disputed(self) -> dict[int, ThreadComment]:
        """The comments of both lists, in one query, but for those that were removed since."""
        listed = [key for name in ("false_alarms", "missed") for key, _score in self.filter.report.get(name, [])]
        moderated = ThreadComment.objects.moderatable_by(self.request.user).exclude(status=Status.REMOVED)
        return with_relations(moderated, self.request.user).in_bulk(listed)

    def _wrong(self, name: str) -> list[Wrong]:
        listed = self.filter.report.get(name, [])
        return [Wrong(self._disputed[key], score) for key, score in listed if key in self._disputed]


class SpamFilterMenuItem(MenuItem):
    """The entry among the reports, for global moderators."""

    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.moderates_everything(request.user)


class SpamFilterViewSet(ViewSet):
    """The address of the filter's page; `comments.middleware` keeps moderators of one network out of it."""

    name = "spam_filter"
    url_prefix = "spam-filter"
    icon = "warning"
    menu_label = _("Spam filter")
    menu_name = "spam-filter"
    menu_order = 940
    menu_hook = "register_reports_menu_item"
    menu_item_class = SpamFilterMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", SpamFilterView.as_view(), name="index")]
