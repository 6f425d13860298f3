"""What the Wagtail admin asks about comments: who looks at them there, and at which ones."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy

from comments.models import Consultation, ThreadComment
from comments.permissions import (
    can_moderate,
    everybody_who_moderates,
    holders_of_the_right,
    may_consult_on,
    moderates_everything,
    moderators_in,
)
from comments.states import Status
from networks.models import Membership
from networks.permissions import ties_of

ACTIONS = frozenset({"view", "moderate"})
"""Nobody adds, rewrites or deletes a comment in the admin: moderators look and decide."""


class CommentPermissionPolicy(BasePermissionPolicy):
    """Global moderators look at and decide on every comment, network moderators on their networks'."""

    permission_cache_name = "_comments_admin_actions"

    def get_all_permissions_for_user(self, user: Any) -> frozenset[str]:
        return ACTIONS if is_moderator(user) else frozenset()

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.get_cached_permissions_for_user(user)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: ThreadComment) -> bool:
        return action in ACTIONS and instance.status != Status.AWAITING_EMAIL and can_moderate(user, instance.discussion)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        allowed = self.user_has_any_permission(user, actions)
        return ThreadComment.objects.moderatable_by(user) if allowed else ThreadComment.objects.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        users = get_user_model().objects.filter(is_active=True)
        return users.filter(everybody_who_moderates()) if ACTIONS.intersection(actions) else users.none()

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: ThreadComment) -> QuerySet:
        users = self.users_with_any_permission(actions)
        of_its_network = moderators_in(Membership.objects.filter(network=instance.discussion.network_id))
        return users.filter(Q(is_superuser=True) | holders_of_the_right() | of_its_network)


def is_moderator(user: Any) -> bool:
    """Whether the person moderates anything at all."""
    if not user.is_authenticated or not user.is_active:
        return False
    return moderates_everything(user) or ties_of(user).moderates


class ConsultationPolicy(BasePermissionPolicy):
    """Who may publish pages plans consultations, and changes those about chapters that are all theirs to publish."""

    permission_cache_name = "_consultation_actions"

    def get_all_permissions_for_user(self, user: Any) -> frozenset[str]:
        publishes = user.is_authenticated and PagePermissionPolicy().user_has_permission(user, "publish")
        return frozenset({"view", "add", "change", "delete"}) if publishes else frozenset()

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.get_cached_permissions_for_user(user)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Consultation) -> bool:
        if not self.user_has_permission(user, action):
            return False
        asked = [discussion.target for discussion in instance.discussions.all()]
        return action == "view" or all(may_consult_on(chapter, user) for chapter in asked if chapter is not None)

    def instances_user_has_any_permission_for(self, user: Any, actions: Iterable[str]) -> QuerySet:
        return Consultation.objects.all() if self.user_has_any_permission(user, actions) else Consultation.objects.none()

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet:
        able = PagePermissionPolicy().users_with_permission("publish")
        return able if {"view", "add", "change", "delete"}.intersection(actions) else get_user_model().objects.none()


class ListPolicy(BasePermissionPolicy):
    """Those who keep every conversation lawful keep these lists; what was used once is never deleted, but no longer offered."""

    def __init__(self, model: type, actions: frozenset[str]) -> None:
        super().__init__(model)
        self.actions = actions

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in self.actions and user.is_authenticated and moderates_everything(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return self.user_has_any_permission(user, actions)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        return self.model.objects.all() if self.user_has_any_permission(user, actions) else self.model.objects.none()
