"""One search over articles, topics and comments."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """The app of the search."""

    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        """Listen to what changes."""
        from search import signal_handlers

        signal_handlers.connect()
