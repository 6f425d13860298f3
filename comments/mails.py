"""What the mails say: each kind checks, when it leaves, that there is still a reason and a right, then writes itself."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from comments.conf import base_url, site_name
from comments.confirmation import token_for, token_to_forget
from comments.models import GuestPass, OutgoingMail, ThreadComment
from comments.states import Status
from networks.models import JoinRequest, Membership, RequestOutcome, Role

MOST_LINKS = 10
"""How many comments one mail asks to confirm; who wrote more asks again."""


@dataclass(frozen=True)
class Message:
    """A mail ready to leave."""

    subject: str
    text: str
    html: str
    headers: dict[str, str]


def compose(mail: OutgoingMail) -> Message | None:
    """Write a mail in its recipient's language; None where its reason or the recipient's right is gone."""
    with translation.override(mail.language or settings.LANGUAGE_CODE):
        context = KINDS[mail.kind](mail)
        if context is None:
            return None
        context["site_name"] = site_name()
        subject = render_to_string(f"comments/email/{mail.kind}_subject.txt", context)
        return Message(
            subject=" ".join(subject.split()),
            text=render_to_string(f"comments/email/{mail.kind}.txt", context),
            html=render_to_string(f"comments/email/{mail.kind}.html", context),
            headers={"Message-ID": _message_id(mail), "Auto-Submitted": "auto-generated"},
        )


def absolute(url: str) -> str:
    """The address of a page as mails give it."""
    return urljoin(f"{base_url()}/", url)


def _message_id(mail: OutgoingMail) -> str:
    """The same for each attempt, so that a mail that left twice in spite of all is shown once."""
    digest = hashlib.sha256(f"{mail.pk}:{mail.event}".encode()).hexdigest()[:32]
    return f"<{digest}@{urlsplit(base_url()).hostname}>"


def _confirm_address(mail: OutgoingMail) -> dict[str, Any] | None:
    comment = ThreadComment.objects.filter(pk=mail.data["comment"]).select_related("discussion").first()
    if comment is None or comment.status != Status.AWAITING_EMAIL:
        return None
    return {"comment": comment, "url": absolute(reverse("comments:confirm", args=[token_for(comment)]))}


def _new_links(mail: OutgoingMail) -> dict[str, Any] | None:
    """Fresh links for whatever still waits for this address, the newest first; nothing leaves to an address nobody wrote with."""
    waiting = ThreadComment.objects.awaiting_proof_of(mail.recipient).select_related("discussion").order_by("-pk")[:MOST_LINKS]
    links = [(comment, absolute(reverse("comments:confirm", args=[token_for(comment)]))) for comment in waiting]
    return {"links": links} if links else None


def _forget_guest(mail: OutgoingMail) -> dict[str, Any] | None:
    if not GuestPass.objects.valid().filter(email=mail.recipient.lower()).exists():
        return None
    return {"url": absolute(reverse("comments:forget_everywhere", args=[token_to_forget(mail.recipient)]))}


def _comments_wait(mail: OutgoingMail) -> dict[str, Any] | None:
    if mail.user is None or not mail.user.is_active:
        return None
    waiting = ThreadComment.objects.pending().moderatable_by(mail.user).select_related("discussion", "user").order_by("-pk")
    newest = list(waiting[:5])
    if not newest:
        return None
    return {"count": waiting.count(), "newest": newest, "url": absolute(reverse("moderation:index"))}


def _join_requested(mail: OutgoingMail) -> dict[str, Any] | None:
    asked = JoinRequest.objects.filter(pk=mail.data["request"], outcome=RequestOutcome.WAITING).select_related("network", "user").first()
    if asked is None or mail.user is None or not mail.user.is_active:
        return None
    admits = Membership.objects.filter(user=mail.user, network=asked.network, role=Role.FACILITATOR).exists()
    return {"asked": asked, "url": absolute(asked.network.get_absolute_url())} if admits else None


def _join_decided(mail: OutgoingMail) -> dict[str, Any] | None:
    asked = JoinRequest.objects.filter(pk=mail.data["request"]).select_related("network").first()
    if asked is None or asked.outcome == RequestOutcome.WAITING or mail.user is None or not mail.user.is_active:
        return None
    accepted = asked.outcome == RequestOutcome.ACCEPTED
    return {"asked": asked, "accepted": accepted, "url": absolute(asked.network.get_absolute_url()) if accepted else ""}


KINDS: dict[str, Callable[[OutgoingMail], dict[str, Any] | None]] = {
    "confirm_address": _confirm_address,
    "new_links": _new_links,
    "forget_guest": _forget_guest,
    "comments_wait": _comments_wait,
    "join_requested": _join_requested,
    "join_decided": _join_decided,
}
