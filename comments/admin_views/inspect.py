"""One comment, with its history."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget
from wagtail.admin.views import generic
from wagtail.admin.views.generic.history import HistoryFilterSet, HistoryView
from wagtail.admin.widgets.button import HeaderButton

from comments import permissions
from comments.admin_views.cards import cards_of, history_of, moderated_or_404
from comments.admin_views.dates import DateRangeFilter
from comments.models import Discussion, ThreadComment
from comments.states import Status

SHOWN_HISTORY = 50


class CommentInspectView(generic.InspectView):
    """A comment, where it stands, and what happened to it."""

    any_permission_required = ["view"]
    page_title = pgettext_lazy("something said", "Comment")
    template_name = "comments/admin/inspect.html"
    fields = ["pk"]

    def get_object(self, queryset: QuerySet | None = None) -> ThreadComment:
        return moderated_or_404(self.request.user, self.pk)

    def get_page_subtitle(self) -> str:
        return f"n° {self.object.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        card = cards_of([self.object], self.request.user)[0]
        return {
            **super().get_context_data(**kwargs),
            "card": card,
            "history": history_of([self.object])[:SHOWN_HISTORY],
            "earlier_texts": self.object.revisions.all(),
            "notes": self.object.notes.select_related("written_by"),
            "is_published": self.object.status == Status.PUBLISHED,
            "next": self.request.path,
            "can_identify": permissions.can_identify(self.request.user),
        }


class CommentHistoryFilterSet(HistoryFilterSet):
    """Wagtail's filters of a history."""

    timestamp = DateRangeFilter(label=_("Date"), widget=DateRangePickerWidget)


class CommentHistoryView(HistoryView):
    """A comment's audit rows."""

    filterset_class = CommentHistoryFilterSet
    any_permission_required = ["view"]

    def get_object(self) -> ThreadComment:
        return moderated_or_404(self.request.user, self.kwargs["pk"])

    def get_edit_url(self, instance: ThreadComment) -> None:
        return None

    @property
    def header_buttons(self) -> list[HeaderButton]:
        return []


def on_site(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to a discussion's page; its address is only worked out when somebody follows the link."""
    return redirect(get_object_or_404(Discussion.objects.moderatable_by(request.user), pk=pk).get_absolute_url())
