"""What networks tell the apps above them; sent inside the transaction of the act."""

from django.dispatch import Signal

topic_being_written = Signal()
"""Somebody opens or rewrites a topic; a receiver that knows why they may not raises networks.services.Refused.

Arguments: `network`, `by`.
"""

join_requested = Signal()
"""Somebody asks to join a network; a receiver that knows why they may not raises networks.services.Refused. Argument: `join_request`."""

invitations_sent = Signal()
"""People are invited, or invited once more; a receiver that knows why not raises networks.services.Refused. Argument: `invitations`."""

announced = Signal()
"""Facilitators write to all members; a receiver that knows why they may not raises networks.services.Refused. Argument: `announcement`."""

join_decided = Signal()
"""A request to join was accepted or refused, with `outcome` and `answer` set. Argument: `join_request`."""

visibility_switched = Signal()
"""A space changed whom it is for. Arguments: `network`, as it now is; `before`, what it was; `by`."""
