"""What a moderator finds on the admin's home."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.permissions import policy_registry

from comments.admin_views.counts import counts_of
from comments.models import ThreadComment


class ModerationPanel(Component):
    """How many comments wait, and since when the oldest does."""

    name = "moderation"
    order = 50
    template_name = "comments/admin/panel.html"

    class Media:
        css = {"all": ["comments/css/admin.css"]}

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        number = counts_of(parent_context["request"]).sums["pending_count"]
        oldest = ThreadComment.objects.moderatable_by(user).pending().order_by("pk").first() if number else None
        return {"number": number, "oldest": oldest}


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Show the panel to moderators (the `construct_homepage_panels` hook)."""
    if policy_registry.get_by_type(ThreadComment).user_has_permission(request.user, "view"):
        panels.append(ModerationPanel())
