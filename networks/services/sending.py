"""Sending invitations: to whom one goes, what it says, and what became of each address. The network is locked by who calls."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from networks.accounts import fold
from networks.markup import clean_text
from networks.models import Invitation, Network, Topic
from networks.services.locking import record_all
from networks.signals import invitations_sent
from networks.states import InviteOutcome, Role

INVITATION_LASTS = timedelta(days=14)
"""How long an invitation by mail lets its person in, where nobody says otherwise."""

INVITATIONS_PER_DAY = 1000
"""How many invitations leave a network within 24 hours at most, those sent once more included."""

SEND_AGAIN_AFTER = timedelta(hours=1)
"""How long after an invitation the same one may be sent once more: nobody's mailbox is filled by a button."""


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


def send(network: Network, people: Sequence[tuple[str, Role]], by: Any, offered: Offered) -> list[Invited]:
    """Invite people to a network that is locked, and return what became of each, in their order."""
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
            waiting[address] = _written(network, found, (email, role), by, offered)
            results.append(Invited(InviteOutcome.SENT_AGAIN if found else InviteOutcome.INVITED, waiting[address]))
    if sent := [each.invitation for each in results if each.invitation]:
        _keep(network, sent, by)
        invitations_sent.send(sender=Invitation, invitations=sent)
    return results


def _written(network: Network, found: Invitation | None, person: tuple[str, Role], by: Any, offered: Offered) -> Invitation:
    """A new invitation, or the one that waits as it would be written today; not stored yet."""
    now, (email, role) = timezone.now(), person
    invitation = found or Invitation(network=network, topic=offered.topic, address=fold(email), sent_count=0, created_at=now)
    invitation.email, invitation.role = email, role
    invitation.message, invitation.language = clean_text(offered.message), offered.language
    invitation.invited_by, invitation.sent_at, invitation.expires_at = by, now, now + offered.lasts
    invitation.sent_count += 1
    return invitation


_REWRITTEN = ["email", "role", "message", "language", "invited_by", "sent_at", "expires_at", "sent_count"]


def _keep(network: Network, sent: list[Invitation], by: Any) -> None:
    """Store many invitations and their lines of the journal in few statements: a list is written while others wait for the lock."""
    again = [invitation for invitation in sent if invitation.pk is not None]
    Invitation.objects.bulk_update(again, _REWRITTEN, batch_size=200)
    Invitation.objects.bulk_create([invitation for invitation in sent if invitation.pk is None], batch_size=200)
    acts = [("resend_invitation" if invitation.sent_count > 1 else "invite", _told(invitation)) for invitation in sent]
    record_all(network, acts, by)


def _told(invitation: Invitation) -> dict[str, Any]:
    """What the journal keeps of an invitation."""
    offer = {"topic": invitation.topic_id} if invitation.topic_id else {"to": str(invitation.role)}
    return {"invitation": invitation.pk, **offer}


def _already_in(network: Network, addresses: set[str], topic: Topic | None) -> dict[str, InviteOutcome]:
    """Which of these addresses belong to members, or to guests of the topic, and which of both."""
    people = get_user_model()._default_manager.annotate(folded=Lower("email")).filter(folded__in=addresses)
    found = {}
    if topic is not None:
        guests = people.filter(guest_topics__topic=topic).values_list("email", flat=True)
        found = {fold(email): InviteOutcome.GUEST for email in guests}
    members = people.filter(memberships__network=network).values_list("email", flat=True)
    return found | {fold(email): InviteOutcome.MEMBER for email in members}
