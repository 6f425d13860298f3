"""Coming in by an invitation or a link, and what becomes of all that waited for that."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from networks.accounts import fold
from networks.journal import was_sent_away
from networks.models import Invitation, InvitationLink, InvitationLinkUse, Membership, Network, TopicGuest
from networks.permissions import standing_of
from networks.services.locking import lock_network_of_key, record
from networks.services.refusals import ForSomebodyElse, NoLongerOpen, Refused, require
from networks.states import RequestOutcome, Role


def is_addressed_to(user: Any, invitation: Invitation) -> bool:
    """Whether an invitation is for this account: its address is the invited one.

    An account's address is taken as proven: whoever signs in has confirmed it, or an administrator wrote it down.
    """
    return user.is_authenticated and user.is_active and fold(getattr(user, "email", "") or "") == invitation.address


@transaction.atomic
def accept_invitation(invitation: Invitation, *, by: Any) -> Membership | TopicGuest:
    """Come in by an invitation, as a member or as the guest of a topic; accepted twice, it is accepted once.

    Raises NoLongerOpen for one that was taken back, is too old, or offers a role that its sender may no longer give; ForSomebodyElse for
    an account with another address.
    """
    network = lock_network_of_key(invitation.network_id)
    current = network.invitations.select_related("topic", "invited_by").filter(pk=invitation.pk).first()
    if current is None or not (current.is_open or current.accepted_by_id == by.pk):
        raise NoLongerOpen
    if not is_addressed_to(by, current):
        raise ForSomebodyElse
    if current.role != Role.MEMBER and not (current.invited_by and standing_of(current.invited_by, network).can_manage_members):
        raise NoLongerOpen
    if current.accepted_at is not None:
        return _where_they_are(current, by)
    current.accepted_at, current.accepted_by = timezone.now(), by
    current.save(update_fields=["accepted_at", "accepted_by"])
    entered = _visit(current, by) if current.topic else let_in(network, by, Role(current.role))
    if isinstance(entered, TopicGuest):
        record(entered.topic, "become_guest", by, person=by)
    else:
        record(network, "accept_invitation", by, person=by)
    return entered


@transaction.atomic
def use_link(link: InvitationLink, *, by: Any) -> Membership:
    """Come in by a link; a member stays as they are, and uses nothing up.

    Raises NoLongerOpen for a link that was taken back, is too old or used up, Refused for who came in by it once and is no member any
    more, and for who was sent away since it was made: they do not come back by themselves.
    """
    network = lock_network_of_key(link.network_id)
    require(by.is_authenticated and by.is_active)
    if membership := Membership.objects.filter(network=network, user=by).first():
        return membership
    current = network.invitation_links.filter(pk=link.pk).first()
    if current is None or not current.is_open:
        raise NoLongerOpen
    if current.used_by.filter(user=by).exists():
        raise Refused(gettext("This link has let you in once already. To come back, ask the facilitators of the network."))
    if was_sent_away(network, by, since=current.created_at):
        raise Refused(gettext("Your membership was ended. To come back, ask the facilitators of the network."))
    InvitationLinkUse.objects.create(link=current, user=by)
    current.uses += 1
    current.save(update_fields=["uses"])
    membership = let_in(network, by)
    record(network, "join_by_link", by, person=by, link=current.pk)
    return membership


def let_in(network: Network, user: Any, role: Role = Role.MEMBER) -> Membership:
    """Make somebody a member of a network that is locked, and settle what waited for that: their request, invitations and visits."""
    membership, created = Membership.objects.get_or_create(network=network, user=user, defaults={"role": role})
    if not created and membership.role == Role.MEMBER and role != Role.MEMBER:
        membership.role = role
        membership.save(update_fields=["role"])
    now = timezone.now()
    TopicGuest.objects.filter(topic__network=network, user=user).delete()
    network.join_requests.waiting().filter(user=user).update(outcome=RequestOutcome.ACCEPTED, decided_at=now)
    offers = network.invitations.unanswered().about(fold(getattr(user, "email", "") or ""))
    offers.filter(role=Role.MEMBER).update(accepted_at=now, accepted_by=user)
    return membership


def _visit(invitation: Invitation, user: Any) -> Membership | TopicGuest:
    """Make somebody the guest of a topic; whoever became a member meanwhile reads it as such."""
    if membership := Membership.objects.filter(network_id=invitation.network_id, user=user).first():
        return membership
    guest, _created = TopicGuest.objects.get_or_create(
        topic=invitation.topic, user=user, defaults={"invited_by_id": invitation.invited_by_id}
    )
    return guest


def _where_they_are(invitation: Invitation, user: Any) -> Membership | TopicGuest:
    """What an invitation that was accepted made of somebody; raises NoLongerOpen where that has ended."""
    membership = Membership.objects.filter(network_id=invitation.network_id, user=user).first()
    entered = membership or TopicGuest.objects.filter(topic=invitation.topic_id, user=user).first()
    if entered is None:
        raise NoLongerOpen
    return entered
