"""Discussions, comments, moderation and notices."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    """The app of the discussions."""

    name = "comments"
    verbose_name = _("Discussions")

    def ready(self) -> None:
        """Register topics as targets and listen to what happens to targets."""
        from comments import signal_handlers
        from comments.targets import TopicTarget, register
        from networks.models import Topic

        register(Topic, TopicTarget())
        signal_handlers.connect()
