"""What these screens share: who may open them, the tabs between them, whose networks they are about."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.generic import IndexView, WagtailAdminTemplateMixin

from comments import permissions
from comments.admin_permissions import is_moderator
from comments.admin_views import export
from comments.admin_views.selection import SEARCHED
from comments.models import ThreadComment
from comments.spreadsheets import BYTE_ORDER_MARK, csv_lines, harmless
from networks.admin_pages import BoundedPaginator
from networks.models import Network

SCREENS = {
    "dashboard": _("Figures"),
    "register": _("Register of decisions"),
    "register_reports": _("Register of reports"),
    "transparency": _("Yearly report"),
}


class SeeingScreen(WagtailAdminTemplateMixin):
    """A screen for everybody who moderates something, about what they moderate."""

    screen = ""
    header_icon = "doc-full"
    _show_breadcrumbs = True
    is_detail = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs) if is_moderator(request.user) else permission_denied(request)

    @cached_property
    def sees_all(self) -> bool:
        """Whether the figures are the whole site's."""
        return permissions.moderates_everything(self.request.user)

    @property
    def offered_networks(self) -> QuerySet[Network]:
        """The networks that the person may ask about."""
        return permissions.networks_moderated_by(self.request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [
            {"url": reverse("wagtailadmin_home"), "label": gettext("Home")},
            {"url": reverse("moderation:index"), "label": pgettext("menu", "Moderation")},
            {"url": reverse(f"moderation:{self.screen}"), "label": SCREENS[self.screen]},
        ]
        return [*above, {"url": "", "label": self.get_page_title()}] if self.is_detail else above

    def get_page_title(self) -> str:
        return str(SCREENS[self.screen])

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        tabs = [
            {"label": label, "url": reverse(f"moderation:{name}"), "current": name == self.screen and not self.is_detail}
            for name, label in SCREENS.items()
        ]
        own = [] if self.sees_all else list(self.offered_networks)
        return {**super().get_context_data(*args, **kwargs), "tabs": tabs, "sees_all": self.sees_all, "own_networks": own}


class RegisterList(SeeingScreen, IndexView):
    """A register: the newest first, searched, narrowed, taken away; at a cost that does not grow with the archive."""

    model = ThreadComment
    any_permission_required = ["view"]
    template_name = "comments/admin/rules/list.html"
    results_template_name = "comments/admin/seeing/list_results.html"
    paginator_class = BoundedPaginator
    paginate_by = 50
    is_searchable = True
    search_fields = ["pk"]
    search_backend_name = None
    empty = ""
    exported: dict[str, tuple[Any, Callable[[Any], Any]]] = {}
    """The columns of a spreadsheet: heading, and what a row holds there."""

    @property
    def index_url_name(self) -> str:
        return f"moderation:{self.screen}"

    @property
    def index_results_url_name(self) -> str:
        return f"moderation:{self.screen}_results"

    @property
    def list_export(self) -> list[str]:
        return list(self.exported)

    @property
    def export_headings(self) -> dict[str, Any]:
        return {name: heading for name, (heading, _value) in self.exported.items()}

    def get_filename(self) -> str:
        return self.screen

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {name: harmless(value(item)) for name, (_heading, value) in self.exported.items()}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_export:
            return self.as_spreadsheet(export.rows(self.get_queryset()), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "empty": self.empty}


def as_csv(filename: str, rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A small table as a file, in cells that no spreadsheet runs."""
    headers = {"Content-Disposition": f'attachment; filename="{filename}.csv"'}
    return HttpResponse([BYTE_ORDER_MARK, *csv_lines(rows)], content_type="text/csv; charset=utf-8", headers=headers)


def among_newest(queryset: QuerySet, column: str) -> QuerySet:
    """The rows that a search for words reads: from the SEARCHED newest on, told by a bound that the index of the column finds."""
    beyond = list(queryset.order_by(f"-{column}").values_list(column, flat=True)[SEARCHED : SEARCHED + 1])
    return queryset.filter(**{f"{column}__gt": beyond[0]}) if beyond else queryset
