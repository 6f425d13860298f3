"""The link that ends the mails to an address: signed, good for ever, asking for no account and no cookie (RFC 8058)."""

from dataclasses import dataclass

from django.core import signing
from django.urls import reverse

_SALT = "comments.notices"


@dataclass(frozen=True)
class Link:
    """The address that a link names, and the language its mails are written in."""

    address: str
    language: str

    @property
    def shortened(self) -> str:
        """Enough of the address for its owner to recognise it, and not more."""
        name, _at, host = self.address.rpartition("@")
        return f"{name[:1]}…@{host}"


def path_of(link: Link) -> str:
    """Return where a link leads, on this site."""
    return reverse("comments:notices", args=[signing.Signer(salt=_SALT).sign_object([link.address, link.language])])


def read_token(token: str) -> Link | None:
    """Return the link that an address carries; None for one that we did not write."""
    try:
        address, language = signing.Signer(salt=_SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    return Link(address, language)
