"""The queue: what waits for a moderator, and everything already decided, one status at a time."""

from typing import Any

from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button

from comments.admin_views import export, selection
from comments.admin_views.bulk import BulkButton, actions_for_status
from comments.admin_views.cards import Card, cards_of, with_relations
from comments.admin_views.rules.base import first_screen
from comments.models import Discussion, ThreadComment
from comments.states import Status

TAB_LABELS = {
    Status.PENDING: _("Waiting"),
    Status.PUBLISHED: _("Published"),
    Status.REJECTED: _("Rejected"),
    Status.SPAM: _("Spam"),
    Status.HIDDEN: _("Hidden"),
    Status.REMOVED: _("Removed"),
    selection.ALL: _("All"),
}


class BoundedPaginator(WagtailPaginator):
    """Counts and pages no further than LIMIT, so that no page of the queue depends on the size of the archive."""

    LIMIT = 1_000

    @cached_property
    def count(self) -> int:
        return min(self._counted, self.LIMIT)

    @cached_property
    def _counted(self) -> int:
        return self.object_list.order_by().values("pk")[: self.LIMIT + 1].count()

    @property
    def is_bounded(self) -> bool:
        """Whether there are more comments than the queue pages through."""
        return self._counted > self.LIMIT


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
            "shows_status": self.view.status == selection.ALL,
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
        self.status = selection.chosen_status(request.GET)

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
        card = CardColumn("card", view=self, label=_("Order of arrival"), sort_key="pk")
        return [BulkActionsCheckboxColumn("bulk_actions", obj_type="comment"), card] if self.bulk_actions else [card]

    @cached_property
    def bulk_actions(self) -> list[BulkButton]:
        """The decisions that the bar under the queue offers; none where every comment stands for good."""
        return actions_for_status(None if self.status == selection.ALL else self.status)

    @property
    def default_ordering(self) -> str:
        """What waits longest comes first; of what is decided, the newest."""
        return "pk" if self.status == Status.PENDING else "-pk"

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        discussions = Button(_("Discussions"), url=reverse("moderation:discussions"), icon_name="list-ul", priority=10)
        rules = Button(_("Rules"), url=first_screen(self.request.user), icon_name="sliders", priority=20)
        return [discussions, rules, *super().header_more_buttons]

    def get_queryset(self) -> QuerySet[ThreadComment]:
        return with_relations(self.order_queryset(selection.selected(self.request)))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.is_export:
            return self.as_spreadsheet(export.rows(self.get_queryset()), request.GET["export"])
        return super().get(request, *args, **kwargs)

    def paginate_queryset(self, queryset: QuerySet, page_size: int) -> tuple:
        paginator, page, comments, is_paginated = super().paginate_queryset(queryset, page_size)
        page.object_list = cards_of(list(comments), self.request.user)
        return paginator, page, page.object_list, is_paginated

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        like = selection.author_like(self.request.user, self.request.GET)
        return {
            **context,
            "status": self.status,
            "tabs": self._tabs(),
            "author_like": like,
            "without_author": like and self.address(author_of=None, p=None),
            "bulk_actions": self.bulk_actions,
            "searched": selection.SEARCHED,
        }

    def _tabs(self) -> list[dict[str, Any]]:
        counters = Discussion.objects.moderatable_by(self.request.user).aggregate(
            pending=Sum("pending_count"), published=Sum("published_count")
        )
        return [
            {"label": label, "url": self.address(status=status, p=None), "current": status == self.status, "count": counters.get(status)}
            for status, label in TAB_LABELS.items()
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
