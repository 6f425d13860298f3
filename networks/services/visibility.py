"""Whom a space is for."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from networks.exposure import exposure_of
from networks.models import Network
from networks.permissions import standing_of
from networks.services.locking import lock_network, record
from networks.services.refusals import Refused, require
from networks.signals import visibility_switched
from networks.states import Visibility


class LookedOtherwise(Refused):
    """What somebody was shown of a switch is no longer what it would do."""

    def __init__(self) -> None:
        super().__init__(gettext("Something changed in the space meanwhile: look again at what this would show, then confirm."))


@transaction.atomic
def set_visibility(network: Network, after: Visibility, *, by: Any, seen: str) -> Network:
    """Change whom a space is for; it takes effect with the next request of anybody.

    `seen` is `Exposure.seen` of what the person was shown. Raises Refused for who does not run the space, LookedOtherwise where
    anything that the switch shows or hides is no longer what they saw.
    """
    locked = lock_network(network)
    require(standing_of(by, locked).can_switch_visibility)
    if locked.visibility == after:
        return locked
    if exposure_of(locked, after).seen != seen:
        raise LookedOtherwise
    before, locked.visibility = locked.visibility, after
    locked.save(update_fields=["visibility"])
    record(locked, "set_visibility", by, **{"from": before, "to": after})
    visibility_switched.send(sender=Network, network=locked, before=before, by=by)
    return locked
