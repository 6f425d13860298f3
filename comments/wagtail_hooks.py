"""Wires the discussions into the Wagtail admin."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks
from wagtail.admin.viewsets.model import ModelViewSet

from comments import audit
from comments.admin_views.account import add_pace_panel
from comments.admin_views.bulk import BULK_ACTIONS
from comments.admin_views.consultations import ConsultationViewSet
from comments.admin_views.identification import IdentificationViewSet
from comments.admin_views.lists import CannedAnswerViewSet, ReasonViewSet
from comments.admin_views.panel import add_panel
from comments.admin_views.spam_filter import SpamFilterViewSet
from comments.admin_views.viewset import ModerationViewSet

hooks.register("register_log_actions", audit.register)
hooks.register("construct_homepage_panels", add_panel)
hooks.register("register_account_settings_panel", add_pace_panel)


@hooks.register("register_admin_viewset")
def register_moderation() -> ModerationViewSet:
    """The moderators' workbench."""
    return ModerationViewSet()


@hooks.register("register_admin_viewset")
def register_identification() -> IdentificationViewSet:
    """Looking into the identification log."""
    return IdentificationViewSet()


@hooks.register("register_admin_viewset")
def register_spam_filter() -> SpamFilterViewSet:
    """The page about the spam filter."""
    return SpamFilterViewSet()


@hooks.register("register_permissions")
def rights_for_groups() -> QuerySet[Permission]:
    """The right to look into the identification log, to be given to a group."""
    return Permission.objects.filter(content_type__app_label="comments", codename="look_into_identificationrecord")


@hooks.register("register_admin_viewset")
def register_lists() -> list[ModelViewSet]:
    """The reasons of restrictions, and the canned answers."""
    return [ReasonViewSet(), CannedAnswerViewSet()]


@hooks.register("register_admin_viewset")
def register_consultations() -> ConsultationViewSet:
    """What networks are asked about, and when."""
    return ConsultationViewSet()


for bulk_action in BULK_ACTIONS:
    hooks.register("register_bulk_action", bulk_action)
