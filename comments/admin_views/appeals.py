"""Appeals: what authors contest, and what somebody else than the first decider decides."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from comments import services
from comments.admin_permissions import is_moderator
from comments.admin_views.cards import cards_of, with_relations
from comments.admin_views.pages import WorkbenchForm, WorkbenchPage
from comments.models import Appeal, ThreadComment
from comments.states import Outcome


def address_of(appeal: Appeal) -> str:
    """The page where an appeal is read and decided."""
    return reverse("moderation:appeal", args=[appeal.pk])


class AppealsView(WorkbenchPage, IndexView):
    """The appeals in a moderator's scope: those that wait first, the oldest of them first."""

    model = ThreadComment
    any_permission_required = ["view"]
    page_title = _("Appeals")
    index_url_name = "moderation:appeals"
    index_results_url_name = "moderation:appeals_results"
    paginate_by = 50
    columns = [
        TitleColumn("statement", label=_("Decision"), accessor=str, get_url=address_of),
        Column("restriction", label=_("Restriction"), accessor="statement.get_restriction_display"),
        DateColumn("made_at", label=_("Made")),
        Column("outcome", label=_("Outcome"), accessor="get_outcome_display"),
        Column("decided_by", label=_("Decided by"), accessor=lambda appeal: appeal.decided_by or "", classname="moderation-aside"),
    ]

    def get_base_queryset(self) -> QuerySet[Appeal]:
        return Appeal.objects.moderatable_by(self.request.user).select_related("statement", "decided_by")

    def order_queryset(self, queryset: QuerySet[Appeal]) -> QuerySet[Appeal]:
        return queryset.order_by("decided_at", "pk") if self.request.GET.get("all") is None else queryset.order_by("-pk")

    def get_page_title(self) -> str:
        return gettext("Appeals")


class AppealForm(forms.Form):
    """What becomes of a decision that its author contests."""

    outcome = forms.ChoiceField(
        label=_("Your decision"),
        choices=[
            (Outcome.OVERTURNED, _("Overturn: the comment is shown again, or the author may write again")),
            (Outcome.UPHELD, _("Uphold: the decision stands")),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Words to the author"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("They read these in a mail.")
    )


class AppealView(WorkbenchForm):
    """One appeal: what was decided, what the author says, and the decision about it."""

    template_name = "comments/admin/appeal.html"
    form_class = AppealForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_moderator(request.user):
            related = ("statement__comment", "statement__sanction", "statement__reason", "statement__decided_by", "decided_by")
            self.appeal = get_object_or_404(Appeal.objects.moderatable_by(request.user).select_related(*related), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    @property
    def between(self) -> list[dict[str, Any]]:
        return [{"url": reverse("moderation:appeals"), "label": gettext("Appeals")}]

    def get_page_title(self) -> str:
        return gettext("Appeal against %(reference)s") % {"reference": self.appeal.statement.reference}

    def get_default_next(self) -> str:
        return reverse("moderation:appeals")

    def act(self, form: AppealForm) -> str:
        overturn = form.cleaned_data["outcome"] == Outcome.OVERTURNED
        services.decide_appeal(self.appeal, overturn=overturn, by=self.request.user, words=form.cleaned_data["words"])
        return gettext("The decision is overturned.") if overturn else gettext("The decision is upheld.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        statement, user = self.appeal.statement, self.request.user
        commented = ThreadComment.objects.moderatable_by(user).filter(pk=statement.comment_id)
        comments = list(with_relations(commented, user))
        waits = self.appeal.outcome == Outcome.WAITING
        return {
            **super().get_context_data(**kwargs),
            "appeal": self.appeal,
            "statement": statement,
            "card": cards_of(comments, user)[0] if comments else None,
            "obstacle": services.why_not_decide(self.appeal, user) if waits else "",
            "waits": waits,
        }
