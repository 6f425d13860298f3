"""The locks that acts take, and the audit row that each leaves.

What concerns the people of a network locks the network's row, what concerns a topic locks the topic's. The locks are taken without the
key (`no_key`): comments being written refer to the network meanwhile, and must not wait for it while they hold their own discussion.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import ModelLogEntry

from networks.models import Membership, Network, Topic
from networks.services.refusals import Refused


def lock_network(network: Network) -> Network:
    """The network as it stands, locked until the transaction ends."""
    return lock_network_of_key(network.pk)


def lock_network_of_key(key: Any) -> Network:
    """The network with this key as it stands, locked until the transaction ends."""
    return Network.objects.select_for_update(no_key=True).get(pk=key)


def lock_membership(membership: Membership) -> tuple[Network, Membership]:
    """The network locked and the membership as it stands; raises Refused when it ended meanwhile."""
    network = lock_network_of_key(membership.network_id)
    current = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if current is None:
        raise Refused(gettext("This membership has ended meanwhile."))
    return network, current


def lock_topic(topic: Topic) -> Topic:
    """The topic as it stands, with its network, locked until the transaction ends."""
    return Topic.objects.select_for_update(no_key=True, of=("self",)).select_related("network").get(pk=topic.pk)


def record(instance: models.Model, act: str, by: Any, *, person: Any = None, **data: Any) -> None:
    """One audit row; of the person concerned it keeps the key only, so that a closed account leaves no name behind."""
    log(instance=instance, action=f"networks.{act}", user=by, data={**data, **({"person": person.pk} if person else {})})


def record_all(instance: models.Model, acts: Sequence[tuple[str, dict[str, Any]]], by: Any) -> None:
    """Many audit rows about one thing, each an act with its data, in few statements."""
    about = {
        "content_type": ContentType.objects.get_for_model(instance),
        "object_id": str(instance.pk),
        "label": str(instance),
        "user": by,
        "timestamp": timezone.now(),
        "uuid": get_active_log_context().uuid,
    }
    rows = [ModelLogEntry(action=f"networks.{act}", data=data, **about) for act, data in acts]
    ModelLogEntry.objects.bulk_create(rows, batch_size=200)
