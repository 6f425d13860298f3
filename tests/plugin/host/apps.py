"""The host's own app, which says what carries a discussion."""

from django.apps import AppConfig


class HostConfig(AppConfig):
    """A site with pages and games."""

    name = "tests.plugin.host"
    label = "host"
    default_auto_field = "django.db.models.AutoField"

    def ready(self) -> None:
        from comments.targets import PageTarget, Target, register
        from tests.plugin.host.models import Game, HostPage

        register(HostPage, PageTarget())
        register(Game, Target())
