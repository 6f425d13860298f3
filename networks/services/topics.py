"""Opening, rewriting, closing, archiving and pinning topics."""

from collections.abc import Iterable
from datetime import timedelta
from enum import Enum
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import Page

from networks import chapters
from networks.markup import clean_text
from networks.models import MAX_TAGS, Network, Topic, TopicTag
from networks.permissions import standing_of
from networks.services.locking import lock_network, lock_topic, record
from networks.services.refusals import Refused, require
from networks.signals import topic_being_written
from networks.states import TopicState
from networks.tags import tag_slug

DOUBLE_SUBMIT_WINDOW = timedelta(hours=1)
"""The same topic of the same author in the same network within this time is one topic sent twice."""

MAX_PINNED = 10
"""How many topics of a network are pinned at most: pinned topics stand above every page of the list."""


class KeptType(Enum):
    """What stands for a value that an edit leaves as it is."""

    KEPT = "kept"


KEPT = KeptType.KEPT


@transaction.atomic
def open_topic(network: Network, *, by: Any, title: str, text: str = "", chapter: Page | None = None, tags: Iterable[str] = ()) -> Topic:
    """Open a topic and return it; sent twice, it is one.

    `chapter` is the page of the guide it is about, `tags` are words (MAX_TAGS at most). Raises Refused for who is no member, or may
    not read the chapter.
    """
    locked = lock_network(network)
    require(standing_of(by, locked).can_open_topic)
    topic_being_written.send(sender=Topic, network=locked, by=by)
    said = {"title": clean_text(title), "text": clean_text(text)}
    if twin := locked.topics.filter(author=by, created_at__gte=timezone.now() - DOUBLE_SUBMIT_WINDOW, **said).first():
        return twin
    _require_chapter(chapter, by)
    topic = Topic.objects.create(network=locked, author=by, chapter=chapter, **said)
    topic.tags.set(_tags_of(locked, tags))
    record(topic, "open_topic", by)
    return topic


@transaction.atomic
def edit_topic(
    topic: Topic, *, by: Any, title: str, text: str, chapter: Page | KeptType | None = KEPT, tags: Iterable[str] | KeptType = KEPT
) -> Topic:
    """Rewrite a topic; a chapter or tags that are not named stay. Raises Refused for who may not, or may not read the chapter."""
    network = lock_network(topic.network)
    current = lock_topic(topic)
    require(standing_of(by, network).can_edit_topic(current))
    topic_being_written.send(sender=Topic, network=network, by=by)
    said: dict[str, Any] = {"title": clean_text(title), "text": clean_text(text)}
    if not isinstance(chapter, KeptType) and _key(chapter) != current.chapter_id:
        _require_chapter(chapter, by)
        said["chapter"] = chapter
    retagged = not isinstance(tags, KeptType) and _retag(current, network, tags)
    if not retagged and all(getattr(current, name) == value for name, value in said.items()):
        return current
    return _change(current, "edit_topic", by, **said, updated_at=timezone.now())


def _key(chapter: Page | None) -> int | None:
    return chapter.pk if chapter else None


def _require_chapter(chapter: Page | None, by: Any) -> None:
    if chapter and not chapters.visible_to(by).filter(pk=chapter.pk).exists():
        raise Refused(gettext("This chapter is not one you can read."))


def _retag(topic: Topic, network: Network, names: Iterable[str]) -> bool:
    """Give a topic other tags, and forget those that no topic carries any more; whether anything changed."""
    before = set(topic.tags.all())
    topic.tags.set(after := set(_tags_of(network, names)))
    network.topic_tags.filter(pk__in=[tag.pk for tag in before - after], topics=None).delete()
    return before != after


def _tags_of(network: Network, names: Iterable[str]) -> list[TopicTag]:
    """The network's tags of these names, made where there are none: words that differ by case or accents are one."""
    wanted = {slug: name for name in names if (slug := tag_slug(name))}
    if len(wanted) > MAX_TAGS:
        raise Refused(gettext("A topic carries %(count)s tags at most.") % {"count": MAX_TAGS})
    return [network.topic_tags.get_or_create(slug=slug, defaults={"name": name})[0] for slug, name in wanted.items()]


@transaction.atomic
def close_topic(topic: Topic, *, by: Any) -> Topic:
    """Close a topic, or take it out of the archive closed: its discussion takes nothing more. Raises Refused for who may not."""
    return _set(topic, "close_topic", by, state=TopicState.CLOSED)


@transaction.atomic
def reopen_topic(topic: Topic, *, by: Any) -> Topic:
    """Open a closed or archived topic again. Raises Refused for who may not."""
    return _set(topic, "reopen_topic", by, state=TopicState.OPEN)


@transaction.atomic
def archive_topic(topic: Topic, *, by: Any) -> Topic:
    """Put a topic away: it leaves the list and the pins, takes nothing more, and is still read. Raises Refused for who may not."""
    return _set(topic, "archive_topic", by, state=TopicState.ARCHIVED, pinned=False)


@transaction.atomic
def pin_topic(topic: Topic, *, by: Any) -> Topic:
    """Put a topic above the others. Raises Refused for who may not, or past MAX_PINNED topics."""
    network, current = lock_network(topic.network), lock_topic(topic)
    require(standing_of(by, network).can_close_topic)
    if current.is_archived:
        raise Refused(gettext("This topic is archived: reopen it first."))
    if network.topics.filter(pinned=True).exclude(pk=topic.pk).count() >= MAX_PINNED:
        raise Refused(gettext("%(count)s topics are pinned already: unpin one first.") % {"count": MAX_PINNED})
    return _set(topic, "pin_topic", by, pinned=True)


@transaction.atomic
def unpin_topic(topic: Topic, *, by: Any) -> Topic:
    """Put a pinned topic back among the others. Raises Refused for who may not."""
    return _set(topic, "unpin_topic", by, pinned=False)


def _set(topic: Topic, act: str, by: Any, **values: Any) -> Topic:
    current = lock_topic(topic)
    require(standing_of(by, current.network).can_close_topic)
    if all(getattr(current, name) == value for name, value in values.items()):
        return current
    return _change(current, act, by, **values)


def _change(topic: Topic, act: str, by: Any, **values: Any) -> Topic:
    for name, value in values.items():
        setattr(topic, name, value)
    topic.save(update_fields=list(values))
    record(topic, act, by)
    return topic
