"""One decision about one comment: what it does is said first, the reason is asked for, and a late decision is told as such."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from comments import services
from comments.admin_views.acts import Act, act_named
from comments.admin_views.cards import cards_of, moderated_or_404
from comments.models import CannedAnswer, Reason, ThreadComment


class ReasonField(forms.ModelChoiceField):
    """A reason of the site's list, named by its code."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {"label": _("Reason"), "empty_label": "—", "to_field_name": "code", **kwargs}
        super().__init__(Reason.objects.in_use(), **kwargs)


class GroundsForm(forms.Form):
    """Why an author is restricted: a reason, a canned answer, words of the moderator's own, and a note that the author never reads."""

    reason = ReasonField()
    answer = forms.ModelChoiceField(
        CannedAnswer.objects.all(),
        label=_("Canned answer"),
        required=False,
        empty_label="—",
        help_text=_("Put before your own words."),
        widget=forms.Select(attrs={"data-canned": ""}),
    )
    words = forms.CharField(
        label=_("Words to the author"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("They read these beside the reason. Empty: the explanation that belongs to the reason."),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the comment’s history for the moderators; its author never reads it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not CannedAnswer.objects.exists():
            del self.fields["answer"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        answer, words = cleaned.get("answer"), cleaned.get("words", "")
        if answer:
            cleaned["words"] = words = f"{answer.text}\n\n{words}".strip()
        reason = cleaned.get("reason")
        if reason and reason.needs_words and not words and "words" not in self.errors:
            self.add_error("words", gettext("Tell its author what is wrong with it."))
        return cleaned

    @property
    def decided(self) -> dict[str, str]:
        """The reason, the words and the note, as the services take them."""
        reason = self.cleaned_data.get("reason")
        said = {name: self.cleaned_data[name] for name in ("words", "note") if name in self.cleaned_data}
        return {**said, "reason": reason.code} if reason else said


class DecisionForm(GroundsForm):
    """Why a moderator decides; the reason is asked for where the act needs one."""

    seen_status = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, act: Act, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unasked = set() if act.asks_reason else {"reason", "answer", "words"}
        for name in (unasked if act.takes_note else {*unasked, "note"}) & set(self.fields):
            del self.fields[name]


class DecisionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Ask for a decision (GET), apply it (POST); the queue's script is answered in JSON, and shows the form alone in its place."""

    model = ThreadComment
    permission_required = "moderate"
    template_name = "comments/admin/decision.html"
    form_class = DecisionForm
    index_url_name = ""
    inspect_url_name = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.act = act_named(kwargs["action"])
        self.comment = moderated_or_404(request.user, kwargs["pk"])
        self.header_icon = self.act.icon

    @cached_property
    def next_url(self) -> str:
        return get_valid_next_url_from_request(self.request) or reverse(self.index_url_name)

    @cached_property
    def is_possible(self) -> bool:
        return self.act.is_possible(self.comment)

    def get_template_names(self) -> list[str]:
        return ["comments/admin/decision_form.html"] if in_place(self.request) else [self.template_name]

    def get_page_title(self) -> str:
        return str(self.act.label)

    def get_page_subtitle(self) -> str:
        return str(self.comment)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": pgettext("menu", "Moderation")},
            {"url": reverse(self.inspect_url_name, args=[self.comment.pk]), "label": str(self.comment)},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "act": self.act}

    def get_initial(self) -> dict[str, Any]:
        return {"seen_status": self.comment.standing}

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        seen = form.cleaned_data["seen_status"]
        try:
            self.act.apply(self.comment, by=self.request.user, seen_status=seen, **form.decided)
        except services.StaleDecision as stale:
            return self._late(form, str(stale))
        except services.Refused as refused:
            if in_place(self.request) and not form.visible_fields():
                return JsonResponse({"problem": str(refused)}, status=409)
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        done = self.act.done(1) % {"number": 1}
        undo = reverse("moderation:undo", args=[self.comment.pk])
        if in_place(self.request):
            return JsonResponse({"done": done, "undo": undo})
        see = messages.button(reverse(self.inspect_url_name, args=[self.comment.pk]), gettext("See it"))
        messages.success(self.request, done, buttons=[see, messages.button(undo, gettext("Undo"))])
        return redirect(self.next_url)

    def _late(self, form: DecisionForm, problem: str) -> HttpResponse:
        """Somebody was faster, or the author was: say so, show how it stands, and keep what was written."""
        if in_place(self.request):
            return JsonResponse({"problem": problem}, status=409)
        self.comment = moderated_or_404(self.request.user, self.comment.pk)
        self.is_possible = False
        return self.render_to_response(self.get_context_data(form=form, problem=problem), status=409)

    def form_invalid(self, form: DecisionForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "card": cards_of([self.comment], self.request.user)[0],
            "act": self.act,
            "is_possible": self.is_possible,
            "next": self.next_url,
        }


def in_place(request: HttpRequest) -> bool:
    """Whether the queue's script asks, which stays where it is."""
    return request.headers.get("X-Palabre-Queue") == "1"
