"""The queue: what waits for a moderator, and everything already decided, one status at a time."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button

from comments.admin_views import export, selection
from comments.admin_views.bulk import BulkButton, bulk_buttons
from comments.admin_views.cards import Card, cards_of, with_relations
from comments.admin_views.counts import counts_of
from comments.admin_views.rules.base import first_screen
from comments.admin_views.tabs import TABS
from comments.models import ThreadComment
from comments.services.locking import COUNTERS
from comments.states import Status
from networks.admin_pages import BoundedPaginator


class CardColumn(Column):
    """The comment as its readers would see it, and all that a decision about it needs."""

    cell_template_name = "comments/admin/card_cell.html"

    def __init__(self, *args: Any, view: "QueueView", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.view = view

    def get_cell_context_data(self, instance: Card, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {
            **context,
            "card": instance,
            "next": self.view.address(),
            "csrf_token": get_token(self.view.request),
            "shows_status": self.view.tab.name in {selection.ALL, "mine", "reported"},
        }


class QueueView(IndexView):
    """The listing of comments for moderators."""

    any_permission_required = ["view"]
    page_title = _("Moderation")
    template_name = "comments/admin/queue.html"
    results_template_name = "comments/admin/queue_results.html"
    paginator_class = BoundedPaginator
    paginate_by = 25
    filterset_class = selection.CommentFilterSet
    is_searchable = True
    search_fields = ["comment", "user_name"]
    table_classname = "listing moderation-queue"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.tab = selection.chosen_tab(request.GET)

    @cached_property
    def list_export(self) -> list[str]:
        return export.columns_for(self.request.user)

    @property
    def export_headings(self) -> dict[str, Any]:
        return {name: heading for name, (heading, _value) in export.COLUMNS.items()}

    def to_row_dict(self, item: ThreadComment) -> dict[str, Any]:
        return export.row_of(item, self.list_export)

    @cached_property
    def columns(self) -> list[Column]:
        card = CardColumn("card", view=self, label=pgettext_lazy("something said", "Comment"))
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="comment"), card] if self.bulk_actions else [card]

    @cached_property
    def bulk_actions(self) -> list[BulkButton]:
        """The decisions that the bar under the queue offers; none where every comment stands for good."""
        return bulk_buttons(self.tab.acts)

    def order_queryset(self, queryset: QuerySet[ThreadComment]) -> QuerySet[ThreadComment]:
        """The most urgent first, or the newest of what is decided; the likeliest spam first, or last, where that is asked for."""
        if self.tab.name == Status.PENDING and self.request.GET.get("order") in {"spam", "-spam"}:
            by_score = queryset.by_spam_score()
            return by_score.reverse() if self.request.GET["order"] == "-spam" else by_score
        return queryset.order_by(*self.tab.order)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        discussions = Button(_("Discussions"), url=reverse("moderation:discussions"), icon_name="list-ul", priority=10)
        appeals = Button(_("Appeals"), url=reverse("moderation:appeals"), icon_name="undo", priority=15)
        rules = Button(_("Rules"), url=first_screen(self.request.user), icon_name="sliders", priority=20)
        figures = Button(_("Figures and registers"), url=reverse("moderation:dashboard"), icon_name="view", priority=25)
        return [discussions, appeals, rules, figures, *super().header_more_buttons]

    def get_queryset(self) -> QuerySet[ThreadComment]:
        return with_relations(self.order_queryset(selection.selected(self.request)), self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_export:
            return self.as_spreadsheet(export.rows(self.get_queryset()), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def get_paginator(self, queryset: QuerySet, per_page: int, **kwargs: Any) -> BoundedPaginator:
        """The discussions have counted already what a tab without filters holds."""
        paginator = super().get_paginator(queryset, per_page, **kwargs)
        if self.tab.counter in COUNTERS and not selection.is_narrowed(self.request):
            paginator.counted = counts_of(self.request).sums[self.tab.counter]
        return paginator

    def paginate_queryset(self, queryset: QuerySet, page_size: int) -> tuple:
        paginator, page, comments, is_paginated = super().paginate_queryset(queryset, page_size)
        page.object_list = cards_of(list(comments), self.request.user)
        return paginator, page, page.object_list, is_paginated

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        like = selection.author_like(self.request.user, self.request.GET)
        return {
            **context,
            "status": self.tab.name,
            "tabs": self._tabs(),
            "author_like": like,
            "without_author": like and self.address(author_of=None, p=None),
            "bulk_actions": self.bulk_actions,
            "searched": selection.SEARCHED,
        }

    def _tabs(self) -> list[dict[str, Any]]:
        counts = counts_of(self.request).sums
        return [
            {
                "label": tab.label,
                "url": self.address(status=tab.name, p=None, order=None),
                "current": tab == self.tab,
                "count": counts.get(tab.counter),
            }
            for tab in TABS
        ]

    def address(self, **changes: str | None) -> str:
        """The queue's address with the parameters of this request, changed."""
        params = self.request.GET.copy()
        for name in ("_w_filter_fragment", "export"):
            params.pop(name, None)
        for name, value in changes.items():
            params.pop(name, None)
            if value is not None:
                params[name] = value
        query = params.urlencode()
        address = reverse(self.index_url_name)
        return f"{address}?{query}" if query else address
