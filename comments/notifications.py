"""What is told to whom; mails are queued in the transaction of their cause."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from comments import outbox, permissions
from comments.models import OutgoingMail, ThreadComment
from comments.states import Status
from networks.accounts import language_of
from networks.models import JoinRequest, Membership, Role


def comment_posted(comment: ThreadComment) -> None:
    """A new comment: ask a guest to prove the address, or tell the moderators that it waits."""
    if comment.status == Status.AWAITING_EMAIL:
        _ask_for_proof(comment, event=f"confirm:{comment.pk}")
    elif comment.status == Status.PENDING:
        comment_waits(comment)


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


def comment_waits(comment: ThreadComment) -> None:
    """A comment waits: tell the moderators, each at most once an hour, of all that waits when the mail leaves."""
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    for moderator in permissions.moderators_of(comment.discussion):
        if OutgoingMail.objects.filter(event=_hourly_event(moderator, hour)).exclude(settled_at=None).exists():
            _tell_moderator(moderator, hour + timedelta(hours=1))
        else:
            _tell_moderator(moderator, hour)


def _tell_moderator(moderator: Any, hour: datetime) -> None:
    outbox.queue(
        "comments_wait",
        _hourly_event(moderator, hour),
        recipient=moderator.email,
        user=moderator,
        language=language_of(moderator),
        not_before=max(hour, timezone.now()),
    )


def _hourly_event(moderator: Any, hour: datetime) -> str:
    return f"comments_wait:{moderator.pk}:{hour:%Y%m%d%H}"


def status_changed(comment: ThreadComment, previous: Status) -> None:
    """A comment's status changed."""


def join_requested(asked: JoinRequest) -> None:
    """Someone asks to join a network: tell its facilitators."""
    for membership in Membership.objects.filter(network=asked.network, role=Role.FACILITATOR).select_related("user"):
        _tell_of_request("join_requested", asked, membership.user)


def join_decided(asked: JoinRequest) -> None:
    """A request to join was decided: tell who asked."""
    _tell_of_request("join_decided", asked, asked.user)


def _tell_of_request(kind: str, asked: JoinRequest, user: Any) -> None:
    outbox.queue(
        kind, f"{kind}:{asked.pk}:{user.pk}", recipient=user.email, user=user, language=language_of(user), data={"request": asked.pk}
    )
