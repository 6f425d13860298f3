"""Opening discussions, and keeping them in step with their targets and their editors."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction

from comments import audit
from comments.models import Discussion, DiscussionSettings, PageDiscussionSettings
from comments.services.locking import lock
from comments.signals import discussion_changed
from comments.targets import target_of


def discussion_of(obj: models.Model) -> Discussion:
    """Return the discussion about an object, opening it when there is none; raises LookupError for an unregistered model."""
    target = target_of(type(obj))
    discussion, created = Discussion.objects.get_or_create(
        content_type=ContentType.objects.get_for_model(obj),
        object_id=str(obj.pk),
        defaults={
            **target.opens_with,
            "title": target.title(obj)[:300],
            "network_id": target.network_id(obj),
            "target_open": target.is_open(obj),
        },
    )
    if created:
        discussion_changed.send(sender=Discussion, discussion=discussion)
    return discussion


@transaction.atomic
def follow_target(obj: models.Model) -> Discussion:
    """Copy a target's title, network and openness to its discussion."""
    target = target_of(type(obj))
    discussion = lock(discussion_of(obj).pk)
    copied = {"title": target.title(obj)[:300], "network_id": target.network_id(obj), "target_open": target.is_open(obj)}
    return _update(discussion, copied)


@transaction.atomic
def configure(discussion: Discussion, chosen: DiscussionSettings, *, by: Any = None) -> Discussion:
    """Apply settings (a PageDiscussionSettings, or a Discussion with changed fields) to a discussion."""
    wanted = {name: getattr(chosen, name) for name in DiscussionSettings.SETTINGS}
    locked = lock(discussion.pk)
    before = {name: getattr(locked, name) for name in DiscussionSettings.SETTINGS}
    updated = _update(locked, wanted)
    changes = {name: [str(before[name]), str(value)] for name, value in wanted.items() if before[name] != value}
    if changes:
        audit.record(updated, "comments.configure", by=by, data={"changes": changes})
    return updated


def configure_from_page(page: models.Model, *, by: Any = None) -> Discussion:
    """Apply what a page's editor decided, now that the page is published."""
    discussion = follow_target(page)
    chosen = PageDiscussionSettings.objects.filter(page_id=page.pk).first()
    return configure(discussion, chosen, by=by) if chosen else discussion


def _update(discussion: Discussion, values: dict[str, Any]) -> Discussion:
    changed = [name for name, value in values.items() if getattr(discussion, name) != value]
    if changed:
        for name in changed:
            setattr(discussion, name, values[name])
        discussion.version += 1
        discussion.save(update_fields=[*changed, "version"])
        discussion_changed.send(sender=Discussion, discussion=discussion)
    return discussion
