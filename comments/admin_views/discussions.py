"""The discussions a moderator decides in: where people talk, and where something waits."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from comments.admin_views.selection import ALL
from comments.models import Discussion, ThreadComment


def comments_of(discussion: Discussion) -> str:
    """The queue, narrowed to what was said in one discussion."""
    return f"{reverse('moderation:index')}?{urlencode({'status': ALL, 'discussion': discussion.pk})}"


def restraint_of(discussion: Discussion) -> str:
    """Where a discussion is calmed down."""
    return reverse("moderation:restraint", args=[discussion.pk])


def state_of(discussion: Discussion) -> str:
    """Where a discussion stands: by its settings, and by a moderator's decision."""
    restrained = [pgettext("discussion", "locked")] if discussion.is_locked() else []
    restrained += [pgettext("discussion", "slowed")] if discussion.slow_seconds else []
    return " · ".join([str(discussion.get_mode_display()), *restrained])


class AsideColumn(Column):
    """A column that a phone leaves out."""

    class Media:
        css = {"all": ["comments/css/admin.css"]}


class DiscussionsView(IndexView):
    """The discussions with their counters; a title leads to its comments."""

    model = ThreadComment
    any_permission_required = ["view"]
    page_title = _("Discussions")
    header_icon = "comment"
    index_url_name = "moderation:discussions"
    index_results_url_name = "moderation:discussions_results"
    is_searchable = True
    search_fields = ["title"]
    search_backend_name = None
    default_ordering = "-pk"
    paginate_by = 50
    verbose_name_plural = _("discussions")

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("title", label=_("Discussion"), accessor=str, sort_key="title", get_url=comments_of),
            AsideColumn("content_type", label=_("About"), accessor="content_type.name", classname="moderation-aside"),
            AsideColumn("network", label=_("Network"), accessor=lambda discussion: discussion.network or "", classname="moderation-aside"),
            AsideColumn("mode", label=_("State"), accessor=state_of, classname="moderation-aside"),
            NumberColumn("published_count", label=pgettext_lazy("tab", "Published"), sort_key="published_count"),
            NumberColumn("pending_count", label=_("Waiting"), sort_key="pending_count"),
            DateColumn("last_published_at", label=_("Last published"), classname="moderation-aside"),
            TitleColumn("calm", label=_("Calm it down"), accessor=lambda _discussion: gettext("calm down"), get_url=restraint_of),
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *home, own = super().get_breadcrumbs_items()
        return [*home, {"url": reverse("moderation:index"), "label": _("Moderation")}, own]

    def get_base_queryset(self) -> QuerySet[Discussion]:
        said = Discussion.objects.moderatable_by(self.request.user).filter(sequence__gt=0)
        return said.select_related("content_type", "network")
