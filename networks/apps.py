"""Networks of a federation: their members, spaces and topics."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworksConfig(AppConfig):
    """The app of the networks."""

    name = "networks"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Networks")

    def ready(self) -> None:
        """Listen to what is deleted, and check the settings."""
        from django.core.checks import register

        from networks import checks, signal_handlers

        signal_handlers.connect()
        register(checks.check_installation)
