"""One decision about one comment: what it does is said first, the reason is asked for, and a late decision is told as such."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
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
from comments.admin_views.cards import cards_of, moderated_or_404, moderation_actions
from comments.models import CannedAnswer, Reason, ThreadComment
from comments.states import MODERATION_ACTIONS, TRANSITIONS, Action

EFFECTS = {
    Action.APPROVE: _("Everybody who may read the discussion will see the comment."),
    Action.REJECT: _("The comment will not be published. Its author is told why, and can contest it."),
    Action.SPAM: _("Nobody sees the comment: it is advertising sent in bulk, or was written by a machine. Its author is not told."),
    Action.HIDE: _("Readers will no longer see the comment; the replies to it stay. Its author is told why, and can contest it."),
    Action.REPHRASE: _("Nobody sees the comment until its author has sent better words, which come back here. They are told why."),
    Action.RESTORE: _("Everybody who may read the discussion will see the comment again."),
}

ICONS = {
    Action.APPROVE: "check",
    Action.REJECT: "cross",
    Action.SPAM: "warning",
    Action.HIDE: "view",
    Action.REPHRASE: "edit",
    Action.RESTORE: "rotate",
}


def done_sentence(action: Action) -> str:
    """What the moderator reads once the decision is applied."""
    return {
        Action.APPROVE: gettext("The comment is published."),
        Action.REJECT: gettext("The comment is rejected."),
        Action.SPAM: gettext("The comment is marked as spam."),
        Action.HIDE: gettext("The comment is hidden."),
        Action.REPHRASE: gettext("Its author is asked for better words."),
        Action.RESTORE: gettext("The comment is published again."),
    }[action]


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
        return {"reason": reason.code if reason else "", "words": self.cleaned_data.get("words", ""), "note": self.cleaned_data["note"]}


class DecisionForm(GroundsForm):
    """Why a moderator decides; the reason is asked for where the table of states wants one."""

    seen_status = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, action: Action, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not TRANSITIONS[action].needs_reason:
            for name in {"reason", "answer", "words"} & set(self.fields):
                del self.fields[name]


def action_named(name: str) -> Action:
    """The moderators' action of an address; raises Http404 for any other word."""
    if name not in MODERATION_ACTIONS:
        raise Http404
    return Action(name)


class DecisionView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Ask for a decision (GET), apply it (POST)."""

    model = ThreadComment
    permission_required = "moderate"
    template_name = "comments/admin/decision.html"
    form_class = DecisionForm
    index_url_name = ""
    inspect_url_name = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.action = action_named(kwargs["action"])
        self.comment = moderated_or_404(request.user, kwargs["pk"])
        self.header_icon = ICONS[self.action]

    @cached_property
    def next_url(self) -> str:
        return get_valid_next_url_from_request(self.request) or reverse(self.index_url_name)

    @cached_property
    def is_possible(self) -> bool:
        return self.action in moderation_actions(self.comment.status)

    def get_page_title(self) -> str:
        return str(self.action.label)

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
        return {**super().get_form_kwargs(), "action": self.action}

    def get_initial(self) -> dict[str, Any]:
        return {"seen_status": self.comment.standing}

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        seen = form.cleaned_data["seen_status"]
        try:
            decided = services.moderate(self.comment, self.action, by=self.request.user, seen_status=seen, **form.decided)
        except services.StaleDecision as stale:
            self.comment = moderated_or_404(self.request.user, self.comment.pk)
            self.is_possible = False
            return self.render_to_response(self.get_context_data(form=form, problem=str(stale)), status=409)
        except services.Refused as refused:
            form.add_error(None, str(refused))
            return self.form_invalid(form)
        messages.success(self.request, done_sentence(self.action), buttons=self._buttons(decided))
        return redirect(self.next_url)

    def _buttons(self, decided: ThreadComment) -> list[tuple]:
        see = messages.button(reverse(self.inspect_url_name, args=[decided.pk]), gettext("See it"))
        back = [messages.button(self._decide_url(action), action.label) for action in moderation_actions(decided.status)]
        return [see, *back]

    def _decide_url(self, action: Action) -> str:
        return reverse(self.request.resolver_match.view_name, args=[self.comment.pk, action])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "card": cards_of([self.comment], self.request.user)[0],
            "action": self.action,
            "effect": EFFECTS[self.action],
            "is_final": not moderation_actions(TRANSITIONS[self.action].target),
            "is_possible": self.is_possible,
            "next": self.next_url,
        }
