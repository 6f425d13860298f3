"""Links that let several people in."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from networks.markup import clean_text
from networks.models import MOST_USES, InvitationLink, Network
from networks.permissions import standing_of
from networks.services.locking import lock_network, lock_network_of_key, record
from networks.services.refusals import NoLongerOpen, Refused, require

LINK_LASTS = timedelta(days=30)
"""How long a link lets people in, where nobody says otherwise."""
SAME_LINK_WITHIN = timedelta(minutes=1)
"""The same link of the same person within this time is one link asked for twice."""


@transaction.atomic
def create_link(network: Network, *, by: Any, max_uses: int, label: str = "", lasts: timedelta = LINK_LASTS) -> InvitationLink:
    """Create a link that lets `max_uses` people in as members; asked for twice, it is one.

    Raises Refused for who does not run the space, or beyond MOST_USES.
    """
    locked = lock_network(network)
    require(standing_of(by, locked).can_manage_members)
    if not 1 <= max_uses <= MOST_USES:
        raise Refused(gettext("A link lets in between 1 and %(most)s people.") % {"most": MOST_USES})
    now, said = timezone.now(), {"label": clean_text(label), "max_uses": max_uses, "created_by": by}
    ends = now + lasts
    twins = locked.invitation_links.filter(**said, uses=0, revoked_at=None, expires_at__gt=ends - SAME_LINK_WITHIN, expires_at__lte=ends)
    if twin := twins.first():
        return twin
    link = InvitationLink.objects.create(network=locked, **said, created_at=now, expires_at=ends)
    record(locked, "create_link", by, link=link.pk, max_uses=max_uses)
    return link


@transaction.atomic
def revoke_link(link: InvitationLink, *, by: Any) -> None:
    """Take a link back: it lets nobody in any more; who came in by it stays. Raises Refused, or NoLongerOpen where it was already."""
    locked = lock_network_of_key(link.network_id)
    require(standing_of(by, locked).can_manage_members)
    current = locked.invitation_links.filter(pk=link.pk, revoked_at=None).first()
    if current is None:
        raise NoLongerOpen(gettext("This link was taken back meanwhile."))
    current.revoked_at = timezone.now()
    current.save(update_fields=["revoked_at"])
    record(locked, "revoke_link", by, link=current.pk)
