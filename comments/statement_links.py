"""The link by which an author reads a statement of reasons, contests it, and finds better words: signed, good as long as the statement."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext

from comments.models import Statement
from comments.permissions import can_see_discussion

_SALT = "comments.statement"


def path_of(statement: Statement) -> str:
    """Return where a statement is read, on this site."""
    return reverse("comments:statement", args=[signing.Signer(salt=_SALT).sign_object(statement.pk)])


def place_of(statement: Statement) -> str:
    """What the discussion is called to whom a statement about a comment is addressed: by its title as long as they may read it.

    A guest reads what everybody reads. Empty for a decision about an author.
    """
    if statement.comment is None:
        return ""
    discussion = statement.comment.discussion
    return discussion.title if can_see_discussion(statement.user or AnonymousUser(), discussion) else gettext("a discussion")


def read_token(token: str) -> Statement | None:
    """Return the statement that a link names; None for one that we did not write."""
    try:
        key: Any = signing.Signer(salt=_SALT).unsign_object(token)
    except signing.BadSignature:
        return None
    related = (
        "comment__discussion__content_type",
        "comment__discussion__network",
        "comment__discussion__charter",
        "sanction",
        "reason",
        "user",
    )
    return Statement.objects.filter(pk=key).select_related(*related, "network", "appeal", "user").first()
