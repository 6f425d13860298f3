"""What a space says of itself."""

from typing import Any

from django.db import transaction

from networks.models import Network
from networks.permissions import standing_of
from networks.services.locking import lock_network, record
from networks.services.refusals import require

PRESENTATION_FIELDS = ("tagline", "presentation", "website", "colour")
"""What facilitators decide of their space."""


@transaction.atomic
def save_presentation(network: Network, *, by: Any, **values: str) -> Network:
    """Keep what a facilitator decided of the space (PRESENTATION_FIELDS). Raises Refused for who does not run it."""
    locked = lock_network(network)
    require(standing_of(by, locked).can_edit_presentation)
    changed = [name for name in PRESENTATION_FIELDS if name in values and getattr(locked, name) != values[name]]
    if not changed:
        return locked
    for name in changed:
        setattr(locked, name, values[name])
    locked.save(update_fields=changed)
    record(locked, "save_presentation", by, changed=changed)
    return locked
