"""Who signs in, and who a session belongs to."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model

from networks.prepared import Parameter, PreparedQuery

_ACCOUNT = PreparedQuery(lambda: get_user_model()._default_manager.filter(pk=Parameter("pk", get_user_model()._meta.pk)))


class AccountBackend(AuthenticationBackend):
    """The address and the password, as allauth asks for them; the account of each request, as Django looks for it."""

    def get_user(self, user_id: Any) -> Any:
        user = _ACCOUNT.first(pk=user_id)
        return user if user and self.user_can_authenticate(user) else None
