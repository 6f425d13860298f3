"""The addresses of the workbench, its menu item, and what the admin knows of comments."""

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, register_converter, reverse
from django.urls.converters import StringConverter
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import pgettext_lazy
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from comments.admin_views.appeals import AppealsView, AppealView
from comments.admin_views.author import AuthorView, LiftView, SanctionView
from comments.admin_views.counts import counts_of
from comments.admin_views.decision import DecisionView
from comments.admin_views.discussions import DiscussionsView
from comments.admin_views.inspect import CommentHistoryView, CommentInspectView, on_site
from comments.admin_views.queue import QueueView
from comments.admin_views.restraints import MoveView, RestraintView
from comments.admin_views.rules.urls import RULES
from comments.admin_views.seeing.urls import SEEING
from comments.admin_views.working import ClaimView, NoteView, UndoView
from comments.models import SanctionKind, ThreadComment


class SanctionKindConverter(StringConverter):
    """One of the decisions about an author."""

    regex = "|".join(SanctionKind)


register_converter(SanctionKindConverter, "sanction")


class ModerationMenuItem(MenuItem):
    """The workbench's entry in the menu, with the number of comments to look at."""

    def is_shown(self, request: HttpRequest) -> bool:
        return policy_registry.get_by_type(ThreadComment).user_has_permission(request.user, "view")

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        counts = counts_of(request).sums
        number = counts["pending_count"] + counts["reported_count"]
        label = f"{self.label} ({number_format(number, force_grouping=True)})" if number else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, classname=self.classname, attrs=self.attrs)


class CommentURLFinder(ModelAdminURLFinder):
    """Leads from an audit row or a search to the comment's page in the workbench."""

    def get_edit_url(self, instance: ThreadComment) -> str | None:
        moderated = self.user is None or ThreadComment.objects.moderatable_by(self.user).filter(pk=instance.pk).exists()
        return reverse("moderation:inspect", args=[instance.pk]) if moderated else None


class ModerationViewSet(ModelViewSet):
    """Comments in the Wagtail admin: looked at and decided on, never added, rewritten or deleted."""

    model = ThreadComment
    name = "moderation"
    icon = "comment"
    menu_label = pgettext_lazy("menu", "Moderation")
    menu_name = "moderation"
    menu_order = 150
    menu_item_class = ModerationMenuItem
    add_to_admin_menu = True
    add_to_reference_index = False
    inspect_view_enabled = True
    copy_view_enabled = False
    index_view_class = QueueView
    inspect_view_class = CommentInspectView
    history_view_class = CommentHistoryView
    index_template_name = QueueView.template_name
    index_results_template_name = QueueView.results_template_name
    search_fields = QueueView.search_fields
    inspect_view_fields = ["pk"]
    list_per_page = QueueView.paginate_by
    list_display = ["pk"]
    list_filter = ()
    filterset_class = QueueView.filterset_class
    export_filename = "moderation"
    form_fields = ()
    url_finder_class = CommentURLFinder

    def get_urlpatterns(self) -> list[URLPattern | URLResolver]:
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("inspect/<int:pk>/", self.inspect_view, name="inspect"),
            path("history/<int:pk>/", self.history_view, name="history"),
            path("history-results/<int:pk>/", self.history_results_view, name="history_results"),
            path("decide/<int:pk>/<str:action>/", self.decision_view, name="decide"),
            path("undo/<int:pk>/", UndoView.as_view(), name="undo"),
            path("claim/<int:pk>/", ClaimView.as_view(), name="claim"),
            path("note/<int:pk>/", NoteView.as_view(), name="note"),
            path("move/<int:pk>/", MoveView.as_view(), name="move"),
            path("author/<int:pk>/", AuthorView.as_view(), name="author"),
            path("author/<int:pk>/<sanction:kind>/", SanctionView.as_view(), name="sanction"),
            path("lift/<int:pk>/", LiftView.as_view(), name="lift"),
            path("appeals/", AppealsView.as_view(), name="appeals"),
            path("appeals/results/", AppealsView.as_view(results_only=True), name="appeals_results"),
            path("appeals/<int:pk>/", AppealView.as_view(), name="appeal"),
            path("discussions/", DiscussionsView.as_view(), name="discussions"),
            path("discussions/results/", DiscussionsView.as_view(results_only=True), name="discussions_results"),
            path("discussion/<int:pk>/", on_site, name="discussion"),
            path("discussion/<int:pk>/calm/", RestraintView.as_view(), name="restraint"),
            path("rules/", include(RULES)),
            *SEEING,
        ]

    @cached_property
    def decision_view(self) -> Any:
        """The view of one decision."""
        return self.construct_view(DecisionView)

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = ("add_url_name", "edit_url_name", "delete_url_name", "usage_url_name")
        return super().get_common_view_kwargs(**dict.fromkeys(names), **kwargs)

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        """Only the right to moderate means something: the others are not offered to groups."""
        return super().get_permissions_to_register().filter(codename="moderate_threadcomment")
