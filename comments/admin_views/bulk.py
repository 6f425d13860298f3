"""The same decision about several comments: each is one act with its audit row, and what could not be done is said."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.permissions import policy_registry

from comments import services
from comments.admin_views.acts import ACTS, Act
from comments.admin_views.cards import excerpt, with_relations
from comments.admin_views.decision import DecisionForm
from comments.admin_views.selection import selected
from comments.models import ThreadComment
from networks.keys import key_in

AT_ONCE = 200
"""Decisions of one request: enough for a Sunday evening, few enough to answer in seconds."""


_NOT_SAID = "?"
"""How no comment stands: what a page did not show is not decided about."""


@dataclass(frozen=True)
class BulkButton:
    """A button of the bar under the queue."""

    label: str
    url: str
    hint: str


def bulk_buttons(names: Iterable[str]) -> list[BulkButton]:
    """The buttons for the acts with these names, in the order of all acts."""
    wanted = set(names)
    return [
        BulkButton(act.label, reverse("wagtail_bulk_action", args=["comments", "threadcomment", act.name]), act.hint)
        for act in ACTS
        if act.name in wanted
    ]


class ModerateBulkAction(BulkAction):
    """One action on the comments that were ticked, or on all those of the listing, within the moderator's scope."""

    models = [ThreadComment]
    template_name = "comments/admin/bulk.html"
    form_class = DecisionForm
    act: Act

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
            keys = list(seen) or [key for key in map(key_in, ticked) if key]
            queryset = ThreadComment.objects.moderatable_by(self.request.user).filter(pk__in=keys[: AT_ONCE + 1])
        return list(with_relations(queryset, self.request.user).order_by("pk")[: AT_ONCE + 1])

    def _seen_statuses(self) -> dict[int, str]:
        pairs = (pair.partition(":") for pair in self.request.POST.getlist("seen"))
        return {key: status or _NOT_SAID for text, _colon, status in pairs if (key := key_in(text))}

    def get_actionable_objects(self) -> tuple[list[ThreadComment], dict[str, list[ThreadComment]]]:
        asked = self.asked[:AT_ONCE]
        able = [comment for comment in asked if self.act.is_possible(comment)]
        return able, {"items_with_no_access": [comment for comment in asked if not self.act.is_possible(comment)]}

    def object_context(self, obj: ThreadComment) -> dict[str, Any]:
        return {"item": obj, "excerpt": excerpt(obj)}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "act": self.act}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {
            **super().get_context_data(**kwargs),
            "act": self.act,
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
                self.act.apply(comment, by=self.request.user, seen_status=seen.get(comment.pk), **form.decided)
            except services.StaleDecision as stale:
                refusals[_what_changed(stale)] += 1
            except services.Refused as refused:
                refusals[str(refused)] += 1
        _tell(self.request, self.act, len(asked) - refusals.total(), refusals)
        return redirect(self.next_url)


def _what_changed(stale: services.StaleDecision) -> str:
    if stale.moved:
        return gettext("moved meanwhile")
    return gettext("changed by its author meanwhile") if stale.edited else stale.comment.get_status_display()


def _tell(request: HttpRequest, act: Act, done: int, refusals: Counter[str]) -> None:
    if done:
        messages.success(request, act.done(done) % {"number": done})
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


def bulk_action_for(act: Act) -> type[ModerateBulkAction]:
    """The class that Wagtail's bulk bar asks for one act."""
    return type(
        f"{act.name.title()}BulkAction",
        (ModerateBulkAction,),
        {
            "act": act,
            "action_type": act.name,
            "display_name": act.label,
            "aria_label": act.hint,
            "action_priority": 10 * (ACTS.index(act) + 1),
        },
    )


BULK_ACTIONS = [bulk_action_for(act) for act in ACTS]
