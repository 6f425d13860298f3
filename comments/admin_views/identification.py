"""Looking into the identification log: a reason first, then the data of one comment; and the list of those who looked."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import IndexView, WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from comments import permissions, services
from comments.admin_views.cards import excerpt, moderated_or_404
from comments.models import IdentificationLook, IdentificationRecord


class ReasonForm(forms.Form):
    """Why somebody looks, or decides how long the data are kept."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example the number of the judicial request. It is written down beside your name."),
        error_messages={"required": _("Say why: it is written down beside your name.")},
    )


class ForIdentifiers:
    """Shuts a view to everybody but those who may look into the log."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not permissions.can_identify(request.user):
            raise PermissionDenied
        response = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response


class OfAComment(ForIdentifiers, WagtailAdminTemplateMixin, FormView):
    """A page about what the log keeps of one comment; it shows no address before it was told why."""

    page_title = gettext_lazy("Identification data")
    header_icon = "key"
    template_name = "comments/admin/identification.html"
    form_class = ReasonForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if permissions.can_identify(request.user):
            self.comment = moderated_or_404(request.user, kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.comment)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("moderation:index"), "label": pgettext("menu", "Moderation")},
            {"url": reverse("moderation:inspect", args=[self.comment.pk]), "label": str(self.comment)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = IdentificationRecord.objects.about(self.comment)
        return {
            **super().get_context_data(**kwargs),
            "comment": self.comment,
            "excerpt": excerpt(self.comment),
            "is_held": about.filter(held=True).exists(),
            "number": about.count(),
        }


class LookView(OfAComment):
    """Ask why (GET), then write that down and show the data (POST)."""

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        records = services.look_into(self.comment, by=self.request.user, reason=form.cleaned_data["reason"])
        return self.render_to_response(self.get_context_data(form=ReasonForm(), records=records, was_shown=True))


class HoldView(OfAComment):
    """Put a legal hold on the data of a comment, or lift it."""

    template_name = "comments/admin/identification_hold.html"

    def get_page_title(self) -> str:
        return gettext("Lift the legal hold") if self._is_held else gettext("Put under a legal hold")

    @property
    def _is_held(self) -> bool:
        return IdentificationRecord.objects.about(self.comment).filter(held=True).exists()

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        lifts = self.request.POST.get("act") == "release"
        act = services.release if lifts else services.hold
        try:
            act(self.comment, by=self.request.user, reason=form.cleaned_data["reason"])
        except services.Refused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(
            self.request, gettext("The legal hold is lifted.") if lifts else gettext("The data are kept until you lift the hold.")
        )
        return redirect("identification:comment", pk=self.comment.pk)


def comment_of(look: IdentificationLook) -> str:
    """The page of the comment that was looked at."""
    return reverse("moderation:inspect", args=[look.comment_id])


class LooksView(ForIdentifiers, IndexView):
    """Who looked into the log, at which comment, when and why, the newest first."""

    model = IdentificationLook
    any_permission_required = None
    page_title = _("Identification log")
    header_icon = "key"
    index_url_name = "identification:index"
    index_results_url_name = "identification:index_results"
    default_ordering = "-pk"
    paginate_by = 50
    is_searchable = False
    columns = [
        TitleColumn("comment", label=pgettext_lazy("something said", "Comment"), get_url=comment_of),
        Column("kind", label=_("Act"), accessor="get_kind_display"),
        Column("user", label=_("Who"), accessor=lambda look: look.user or gettext("an account that was deleted")),
        Column("at", label=_("When"), accessor=lambda look: date_format(localtime(look.at), "DATETIME_FORMAT")),
        Column("reason", label=_("Why")),
    ]

    def get_base_queryset(self) -> QuerySet[IdentificationLook]:
        return IdentificationLook.objects.select_related("user", "comment")


class IdentificationMenuItem(MenuItem):
    """The entry among the reports, for those who may look."""

    def is_shown(self, request: HttpRequest) -> bool:
        return permissions.can_identify(request.user)


class IdentificationViewSet(ViewSet):
    """The addresses of the log; `comments.middleware` keeps moderators of one network out of them, as of every room but the workbench."""

    name = "identification"
    icon = "key"
    menu_label = _("Identification log")
    menu_name = "identification"
    menu_order = 950
    menu_hook = "register_reports_menu_item"
    menu_item_class = IdentificationMenuItem

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", LooksView.as_view(), name="index"),
            path("results/", LooksView.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", LookView.as_view(), name="comment"),
            path("<int:pk>/hold/", HoldView.as_view(), name="hold"),
        ]
