"""The guide: its pages and blocks."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    """The app of the guide."""

    name = "articles"
    verbose_name = _("Guide")

    def ready(self) -> None:
        """Give a new installation its group of editors; listen to publications."""
        from articles import editors, signal_handlers

        signal_handlers.connect()
        post_migrate.connect(editors.migrated, sender=self, dispatch_uid="articles.editors")
