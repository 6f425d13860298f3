"""The group of those who keep every conversation lawful."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import router
from django.db.models import Q

MODERATORS = "Modération"


def migrated(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Create the group after the first migration; what administrators make of it later is theirs."""
    if not router.allow_migrate_model(using, Group) or Group.objects.using(using).filter(name=MODERATORS).exists():
        return
    for name in ("comments", "wagtailadmin"):
        create_permissions(apps.get_app_config(name), verbosity=0, using=using)
    wanted = Q(content_type__app_label="comments", codename="moderate_threadcomment")
    wanted |= Q(content_type__app_label="wagtailadmin", codename="access_admin")
    Group.objects.using(using).create(name=MODERATORS).permissions.set(Permission.objects.using(using).filter(wanted))
