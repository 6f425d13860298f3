"""A comment's columns, worked out from what was said, by whom and where: the same for one comment and for many."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from comments import paths
from comments.addresses import author_key, network_key
from comments.models import Discussion, ThreadComment
from comments.states import Status
from comments.voices import OF_NETWORKS
from networks.accounts import name_of
from networks.markup import render


@dataclass(frozen=True)
class Author:
    """Who writes: an account, or a guest with a name and an address; `network_id` is the one they speak as a member of."""

    user: Any = None
    name: str = ""
    email: str = ""
    language: str = ""
    network_id: int | None = None
    proven: bool = False
    """Whether a guest's address was proven on this browser before."""
    wants_mail: bool = True
    """Whether the author hears of replies and of the publication by mail."""
    voice: str = ""
    """A Voice, where the comment came about otherwise; in a network's own name, `user` is who answers for it and is not shown."""

    @property
    def is_guest(self) -> bool:
        """Whether the author has no account."""
        return self.user is None

    @property
    def is_network(self) -> bool:
        """Whether a network speaks, and not a person."""
        return self.voice in OF_NETWORKS

    @property
    def key(self) -> str:
        """What tells one author from another."""
        if self.is_network:
            return network_key(self.network_id)
        return author_key(None if self.is_guest else self.user.pk, self.email)


USEFUL = "useful"
"""The kind of django-comments' flag that counts as a vote."""

NOTHING_LEFT: dict[str, Any] = {
    **dict.fromkeys(
        ["comment", "html", "user_name", "user_email", "user_url", "author_role", "language", "fingerprint", "author_key", "voice"], ""
    ),
    **dict.fromkeys(["user", "ip_address", "network", "edited_at"]),
    **dict.fromkeys(["pinned", "featured", "followup"], False),
    "useful_count": 0,
    "findings": [],
    "spam_score": ThreadComment.NOT_SCORED,
}
"""The columns of a removed comment, beside its place: no words, author or marks, nor what the rules found."""


def fingerprint(author: Author, parent: ThreadComment | None, text: str) -> str:
    """The same for the same words of the same author under the same parent."""
    return _digest(author.key, parent.pk if parent else 0, text)


def fingerprint_again(comment: ThreadComment) -> str:
    """The fingerprint of a stored comment as it reads now."""
    author = Author(user=comment.user, email=comment.user_email, voice=comment.voice, network_id=comment.network_id)
    return _digest(author.key, 0 if comment.is_root else comment.parent_id, comment.comment)


def _digest(author_key: str, parent_id: int, text: str) -> str:
    return hashlib.sha256(f"{author_key}\n{parent_id}\n{text}".encode()).hexdigest()


def build(
    discussion: Discussion,
    *,
    author: Author,
    text: str,
    parent: ThreadComment | None,
    sequence: int,
    status: Status,
    submitted_at: datetime,
    html: str | None = None,
    role: str = "",
) -> ThreadComment:
    """Return the unsaved comment number `sequence` of a discussion, below `parent` (None: a root).

    `html` replaces the rendering of `text` where the source had markup of its own; it is sanitised by the caller.
    """
    path = paths.child_path(parent.path if parent else "", sequence)
    published = status == Status.PUBLISHED
    if status == Status.REMOVED:
        author, text, html, role = Author(wants_mail=False), "", "", ""
    return ThreadComment(
        discussion=discussion,
        content_type_id=discussion.content_type_id,
        object_pk=discussion.object_id,
        site_id=settings.SITE_ID,
        user=None if author.is_network else author.user,
        user_name="" if author.is_network else (name_of(author.user) if author.user else author.name)[:50],
        user_email="" if author.user else author.email,
        author_key=author.key,
        comment=text,
        html=render(text) if html is None else html,
        submit_date=submitted_at,
        changed_at=submitted_at,
        is_public=published,
        is_removed=status == Status.REMOVED,
        parent_id=(parent.pk or 0) if parent else 0,
        thread_id=parent.thread_id if parent else 0,
        root_id=parent.root_id if parent else None,
        level=paths.depth_of(path),
        depth=paths.depth_of(path),
        order=sequence,
        sequence=sequence,
        path=path,
        status=status,
        shown=published,
        language=author.language,
        network_id=author.network_id,
        voice=author.voice,
        fingerprint="" if status == Status.REMOVED else fingerprint(author, parent, text),
        author_role=role,
        followup=author.wants_mail,
    )
