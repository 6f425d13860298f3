"""Wires the discussions into the Wagtail admin."""

from wagtail import hooks

from comments import audit
from comments.admin_views.bulk import BULK_ACTIONS
from comments.admin_views.panel import add_panel
from comments.admin_views.viewset import ModerationViewSet

hooks.register("register_log_actions", audit.register)
hooks.register("construct_homepage_panels", add_panel)


@hooks.register("register_admin_viewset")
def register_moderation() -> ModerationViewSet:
    """The moderators' workbench."""
    return ModerationViewSet()


for bulk_action in BULK_ACTIONS:
    hooks.register("register_bulk_action", bulk_action)
