"""Keeps the admin's other rooms closed to those whom a membership alone lets in."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from wagtail.admin.auth import permission_denied

OPEN_NAMES = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_account",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_dismissibles",
    }
)


class NetworkModeratorsMiddleware:
    """Send network moderators home from everywhere in the admin but the workbench and their account.

    Several of Wagtail's own addresses (page choosers, moves, usages) ask for nothing but access to the admin, and name drafts and
    restricted pages: a list of what is open also closes those that a later Wagtail adds.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    @cached_property
    def admin_root(self) -> str:
        """Where the admin begins."""
        return reverse("wagtailadmin_home")

    @cached_property
    def open_paths(self) -> frozenset[str]:
        """The open addresses, whichever view the site serves there."""
        return frozenset(map(reverse, OPEN_NAMES))

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: Any, kwargs: Any) -> HttpResponse | None:
        """Refuse what is not open, before the view runs, as Wagtail refuses."""
        if not request.path.startswith(self.admin_root) or request.path in self.open_paths or is_workbench(request):
            return None
        return permission_denied(request) if enters_by_membership_alone(request.user) else None


def is_workbench(request: HttpRequest) -> bool:
    """Whether an address of the admin is one of the workbench's, its bulk actions included."""
    match = request.resolver_match
    if match.view_name == "wagtail_bulk_action":
        return (match.kwargs["app_label"], match.kwargs["model_name"]) == ("comments", "threadcomment")
    return match.app_names[:1] == ["moderation"]


def enters_by_membership_alone(user: Any) -> bool:
    """Whether the person is in the admin through `networks.auth.NetworkModeratorBackend` and by no right of their own."""
    permission = "wagtailadmin.access_admin"
    return user.is_authenticated and user.has_perm(permission) and not ModelBackend().has_perm(user, permission)
