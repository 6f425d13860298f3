"""The addresses that let people in: signed, so that no secret is kept, and whoever runs a space reads its links again at any time.

A mail is written when it leaves, and must name its link then: a random secret kept as a hash could not be written any more. A copy of the
database lets nobody in either: the signature takes the key of the site.
"""

from django.core import signing
from django.urls import reverse

from networks.models import Invitation, InvitationLink

_SALT = "networks.invitations"
_KINDS: dict[str, type[Invitation] | type[InvitationLink]] = {"m": Invitation, "l": InvitationLink}


def path_of(offer: Invitation | InvitationLink) -> str:
    """Where an invitation or a link leads, on this site."""
    kind = next(letter for letter, model in _KINDS.items() if isinstance(offer, model))
    return reverse("networks:invitation", args=[_signer().sign(f"{kind}{offer.pk}")])


def find(token: str) -> Invitation | InvitationLink | None:
    """Return what a token names, be it still open or not; None for one that we did not sign, and for what is kept no more."""
    try:
        named = _signer().unsign(token)
    except signing.BadSignature:
        return None
    model, key = _KINDS[named[0]], int(named[1:])
    if model is Invitation:
        return Invitation.objects.select_related("network", "topic", "invited_by").filter(pk=key).first()
    return InvitationLink.objects.select_related("network", "created_by").filter(pk=key).first()


def _signer() -> signing.Signer:
    """Signs with a dot between what is named and the signature: addresses keep it as it is."""
    return signing.Signer(salt=_SALT, sep=".")
