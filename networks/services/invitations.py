"""Inviting people by mail: one, a list, once more, no longer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from networks.accounts import fold
from networks.markup import clean_text
from networks.models import Invitation, Network, Topic
from networks.permissions import standing_of
from networks.services.locking import lock_network, lock_network_of_key, record
from networks.services.refusals import NoLongerOpen, Refused, require
from networks.signals import invitations_sent
from networks.states import InviteOutcome, Role

INVITATION_LASTS = timedelta(days=14)
"""How long an invitation by mail lets its person in, where nobody says otherwise."""

INVITATIONS_PER_DAY = 1000
"""How many invitations leave a network within 24 hours at most, those sent once more included."""

SEND_AGAIN_AFTER = timedelta(hours=1)
"""How long after an invitation the same one may be sent once more: nobody's mailbox is filled by a button."""


INVITATIONS_KEPT = timedelta(days=90)
"""How long an invitation that lets nobody in any more is kept, with the address it went to."""


@dataclass(frozen=True)
class Invited:
    """What became of one address: the invitation where one was sent."""

    outcome: InviteOutcome
    invitation: Invitation | None = None


@dataclass(frozen=True)
class Offered:
    """What an invitation offers and says, beside the address it goes to."""

    topic: Topic | None = None
    message: str = ""
    language: str = ""
    lasts: timedelta = INVITATION_LASTS


@transaction.atomic
def invite(network: Network, *, by: Any, email: str, role: Role = Role.MEMBER, offered: Offered | None = None) -> Invitation:
    """Invite the person behind an address, or once more whoever has not answered; return the invitation.

    Raises Refused for who does not run the space, for who is in already or was written to within SEND_AGAIN_AFTER, and beyond
    INVITATIONS_PER_DAY.
    """
    locked = lock_network(network)
    require(standing_of(by, locked).can_manage_members)
    [invited] = _invite(locked, [(email, role)], by, offered or Offered())
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
    return _invite(locked, people, by, offered or Offered())


@transaction.atomic
def resend_invitation(invitation: Invitation, *, by: Any) -> Invitation:
    """Send an invitation once more, in the name of who does it; it holds as long as a new one. Raises Refused as `invite` does."""
    locked = lock_network_of_key(invitation.network_id)
    require(standing_of(by, locked).can_manage_members)
    current = _unanswered(locked, invitation)
    offered = Offered(current.topic, current.message, current.language)
    [invited] = _invite(locked, [(current.email, Role(current.role))], by, offered)
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


def why_not_sent(outcome: InviteOutcome) -> str:
    """The sentence that says why an address was not written to."""
    if outcome == InviteOutcome.TOO_MANY:
        return ngettext(
            "%(count)s invitation a day is the limit of a network: go on tomorrow.",
            "%(count)s invitations a day are the limit of a network: go on tomorrow.",
            INVITATIONS_PER_DAY,
        ) % {"count": INVITATIONS_PER_DAY}
    return {
        InviteOutcome.MEMBER: gettext("This person is a member already."),
        InviteOutcome.GUEST: gettext("This person is a guest of this topic already."),
        InviteOutcome.JUST_SENT: gettext("This person was invited less than an hour ago: the mail is on its way."),
    }[outcome]


def _unanswered(network: Network, invitation: Invitation) -> Invitation:
    current = network.invitations.unanswered().select_related("topic").filter(pk=invitation.pk).first()
    if current is None:
        raise NoLongerOpen(gettext("This invitation was accepted or taken back meanwhile."))
    return current


def _invite(network: Network, people: Sequence[tuple[str, Role]], by: Any, offered: Offered) -> list[Invited]:
    """What became of each; the network is locked, so that what is found here holds until the end."""
    addresses = {fold(email) for email, _role in people}
    inside = _already_in(network, addresses, offered.topic)
    waiting = {each.address: each for each in network.invitations.unanswered().filter(address__in=addresses, topic=offered.topic)}
    room = INVITATIONS_PER_DAY - network.invitations.filter(sent_at__gt=timezone.now() - timedelta(days=1)).count()
    results = []
    for email, role in people:
        address = fold(email)
        found = waiting.get(address)
        if address in inside:
            results.append(Invited(inside[address]))
        elif found and found.sent_at > timezone.now() - SEND_AGAIN_AFTER:
            results.append(Invited(InviteOutcome.JUST_SENT))
        elif room <= 0:
            results.append(Invited(InviteOutcome.TOO_MANY))
        else:
            room -= 1
            waiting[address] = _write(network, found, (email, role), by, offered)
            results.append(Invited(InviteOutcome.SENT_AGAIN if found else InviteOutcome.INVITED, waiting[address]))
    if sent := [each.invitation for each in results if each.invitation]:
        invitations_sent.send(sender=Invitation, invitations=sent)
    return results


def _write(network: Network, found: Invitation | None, person: tuple[str, Role], by: Any, offered: Offered) -> Invitation:
    """A new invitation, or the one that waits prolonged, as it would be written today."""
    now, (email, role) = timezone.now(), person
    invitation = found or Invitation(network=network, topic=offered.topic, address=fold(email), sent_count=0, created_at=now)
    invitation.email, invitation.role = email, role
    invitation.message, invitation.language = clean_text(offered.message), offered.language
    invitation.invited_by, invitation.sent_at, invitation.expires_at = by, now, now + offered.lasts
    invitation.sent_count += 1
    invitation.save()
    data = {"topic": offered.topic.pk} if offered.topic else {"to": str(role)}
    record(network, "resend_invitation" if found else "invite", by, invitation=invitation.pk, **data)
    return invitation


def _already_in(network: Network, addresses: set[str], topic: Topic | None) -> dict[str, InviteOutcome]:
    """Which of these addresses belong to members, or to guests of the topic, and which of both."""
    people = get_user_model()._default_manager.annotate(folded=Lower("email")).filter(folded__in=addresses)
    found = {}
    if topic is not None:
        guests = people.filter(guest_topics__topic=topic).values_list("email", flat=True)
        found = {fold(email): InviteOutcome.GUEST for email in guests}
    members = people.filter(memberships__network=network).values_list("email", flat=True)
    return found | {fold(email): InviteOutcome.MEMBER for email in members}
