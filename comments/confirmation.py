"""The link by which a guest proves an address: signed, good for a day, naming one comment."""

from dataclasses import dataclass

from django.core import signing

from comments.models import ThreadComment

LIFETIME = 24 * 60 * 60
_SALT = "comments.confirmation"


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
