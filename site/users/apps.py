"""The account."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UsersConfig(AppConfig):
    """Accounts that sign in with an e-mail address."""

    name = "users"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from users import signal_handlers

        signal_handlers.connect()
