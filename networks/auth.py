"""What memberships, and having none, mean for permissions."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from networks.permissions import ties_of


class PlainReadersBackend:
    """Settle at once that most people hold no permission at all; stands before the backends that look for them.

    One query answers for every permission that a page asks about, where each backend would ask one or two of its own.
    Nobody signs in through it: it has no `get_user`, which would make it the backend of a session.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Know nobody."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Grant nothing; refuse (PermissionDenied ends the search) who has neither permission nor group and moderates no network."""
        if user_obj.is_authenticated and user_obj.is_active and not ties_of(user_obj).holds_permissions:
            raise PermissionDenied
        return False


class NetworkModeratorBackend(BaseBackend):
    """Let the moderators of a network into the admin, for as long as their membership lasts."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Grant `wagtailadmin.access_admin`, and nothing else, to active moderators of a network."""
        if perm != "wagtailadmin.access_admin" or not user_obj.is_active or obj is not None:
            return False
        return ties_of(user_obj).moderates
