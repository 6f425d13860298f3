"""The group of those who write the guide, and what it may do."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import router
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page, Workflow

from articles.models import Author, Navigation

EDITORS = "Rédaction"
REVIEW = "Relecture"
WAGTAILS_REVIEW = "Moderators approval"

PAGE_PERMISSIONS = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]
ACTIONS_ON_FILES = ["add", "change", "choose"]
"""Wagtail asks for the permissions of its own image and document models, whichever models a site puts in their place."""
ACTIONS_ON_AUTHORS = ["add", "change", "delete", "view"]


def migrated(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Create the group after the first migration; what administrators make of it later is theirs."""
    if not router.allow_migrate_model(using, Group) or Group.objects.using(using).filter(name=EDITORS).exists():
        return
    root, library = Page.get_first_root_node(), Collection.get_first_root_node()
    if root is None or library is None:
        return
    for name in ("articles", "wagtailadmin", "wagtailcore", "wagtaildocs", "wagtailimages"):
        create_permissions(apps.get_app_config(name), verbosity=0, using=using)
    _create_group(root, library)


def _create_group(root: Page, library: Collection) -> None:
    group = Group.objects.create(name=EDITORS)
    group.permissions.set(_permissions_on_models())
    for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_PERMISSIONS):
        GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    for permission in _permissions(Image, ACTIONS_ON_FILES) | _permissions(Document, ACTIONS_ON_FILES):
        GroupCollectionPermission.objects.create(group=group, collection=library, permission=permission)
    _let_review(group)


def _let_review(group: Group) -> None:
    """Have editors approve each other's pages: the group that Wagtail's workflow comes with has nobody in it."""
    for task in GroupApprovalTask.objects.filter(name=WAGTAILS_REVIEW):
        task.groups.set([group])
        GroupApprovalTask.objects.filter(pk=task.pk).update(name=REVIEW)
    Workflow.objects.filter(name=WAGTAILS_REVIEW).update(name=REVIEW)


def _permissions_on_models() -> list[Permission]:
    admin = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    return [*admin, *_permissions(Author, ACTIONS_ON_AUTHORS), *_permissions(Navigation, ["change"])]


def _permissions(model: Any, actions: list[str]) -> Any:
    codenames = [f"{action}_{model._meta.model_name}" for action in actions]
    return Permission.objects.filter(content_type__app_label=model._meta.app_label, codename__in=codenames)
