"""Discussions, comments, moderation and notices."""

from django.apps import AppConfig
from django.core.checks import register as register_check
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CommentsConfig(AppConfig):
    """The app of the discussions."""

    name = "comments"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Discussions")

    def ready(self) -> None:
        """Register topics as targets, listen to what happens to targets, say who moderates in the admin, and check the settings."""
        from wagtail.permissions import register_permission_policy

        from comments import checks, moderators, signal_handlers
        from comments.admin_permissions import CommentPermissionPolicy, ConsultationPolicy, ListPolicy
        from comments.models import CannedAnswer, Consultation, Reason, ThreadComment
        from comments.spaces import exposure
        from comments.targets import TopicTarget, register
        from comments.visitors import freshness
        from networks.exposure import register as register_exposed
        from networks.models import Topic

        register(Topic, TopicTarget())
        register_exposed(exposure.comments_in)
        signal_handlers.connect()
        freshness.connect()
        register_check(checks.check_installation)
        post_migrate.connect(moderators.migrated, sender=self, dispatch_uid="comments.moderators")
        register_permission_policy(ThreadComment, CommentPermissionPolicy(ThreadComment))
        register_permission_policy(Consultation, ConsultationPolicy(Consultation))
        register_permission_policy(Reason, ListPolicy(Reason, frozenset({"view", "add", "change"})))
        register_permission_policy(CannedAnswer, ListPolicy(CannedAnswer, frozenset({"view", "add", "change", "delete"})))
