"""Roles, and memberships that end."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext

from networks.accounts import fold
from networks.models import Membership, Network, TopicGuest
from networks.permissions import standing_of
from networks.services.entering import let_in
from networks.services.guests import end_visit
from networks.services.locking import lock_membership, lock_network, record
from networks.services.refusals import LastFacilitator, Refused, require
from networks.states import Role


@transaction.atomic
def add_member(network: Network, user: Any, *, by: Any, role: Role = Role.MEMBER) -> Membership:
    """Make somebody a member without asking them, as administrators do. Raises Refused, also for who is a member already."""
    locked = lock_network(network)
    require(standing_of(by, locked).can_manage_members)
    if Membership.objects.filter(network=locked, user=user).exists():
        raise Refused(gettext("This person is in the network already: change the role there."))
    membership = let_in(locked, user, role)
    record(locked, "add_member", by, person=user, to=role)
    return membership


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
    """End somebody's membership, and take back what invites them.

    Raises Refused, or LastFacilitator when the network would be left without one.
    """
    network, current = lock_membership(membership)
    require(standing_of(by, network).can_manage_members)
    _keep_a_facilitator(current)
    current.delete()
    offers = network.invitations.unanswered().about(fold(getattr(current.user, "email", "") or ""))
    offers.update(revoked_at=timezone.now())
    record(network, "remove_member", by, person=current.user)


@transaction.atomic
def leave(network: Network, *, by: Any) -> None:
    """End one's own membership, or one's visits as a guest; nothing happens to who is neither. Raises LastFacilitator for the last one."""
    locked = lock_network(network)
    current = Membership.objects.filter(network=locked, user=by).first()
    if current is None:
        for visit in TopicGuest.objects.filter(topic__network=locked, user=by).select_related("topic"):
            end_visit(visit, by=by)
        return
    _keep_a_facilitator(current)
    current.delete()
    record(locked, "leave", by, person=by)


def spaces_left_alone(user: Any) -> list[Network]:
    """The networks that would have members but no facilitator without this person, each locked until the transaction ends.

    A network in which nobody else is left keeps nobody: it goes on without people until an administrator names some.
    """
    run = Membership.objects.filter(user=user, role=Role.FACILITATOR).values("network")
    locked = list(Network.objects.select_for_update(no_key=True).filter(pk__in=run).order_by("pk"))
    others = Membership.objects.filter(network=OuterRef("pk"), user__is_active=True).exclude(user=user)
    alone = Network.objects.filter(Exists(others), ~Exists(others.filter(role=Role.FACILITATOR)), pk__in=[network.pk for network in locked])
    keys = set(alone.values_list("pk", flat=True))
    return [network for network in locked if network.pk in keys]


def _keep_a_facilitator(changing: Membership) -> None:
    others = Membership.objects.filter(network=changing.network_id, role=Role.FACILITATOR, user__is_active=True).exclude(pk=changing.pk)
    if changing.role == Role.FACILITATOR and not others.exists():
        raise LastFacilitator
