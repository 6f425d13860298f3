"""The project itself, which knows every app and joins them."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Joins the apps: which models carry a discussion, what completes their editor, who holds or asks something about a person."""

    name = "config"
    verbose_name = "Palabre"

    def ready(self) -> None:
        from allauth.account.signals import email_changed

        import comments.personal_data
        import networks.personal_data
        from articles.models import ArticlePage
        from comments import preferences as notices
        from comments.targets import PageTarget, register
        from config import signal_handlers
        from config.page_editor import compose_editor
        from networks import chapters
        from users import personal_data, preferences

        register(ArticlePage, PageTarget())
        chapters.register(ArticlePage)
        compose_editor(ArticlePage)
        own, said = networks.personal_data, comments.personal_data
        personal_data.register("networks", export=own.export, erase=own.erase, why_keep=own.why_keep)
        personal_data.register("discussions", export=said.export, erase=said.erase)
        preferences.register(
            "notices", preferences.Preference(notices.LABEL, notices.HELP_TEXT, notices.wants_notices, notices.choose_notices)
        )
        email_changed.connect(signal_handlers.address_changed, dispatch_uid="config.address_changed")
