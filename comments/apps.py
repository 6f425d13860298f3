"""Discussions, comments, moderation and notices."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    """The app of the discussions."""

    name = "comments"
    verbose_name = _("Discussions")

    def ready(self) -> None:
        """Register topics as targets, listen to what happens to targets, and say who moderates in the admin."""
        from wagtail.permissions import register_permission_policy

        from comments import moderators, signal_handlers
        from comments.admin_permissions import CommentPermissionPolicy
        from comments.models import ThreadComment
        from comments.targets import TopicTarget, register
        from networks.models import Topic

        register(Topic, TopicTarget())
        signal_handlers.connect()
        post_migrate.connect(moderators.migrated, sender=self, dispatch_uid="comments.moderators")
        register_permission_policy(ThreadComment, CommentPermissionPolicy(ThreadComment))
