"""Writing to all members."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from networks.markup import clean_text
from networks.models import Announcement, Membership, Network
from networks.permissions import standing_of
from networks.services.locking import lock_network, record
from networks.services.refusals import Refused, require
from networks.signals import announced

ANNOUNCEMENTS_PER_DAY = 5
"""How often a network writes to all its members within 24 hours at most."""

SAME_ANNOUNCEMENT_WITHIN = timedelta(hours=1)
"""The same words of the same person within this time are one announcement sent twice."""


@transaction.atomic
def announce(network: Network, *, by: Any, subject: str, text: str) -> Announcement:
    """Write to all members of a network, and return what was sent; sent twice, it is one.

    Raises Refused for who does not run the space, or may not write for now, and beyond ANNOUNCEMENTS_PER_DAY.
    """
    locked = lock_network(network)
    require(standing_of(by, locked).can_announce)
    said = {"subject": " ".join(clean_text(subject).split()), "text": clean_text(text)}
    now = timezone.now()
    if twin := locked.announcements.filter(sent_by=by, sent_at__gt=now - SAME_ANNOUNCEMENT_WITHIN, **said).first():
        return twin
    if locked.announcements.filter(sent_at__gt=now - timedelta(days=1)).count() >= ANNOUNCEMENTS_PER_DAY:
        raise Refused(gettext("A network writes to all its members %(count)s times a day at most.") % {"count": ANNOUNCEMENTS_PER_DAY})
    announcement = Announcement.objects.create(network=locked, sent_by=by, recipient_count=recipients_of(locked).count(), **said)
    record(locked, "announce", by, announcement=announcement.pk)
    announced.send(sender=Announcement, announcement=announcement)
    return announcement


def recipients_of(network: Network) -> Any:
    """The memberships of those whom an announcement is sent to: every member with an open account, its author too."""
    return Membership.objects.filter(network=network, user__is_active=True)
