"""The project itself, which knows every app and joins them."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Joins the apps: which models carry a discussion, what completes their editor, who holds something about a person."""

    name = "config"
    verbose_name = "Palabre"

    def ready(self) -> None:
        import comments.personal_data
        import networks.personal_data
        from articles.models import ArticlePage
        from comments.targets import PageTarget, register
        from config.page_editor import compose_editor
        from users import personal_data

        register(ArticlePage, PageTarget())
        compose_editor(ArticlePage)
        for holder in [networks.personal_data, comments.personal_data]:
            personal_data.register(holder.__package__, export=holder.export, erase=holder.erase)
