"""Whether a page that was kept is still what its readers would be shown: versions that grow with every change.

A discussion has a version of its own, which grows with whatever its readers can see. Everything else that a page shows (pages,
pictures, menus, networks, names of people) shares one version: the sum of `ContentVersion`. Both are written in the transaction of the
change and read with one query, so that a change shows on the next request, whatever caches stand in between.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.db.models import F, Model
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.images.models import AbstractRendition
from wagtail.signals import page_slug_changed, page_unpublished, post_page_move

from comments.models import ContentVersion, Discussion
from comments.visitors.asking import versions_of
from networks.cursors import asking_first

Versions = dict[int, int]
"""The version of each discussion by its key, and of everything else under CONTENT."""

CONTENT = 0

_OTHERS_BUSINESS = {
    "admin",
    "comments",
    "django_comments",
    "django_comments_xtd",
    "account",
    "mfa",
    "search",
    "sessions",
    "wagtailadmin",
    "wagtailsearch",
}
"""Apps whose rows no page shows, or whose changes a discussion's version tells."""

_UNSEEN = {
    "contenttypes.contenttype",
    "wagtailcore.comment",
    "wagtailcore.commentreply",
    "wagtailcore.modellogentry",
    "wagtailcore.pagelogentry",
    "wagtailcore.pagesubscription",
    "wagtailcore.referenceindex",
    "wagtailcore.revision",
    "wagtailcore.uploadedfile",
    "wagtailusers.userprofile",
    "networks.announcement",
    "networks.invitation",
    "networks.invitationlink",
    "networks.invitationlinkuse",
    "networks.joinrequest",
    "networks.membership",
    "networks.topicguest",
}
"""Models of the other apps that no visitor's page shows."""

_OF_CONTENT = f"SELECT {CONTENT}, COALESCE(SUM(changes), 0) FROM {ContentVersion._meta.db_table}"  # noqa: S608 (a table of ours)
_OF_DISCUSSIONS = f" UNION ALL SELECT id, version FROM {Discussion._meta.db_table} WHERE id IN (%s)"  # noqa: S608

_UNSEEN_COLUMNS = frozenset(
    {"last_login", "password", "draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at"}
)
"""What signing in and saving a draft write on rows that readers see."""


_shown: set[type[Model]] = set()
"""The models whose rows visitors see, as they are installed; a migration's own models are none of them."""


def connect() -> None:
    """Listen to every change of what readers see outside discussions."""
    _shown.update(filter(_is_shown, apps.get_models(include_auto_created=True)))
    for rendition in filter(_is_rendition, apps.get_models()):
        post_delete.connect(copies_deleted, sender=rendition, dispatch_uid="comments.visitors.copies")
    for signal in (post_save, post_delete):
        signal.connect(something_changed, dispatch_uid=f"comments.visitors.{id(signal)}")
    m2m_changed.connect(something_changed, dispatch_uid="comments.visitors.m2m")
    for signal in (post_page_move, page_slug_changed, page_unpublished):
        signal.connect(pages_changed, dispatch_uid=f"comments.visitors.{id(signal)}")


def seen_models() -> frozenset[type[Model]]:
    """The models whose changes make every kept page old, whichever page shows them."""
    return frozenset(_shown)


def _is_shown(model: type[Model]) -> bool:
    if model is Discussion:
        return True
    return not (model._meta.app_label in _OTHERS_BUSINESS or model._meta.label_lower in _UNSEEN or _is_rendition(model))


def _is_rendition(model: type[Model]) -> bool:
    return issubclass(model, AbstractRendition)


def something_changed(
    sender: type[Model], raw: bool = False, created: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Let the content's version grow, unless what changed has a version of its own, or is not shown."""
    if raw or sender not in _shown:
        return
    if sender is Discussion:
        is_seen = created
    elif sender is get_user_model() and created:
        is_seen = False
    else:
        is_seen = not update_fields or not _UNSEEN_COLUMNS.issuperset(update_fields)
    if is_seen:
        bump()


def pages_changed(sender: Any, **kwargs: Any) -> None:
    """Moves, new addresses and withdrawals of pages, which Wagtail writes without saving each page."""
    bump()


def copies_deleted(sender: Any, **kwargs: Any) -> None:
    """Copies of pictures that kept pages may name are gone; those that are made while a page is read change nothing."""
    bump()


@transaction.atomic
def bump() -> None:
    """Add one to a share that nobody else holds, or to a new one."""
    free = ContentVersion.objects.order_by("pk")
    if connection.features.has_select_for_update_skip_locked:
        free = free.select_for_update(skip_locked=True)
    share = free.values_list("pk", flat=True).first()
    if share is None:
        ContentVersion.objects.create(changes=1)
    else:
        ContentVersion.objects.filter(pk=share).update(changes=F("changes") + 1)


def current(discussions: Iterable[int]) -> Versions:
    """Return the versions of these discussions, and of everything else, as they are now: one query."""
    keys = sorted(discussions)
    return dict(asking_first(lambda: versions_of(_statement(len(keys)), keys)))


@cache
def _statement(discussions: int) -> str:
    return _OF_CONTENT + _OF_DISCUSSIONS % ", ".join(["%s"] * discussions) if discussions else _OF_CONTENT
