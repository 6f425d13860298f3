"""The project itself, which knows every app and joins them."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Joins the apps: says which models carry a discussion."""

    name = "config"
    verbose_name = "Palabre"

    def ready(self) -> None:
        from articles.models import ArticlePage
        from comments.targets import PageTarget, register

        register(ArticlePage, PageTarget())
