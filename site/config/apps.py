"""The project itself, which knows every app and joins them."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Joins the apps: says which models carry a discussion, and completes their editor."""

    name = "config"
    verbose_name = "Palabre"

    def ready(self) -> None:
        from articles.models import ArticlePage
        from comments.targets import PageTarget, register
        from config.page_editor import compose_editor

        register(ArticlePage, PageTarget())
        compose_editor(ArticlePage)
