"""The link by which an author reads a statement of reasons, contests it, and finds better words: signed, good as long as the statement."""

from typing import Any

from django.core import signing
from django.urls import reverse

from comments.models import Statement

_SALT = "comments.statement"


def path_of(statement: Statement) -> str:
    """Return where a statement is read, on this site."""
    return reverse("comments:statement", args=[signing.Signer(salt=_SALT).sign_object(statement.pk)])


def read_token(token: str) -> Statement | None:
    """Return the statement that a link names; None for one that we did not write."""
    try:
        key: Any = signing.Signer(salt=_SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    related = ("comment__discussion__content_type", "comment__discussion__network", "comment__discussion__charter", "sanction", "reason")
    return Statement.objects.filter(pk=key).select_related(*related, "network", "appeal").first()
