"""What is told to whom; mails are queued in the transaction of their cause."""

import hashlib
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from comments import moderator_calls, outbox
from comments.addresses import fold
from comments.models import ThreadComment
from comments.states import Status
from networks.models import JoinRequest, Membership, Role


def comment_posted(comment: ThreadComment, parent: ThreadComment | None) -> None:
    """A new comment: ask a guest to prove the address, call the moderators to what waits, or tell who is answered."""
    if comment.status == Status.AWAITING_EMAIL:
        _ask_for_proof(comment, event=f"confirm:{comment.pk}")
    elif comment.status == Status.PENDING:
        comment_waits(comment)
    elif comment.status == Status.PUBLISHED and parent is not None:
        _tell_of_reply(comment, parent)


def status_changed(comment: ThreadComment, previous: Status, *, by: Any = None) -> None:
    """A comment that waited is published: tell its author, where a moderator (`by`) read it first, and who is answered.

    One that comes back into sight (`restore`) was told of when it was published.
    """
    if previous != Status.PENDING or comment.status != Status.PUBLISHED:
        return
    if by is not None and comment.user_id != by.pk:
        _tell_author("published", comment, about=comment)
    if not comment.is_root:
        _tell_of_reply(comment, ThreadComment.objects.get(pk=comment.parent_id))


def ask_for_proof_again(comment: ThreadComment, *, used_link: str) -> None:
    """Send a new link in place of one that expired: one for each expired link, however often it is asked for."""
    digest = hashlib.sha256(used_link.encode()).hexdigest()[:16]
    _ask_for_proof(comment, event=f"confirm:{comment.pk}:{digest}")


def _ask_for_proof(comment: ThreadComment, *, event: str) -> None:
    outbox.queue("confirm_address", event, recipient=comment.user_email, language=comment.language, data={"comment": comment.pk})


def new_links_asked(email: str) -> None:
    """Somebody asks for new links to an address: whether anything waits there is found out when the mail leaves, not while they look."""
    _write_to_guest("new_links", email)


def forgetting_asked(email: str) -> None:
    """Somebody asks that every browser forgets an address; whether one remembers it is found out when the mail leaves."""
    _write_to_guest("forget_guest", email)


def _write_to_guest(kind: str, email: str) -> None:
    """One mail in ten minutes for each address, however often it is asked for, and the same work for each."""
    moment = timezone.now().replace(second=0, microsecond=0)
    window = moment - timedelta(minutes=moment.minute % 10)
    address = salted_hmac("comments.notifications", email.lower()).hexdigest()[:32]
    outbox.queue(kind, f"{kind}:{address}:{window:%Y%m%d%H%M}", recipient=email, language=get_language() or "")


def _tell_of_reply(reply: ThreadComment, answered: ThreadComment) -> None:
    """Tell the author of the comment that is answered, and nobody further up, unless it is their own reply."""
    if (reply.user_id, fold(reply.user_email)) != (answered.user_id, fold(answered.user_email)):
        _tell_author("reply", answered, about=reply)


def _tell_author(kind: str, comment: ThreadComment, *, about: ThreadComment) -> None:
    """Mail a comment's author if they wish so; their right to read what it is about is asked when the mail leaves."""
    if comment.followup and (comment.user_id or comment.user_email):
        outbox.queue(
            kind,
            f"{kind}:{about.pk}",
            user_id=comment.user_id,
            recipient=comment.user_email,
            language=comment.language,
            data={"comment": about.pk},
        )


def comment_waits(comment: ThreadComment) -> None:
    """A comment waits: call the moderators to it."""
    outbox.queue(moderator_calls.KIND, f"{moderator_calls.KIND}:{comment.pk}", data={"comment": comment.pk})


def join_requested(asked: JoinRequest) -> None:
    """Someone asks to join a network: tell its facilitators."""
    for membership in Membership.objects.filter(network=asked.network, role=Role.FACILITATOR):
        _tell_of_request("join_requested", asked, membership.user_id)


def join_decided(asked: JoinRequest) -> None:
    """A request to join was decided: tell who asked."""
    _tell_of_request("join_decided", asked, asked.user_id)


def _tell_of_request(kind: str, asked: JoinRequest, user_id: Any) -> None:
    outbox.queue(kind, f"{kind}:{asked.pk}:{user_id}", user_id=user_id, data={"request": asked.pk})
