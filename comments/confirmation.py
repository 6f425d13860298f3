"""The links by which a guest proves an address: signed, good for a day, naming one comment or the address itself."""

from dataclasses import dataclass

from django.core import signing

from comments.models import ThreadComment

LIFETIME = 24 * 60 * 60
_SALT = "comments.confirmation"
_FORGET_SALT = "comments.confirmation.forget"


@dataclass(frozen=True)
class Proof:
    """The comment that a link names, and whether the link is still good."""

    comment: ThreadComment
    expired: bool


def token_for(comment: ThreadComment) -> str:
    """Return what the mailed link carries."""
    return signing.dumps(comment.pk, salt=_SALT)


def read_token(token: str) -> Proof | None:
    """Return what a link proves; None for one that we did not write, or whose comment is no more."""
    try:
        key, expired = signing.loads(token, salt=_SALT, max_age=LIFETIME), False
    except signing.SignatureExpired:
        key, expired = signing.loads(token, salt=_SALT), True
    except signing.BadSignature:
        return None
    comment = ThreadComment.objects.filter(pk=key).select_related("discussion__content_type").first()
    return Proof(comment, expired) if comment else None


def token_to_forget(email: str) -> str:
    """Return what the link carries by which an address is forgotten on every browser."""
    return signing.dumps(email.lower(), salt=_FORGET_SALT)


def read_token_to_forget(token: str) -> str:
    """Return the address that a link lets forget; empty for one that we did not write or that is over."""
    try:
        return signing.loads(token, salt=_FORGET_SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return ""
