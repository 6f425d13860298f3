"""Inviting people by mail: one, a list, once more, no longer."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from networks.models import Invitation, Network
from networks.permissions import standing_of
from networks.services.locking import lock_network, lock_network_of_key, record
from networks.services.refusals import NoLongerOpen, Refused, require
from networks.services.sending import Invited, Offered, send, why_not_sent
from networks.states import Role

INVITATIONS_KEPT = timedelta(days=90)
"""How long an invitation that lets nobody in any more is kept, with the address it went to."""


@transaction.atomic
def invite(network: Network, *, by: Any, email: str, role: Role = Role.MEMBER, offered: Offered | None = None) -> Invitation:
    """Invite the person behind an address, or once more whoever has not answered; return the invitation.

    Raises Refused for who does not run the space, for who is in already or was written to within SEND_AGAIN_AFTER, and beyond
    INVITATIONS_PER_DAY.
    """
    locked = lock_network(network)
    require(standing_of(by, locked).can_manage_members)
    [invited] = send(locked, [(email, role)], by, offered or Offered())
    if invited.invitation is None:
        raise Refused(why_not_sent(invited.outcome))
    return invited.invitation


@transaction.atomic
def invite_all(network: Network, people: Sequence[tuple[str, Role]], *, by: Any, offered: Offered | None = None) -> list[Invited]:
    """Invite several people, each an address and a role; return what became of each, in their order.

    Raises Refused for who does not run the space.
    """
    locked = lock_network(network)
    require(standing_of(by, locked).can_manage_members)
    return send(locked, people, by, offered or Offered())


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: Any) -> Invitation:
    """Send an invitation once more, in the name of who does it; it holds as long as a new one. Raises Refused as `invite` does."""
    locked = lock_network_of_key(invitation.network_id)
    require(standing_of(by, locked).can_manage_members)
    current = _unanswered(locked, invitation)
    offered = Offered(current.topic, current.message, current.language)
    [invited] = send(locked, [(current.email, Role(current.role))], by, offered)
    if invited.invitation is None:
        raise Refused(why_not_sent(invited.outcome))
    return invited.invitation


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Any) -> None:
    """Take an invitation back: its link lets nobody in any more, a mail that waits does not leave. Raises Refused, or NoLongerOpen."""
    locked = lock_network_of_key(invitation.network_id)
    require(standing_of(by, locked).can_manage_members)
    current = _unanswered(locked, invitation)
    current.revoked_at = timezone.now()
    current.save(update_fields=["revoked_at"])
    record(locked, "revoke_invitation", by, invitation=current.pk)


def purge_invitations(age: timedelta = INVITATIONS_KEPT) -> int:
    """Delete the invitations that were over for this long already, with their addresses; return how many."""
    return Invitation.objects.over_since(timezone.now() - age).delete()[0]


def _unanswered(network: Network, invitation: Invitation) -> Invitation:
    current = network.invitations.unanswered().select_related("topic").filter(pk=invitation.pk).first()
    if current is None:
        raise NoLongerOpen(gettext("This invitation was accepted or taken back meanwhile."))
    return current
