"""What is told to whom; mails are queued in the transaction of their cause."""

from comments.models import ThreadComment
from comments.states import Status


def comment_posted(comment: ThreadComment) -> None:
    """A new comment: ask a guest to prove the address, or tell the moderators that it waits."""


def comment_waits(comment: ThreadComment) -> None:
    """A comment waits for a moderator."""


def status_changed(comment: ThreadComment, previous: Status) -> None:
    """A comment's status changed."""
