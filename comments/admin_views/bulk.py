"""The same decision about several comments: each is one act with its audit row, and what could not be done is said."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.permissions import policy_registry

from comments import services
from comments.admin_views.cards import excerpt, moderation_actions, with_relations
from comments.admin_views.decision import EFFECTS, DecisionForm
from comments.admin_views.selection import selected
from comments.models import ThreadComment
from comments.states import MODERATION_ACTIONS, TRANSITIONS, Action

AT_ONCE = 200
"""Decisions of one request: enough for a Sunday evening, few enough to answer in seconds."""


@dataclass(frozen=True)
class BulkButton:
    """A button of the bar under the queue."""

    label: str
    url: str
    hint: str


def actions_for_status(status: str | None) -> list[BulkButton]:
    """The buttons for comments of one status, or of any (None)."""
    actions = MODERATION_ACTIONS if status is None else moderation_actions(status)
    return [
        BulkButton(action.label, reverse("wagtail_bulk_action", args=["comments", "threadcomment", action]), HINTS[action])
        for action in actions
    ]


HINTS = {
    Action.APPROVE: _("Approve the selected comments"),
    Action.REJECT: _("Reject the selected comments"),
    Action.SPAM: _("Mark the selected comments as spam"),
    Action.HIDE: _("Hide the selected comments"),
    Action.REPHRASE: _("Ask the authors of the selected comments to rephrase"),
    Action.RESTORE: _("Restore the selected comments"),
}


class ModerateBulkAction(BulkAction):
    """One action on the comments that were ticked, or on all those of the listing, within the moderator's scope."""

    models = [ThreadComment]
    template_name = "comments/admin/bulk.html"
    form_class = DecisionForm
    action: Action

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policy_registry.get_by_type(ThreadComment).user_has_permission(request.user, "moderate"):
            raise PermissionDenied
        self.asked = self._asked()
        return super().dispatch(request, *args, **kwargs)

    def _asked(self) -> list[ThreadComment]:
        """The comments asked for, AT_ONCE + 1 at most; the form posts back those that its page showed."""
        seen, ticked = self._seen_statuses(), self.request.GET.getlist("id")
        if not seen and "all" in ticked:
            queryset = selected(self.request)
        else:
            keys = list(seen) or [key for key in map(_key, ticked) if key]
            queryset = ThreadComment.objects.moderatable_by(self.request.user).filter(pk__in=keys[: AT_ONCE + 1])
        return list(with_relations(queryset).order_by("pk")[: AT_ONCE + 1])

    def _seen_statuses(self) -> dict[int, str]:
        pairs = (pair.partition(":") for pair in self.request.POST.getlist("seen"))
        return {key: status for text, _colon, status in pairs if (key := _key(text))}

    def get_actionable_objects(self) -> tuple[list[ThreadComment], dict[str, list[ThreadComment]]]:
        sources = TRANSITIONS[self.action].sources
        able = [comment for comment in self.asked[:AT_ONCE] if comment.status in sources]
        return able, {"items_with_no_access": [comment for comment in self.asked[:AT_ONCE] if comment.status not in sources]}

    def object_context(self, obj: ThreadComment) -> dict[str, Any]:
        return {"item": obj, "excerpt": excerpt(obj)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "action": self.action}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "action": self.action,
            "effect": EFFECTS[self.action],
            "is_final": not moderation_actions(TRANSITIONS[self.action].target),
            "is_cut": len(self.asked) > AT_ONCE,
            "at_once": AT_ONCE,
        }

    def form_valid(self, form: DecisionForm) -> HttpResponse:
        """Decide comment by comment, each in a transaction of its own: one refusal undoes nothing else."""
        seen = self._seen_statuses()
        refusals: Counter[str] = Counter()
        asked = self.asked[:AT_ONCE]
        for comment in asked:
            try:
                services.moderate(comment, self.action, by=self.request.user, seen_status=seen.get(comment.pk), **form.decided)
            except services.StaleDecision as stale:
                refusals[gettext("changed by its author meanwhile") if stale.edited else stale.comment.get_status_display()] += 1
            except services.Refused as refused:
                refusals[str(refused)] += 1
        _tell(self.request, self.action, len(asked) - refusals.total(), refusals)
        return redirect(self.next_url)


def _key(text: str) -> int | None:
    """The key of a comment as an address gives it; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _tell(request: HttpRequest, action: Action, done: int, refusals: Counter[str]) -> None:
    if done:
        messages.success(request, done_sentence(action, done))
    elif not refusals:
        messages.warning(request, gettext("Nothing was selected: no comment has changed."))
    if refusals:
        number = refusals.total()
        sentence = ngettext(
            "%(number)d comment was left as it is, because of where it stands now: %(why)s.",
            "%(number)d comments were left as they are, because of where they stand now: %(why)s.",
            number,
        )
        why = ", ".join(f"{reason} ({count})" for reason, count in refusals.items())
        messages.warning(request, sentence % {"number": number, "why": why})


def done_sentence(action: Action, number: int) -> str:
    """What the moderator reads once the decisions are applied."""
    return {
        Action.APPROVE: ngettext("%(number)d comment is published.", "%(number)d comments are published.", number),
        Action.REJECT: ngettext("%(number)d comment is rejected.", "%(number)d comments are rejected.", number),
        Action.SPAM: ngettext("%(number)d comment is marked as spam.", "%(number)d comments are marked as spam.", number),
        Action.HIDE: ngettext("%(number)d comment is hidden.", "%(number)d comments are hidden.", number),
        Action.REPHRASE: ngettext(
            "The author of %(number)d comment is asked to rephrase it.",
            "The authors of %(number)d comments are asked to rephrase them.",
            number,
        ),
        Action.RESTORE: ngettext("%(number)d comment is published again.", "%(number)d comments are published again.", number),
    }[action] % {"number": number}


def bulk_action_for(action: Action) -> type[ModerateBulkAction]:
    """The class that Wagtail's bulk bar asks for one action."""
    return type(
        f"{action.name.title()}BulkAction",
        (ModerateBulkAction,),
        {
            "action": action,
            "action_type": str(action),
            "display_name": action.label,
            "aria_label": HINTS[action],
            "action_priority": 10 * (MODERATION_ACTIONS.index(action) + 1),
        },
    )


BULK_ACTIONS = [bulk_action_for(action) for action in MODERATION_ACTIONS]
