"""What a membership opens beyond the network's own space."""

from typing import Any

from django.contrib.auth.backends import BaseBackend

from networks.models import Membership, Role


class NetworkModeratorBackend(BaseBackend):
    """Let the moderators of a network into the admin, for as long as their membership lasts."""

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Grant `wagtailadmin.access_admin`, and nothing else, to active moderators of a network."""
        if perm != "wagtailadmin.access_admin" or not user_obj.is_active or obj is not None:
            return False
        return Membership.objects.filter(user=user_obj, role=Role.MODERATOR).exists()
