"""What memberships, and having none, mean for permissions."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from networks.permissions import ties_of

ENTERS_THE_ADMIN = "wagtailadmin.access_admin"


class PlainReadersBackend:
    """Settle at once that most people were given no permission at all; stands before the backends that look for them.

    One query answers for every permission that a page asks about, where each backend would ask one or two of its own.
    Nobody signs in through it: it has no `get_user`, which would make it the backend of a session.
    """

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Know nobody."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Grant nothing; refuse (PermissionDenied ends the search) who has neither permission nor group.

        But for the one permission that comes with moderating a network, which the backend below grants.
        """
        if user_obj.is_authenticated and user_obj.is_active:
            ties = ties_of(user_obj)
            if not ties.has_rights and not (ties.moderates and perm == ENTERS_THE_ADMIN):
                raise PermissionDenied
        return False


class NetworkModeratorBackend(BaseBackend):
    """Let the moderators of a network into the admin, for as long as their membership lasts."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Grant `wagtailadmin.access_admin`, and nothing else, to active moderators of a network."""
        if perm != ENTERS_THE_ADMIN or not user_obj.is_active or obj is not None:
            return False
        return ties_of(user_obj).moderates
