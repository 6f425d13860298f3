"""What a moderator finds on the admin's home."""

from typing import Any

from django.db.models import Min
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from comments.admin_views.counts import counts_of
from comments.models import Appeal, ThreadComment


class ModerationPanel(Component):
    """What is reported, waits, is unread, contested, or taken on; a calm sentence where there is nothing. Three queries."""

    name = "moderation"
    order = 50
    template_name = "comments/admin/panel.html"

    class Media:
        css = {"all": ["comments/css/admin.css"]}

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        counts = _counts(parent_context["request"])
        return {"lines": [line for line in _lines(counts) if line["number"]], "oldest": _oldest(user) if counts["pending"] else None}


def _counts(request: HttpRequest) -> dict[str, int]:
    sums = counts_of(request).sums
    appeals = Appeal.objects.decidable_by(request.user).waiting().count()
    named = {"reported": "reported_count", "pending": "pending_count", "unread": "unseen_count", "mine": "mine"}
    return {"appeals": appeals, **{name: sums[counter] for name, counter in named.items()}}


def _oldest(user: Any) -> Any:
    """Since when the comment waits that has waited longest."""
    return ThreadComment.objects.moderatable_by(user).pending().aggregate(since=Min("changed_at"))["since"]


def _lines(counts: dict[str, int]) -> list[dict[str, Any]]:
    """What there is to do, the most urgent first, each with the tab that holds it."""
    sentences = {
        "reported": ngettext("%(number)s comment is reported", "%(number)s comments are reported", counts["reported"]),
        "pending": ngettext("%(number)s comment waits", "%(number)s comments wait", counts["pending"]),
        "appeals": ngettext("%(number)s decision is contested", "%(number)s decisions are contested", counts["appeals"]),
        "unread": ngettext("%(number)s published comment is unread", "%(number)s published comments are unread", counts["unread"]),
        "mine": ngettext("you have taken %(number)s comment on", "you have taken %(number)s comments on", counts["mine"]),
    }
    return [
        {"name": name, "number": counts[name], "sentence": sentence % {"number": counts[name]}, "url": _address(name)}
        for name, sentence in sentences.items()
    ]


def _address(name: str) -> str:
    if name == "appeals":
        return reverse("moderation:appeals")
    return f"{reverse('moderation:index')}?{urlencode({'status': {'unread': 'unseen'}.get(name, name)})}"


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Show the panel to moderators (the `construct_homepage_panels` hook)."""
    if policy_registry.get_by_type(ThreadComment).user_has_permission(request.user, "view"):
        panels.append(ModerationPanel())
