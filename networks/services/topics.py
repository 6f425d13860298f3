"""Opening, rewriting, closing and pinning topics."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from networks.markup import clean_text
from networks.models import Network, Topic
from networks.permissions import standing_of
from networks.services.locking import lock_network, lock_topic, record
from networks.services.refusals import Refused, require
from networks.signals import topic_being_written
from networks.states import TopicState

DOUBLE_SUBMIT_WINDOW = timedelta(hours=1)
"""The same topic of the same author in the same network within this time is one topic sent twice."""

MAX_PINNED = 10
"""How many topics of a network are pinned at most: pinned topics stand above every page of the list."""


@transaction.atomic
def open_topic(network: Network, *, by: Any, title: str, text: str = "") -> Topic:
    """Open a topic and return it; sent twice, it is one. Raises Refused for who is no member."""
    locked = lock_network(network)
    require(standing_of(by, locked).can_open_topic)
    topic_being_written.send(sender=Topic, network=locked, by=by)
    said = {"title": clean_text(title), "text": clean_text(text)}
    if twin := locked.topics.filter(author=by, created_at__gte=timezone.now() - DOUBLE_SUBMIT_WINDOW, **said).first():
        return twin
    topic = Topic.objects.create(network=locked, author=by, **said)
    record(topic, "open_topic", by)
    return topic


@transaction.atomic
def edit_topic(topic: Topic, *, by: Any, title: str, text: str) -> Topic:
    """Rewrite a topic's title and text. Raises Refused for who may not."""
    current = lock_topic(topic)
    require(standing_of(by, current.network).can_edit_topic(current))
    topic_being_written.send(sender=Topic, network=current.network, by=by)
    said = {"title": clean_text(title), "text": clean_text(text)}
    if all(getattr(current, name) == value for name, value in said.items()):
        return current
    return _change(current, "edit_topic", by, **said, updated_at=timezone.now())


@transaction.atomic
def close_topic(topic: Topic, *, by: Any) -> Topic:
    """Close a topic: what was said stays, its discussion takes nothing more. Raises Refused for who may not."""
    return _set(topic, "close_topic", by, state=TopicState.CLOSED)


@transaction.atomic
def reopen_topic(topic: Topic, *, by: Any) -> Topic:
    """Open a closed topic again. Raises Refused for who may not."""
    return _set(topic, "reopen_topic", by, state=TopicState.OPEN)


@transaction.atomic
def pin_topic(topic: Topic, *, by: Any) -> Topic:
    """Put a topic above the others. Raises Refused for who may not, or past MAX_PINNED topics."""
    network = lock_network(topic.network)
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
