"""Roles, and memberships that end."""

from typing import Any

from django.db import transaction

from networks.models import Membership, Network
from networks.permissions import standing_of
from networks.services.locking import lock_membership, lock_network, record
from networks.services.refusals import LastFacilitator, require
from networks.states import Role


@transaction.atomic
def set_role(membership: Membership, role: Role, *, by: Any) -> Membership:
    """Give a member another role. Raises Refused, or LastFacilitator when the network would be left without one."""
    network, current = lock_membership(membership)
    require(standing_of(by, network).can_manage_members)
    if current.role == role:
        return current
    _keep_a_facilitator(current)
    previous, current.role = current.role, role
    current.save(update_fields=["role"])
    record(network, "set_role", by, person=current.user, **{"from": previous, "to": role})
    return current


@transaction.atomic
def remove_member(membership: Membership, *, by: Any) -> None:
    """End somebody's membership. Raises Refused, or LastFacilitator when the network would be left without one."""
    network, current = lock_membership(membership)
    require(standing_of(by, network).can_manage_members)
    _keep_a_facilitator(current)
    current.delete()
    record(network, "remove_member", by, person=current.user)


@transaction.atomic
def leave(network: Network, *, by: Any) -> None:
    """End one's own membership; nothing happens to who is no member. Raises LastFacilitator for the last one."""
    locked = lock_network(network)
    current = Membership.objects.filter(network=locked, user=by).first()
    if current is None:
        return
    _keep_a_facilitator(current)
    current.delete()
    record(locked, "leave", by, person=by)


def _keep_a_facilitator(changing: Membership) -> None:
    others = Membership.objects.filter(network=changing.network_id, role=Role.FACILITATOR, user__is_active=True).exclude(pk=changing.pk)
    if changing.role == Role.FACILITATOR and not others.exists():
        raise LastFacilitator
