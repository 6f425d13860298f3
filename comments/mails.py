"""What the mails say: each kind checks, when it leaves, that there is still a reason and a right, then writes itself."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from comments import consultation_mails, contribution_mails, moderation_mails
from comments.conf import absolute, base_url, site_name
from comments.confirmation import token_for, token_to_forget
from comments.models import GuestPass, NoticeRefusal, OutgoingMail, ThreadComment, people_behind
from comments.states import Status
from comments.unsubscribing import Link, path_of
from networks.accounts import language_of
from networks.invitation_tokens import path_of as path_of_invitation
from networks.models import Announcement, Invitation, JoinRequest, Membership, Network, RequestOutcome, Role, Visibility
from networks.permissions import standing_of

MOST_LINKS = 10
"""How many comments one mail asks to confirm; who wrote more asks again."""
NOTICES = frozenset({"reply", "published", "announcement", *consultation_mails.KINDS})
"""The kinds that an address may refuse: what nobody waits for before they can go on."""


@dataclass(frozen=True)
class Message:
    """A mail ready to leave."""

    to: str
    subject: str
    text: str
    html: str
    headers: dict[str, str]


def compose(mail: OutgoingMail) -> Message | None:
    """Write a mail in its recipient's language; None where its reason, or the recipient's right or wish, is gone."""
    address, language = _addressee(mail)
    if not address or (mail.kind in NOTICES and NoticeRefusal.objects.of(address).exists()):
        return None
    with translation.override(language):
        context = KINDS[mail.kind](mail)
        return None if context is None else _write(mail, address, language, context)


def _addressee(mail: OutgoingMail) -> tuple[str, str]:
    """The address, and the language its reader speaks: a guest's as given, an account's as they are now; no address of a closed account."""
    if mail.user is None:
        return mail.recipient, mail.language or settings.LANGUAGE_CODE
    return mail.user.email if mail.user.is_active else "", language_of(mail.user) or settings.LANGUAGE_CODE


def _write(mail: OutgoingMail, address: str, language: str, context: dict[str, Any]) -> Message:
    context["site_name"] = site_name()
    headers = {"Message-ID": _message_id(mail), "Auto-Submitted": "auto-generated"}
    if mail.kind in NOTICES:
        context["stop_url"] = absolute(path_of(Link(address, language)))
        headers |= {"List-Unsubscribe": f"<{context['stop_url']}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    subject = render_to_string(f"comments/email/{mail.kind}_subject.txt", context)
    return Message(
        to=address,
        subject=" ".join(subject.splitlines()).strip(),
        text=render_to_string(f"comments/email/{mail.kind}.txt", context),
        html=render_to_string(f"comments/email/{mail.kind}.html", context),
        headers=headers,
    )


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


def _reply(mail: OutgoingMail) -> dict[str, Any] | None:
    """Both comments still stand where the recipient may read them, and the recipient did not write the reply with another hat on."""
    reply = ThreadComment.objects.filter(pk=mail.data["comment"]).select_related("discussion__content_type", "user").first()
    if reply is None or not _are_readable(mail, reply.pk, reply.parent_id):
        return None
    answered = ThreadComment.objects.get(pk=reply.parent_id)
    if answered.is_of_network:
        wanted = reply.user_id != mail.user_id and people_behind(answered).filter(user=mail.user).exists()
    else:
        wanted = answered.followup and _address_of(reply) != _address_of(answered)
    if not wanted:
        return None
    return {"reply": reply, "answered": answered, "url": absolute(reply.get_absolute_url())}


def _published(mail: OutgoingMail) -> dict[str, Any] | None:
    comment = ThreadComment.objects.filter(pk=mail.data["comment"]).select_related("discussion__content_type").first()
    if comment is None or not comment.followup or not _are_readable(mail, comment.pk):
        return None
    if comment.is_of_network and not people_behind(comment).filter(user=mail.user).exists():
        return None
    return {"comment": comment, "url": absolute(comment.get_absolute_url())}


def _are_readable(mail: OutgoingMail, *keys: int) -> bool:
    """Whether the recipient may read these comments now; a guest reads what everybody reads."""
    reader = mail.user or AnonymousUser()
    return ThreadComment.objects.visible_to(reader).filter(pk__in=keys).count() == len(keys)


def _address_of(comment: ThreadComment) -> str:
    return (comment.user.email if comment.user else comment.user_email).lower()


def _join_requested(mail: OutgoingMail) -> dict[str, Any] | None:
    asked = JoinRequest.objects.filter(pk=mail.data["request"], outcome=RequestOutcome.WAITING).select_related("network", "user").first()
    if asked is None:
        return None
    admits = Membership.objects.filter(user=mail.user, network=asked.network, role=Role.FACILITATOR).exists()
    return {"asked": asked, "url": absolute(asked.network.get_absolute_url())} if admits else None


def _join_decided(mail: OutgoingMail) -> dict[str, Any] | None:
    """It was answered, and whoever is welcomed is still a member."""
    asked = JoinRequest.objects.filter(pk=mail.data["request"]).select_related("network").first()
    if asked is None or asked.outcome == RequestOutcome.WAITING:
        return None
    accepted = asked.outcome == RequestOutcome.ACCEPTED
    if accepted and not Membership.objects.filter(user=mail.user, network=asked.network).exists():
        return None
    return {"asked": asked, "accepted": accepted, "url": absolute(asked.network.get_absolute_url()) if accepted else ""}


def _invitation(mail: OutgoingMail) -> dict[str, Any] | None:
    """The invitation still lets its person in, and who sends it may still invite."""
    invitation = Invitation.objects.filter(pk=mail.data["invitation"]).select_related("network", "topic", "invited_by").first()
    if invitation is None or not invitation.is_open or invitation.invited_by is None:
        return None
    if not standing_of(invitation.invited_by, invitation.network).can_manage_members:
        return None
    return {"invitation": invitation, "url": absolute(path_of_invitation(invitation))}


def _announcement(mail: OutgoingMail) -> dict[str, Any] | None:
    """The recipient is still a member."""
    announcement = Announcement.objects.filter(pk=mail.data["announcement"]).select_related("network", "sent_by").first()
    if announcement is None or not Membership.objects.filter(user=mail.user, network=announcement.network).exists():
        return None
    url = absolute(reverse("networks:announcement", args=[announcement.network.slug, announcement.pk]))
    return {"announcement": announcement, "url": url}


def _space_switched(mail: OutgoingMail) -> dict[str, Any] | None:
    """The space is still what it was switched to, and the recipient still a member."""
    network = Network.objects.joined_by(mail.user).filter(pk=mail.data["network"], visibility=mail.data["after"]).first()
    if network is None:
        return None
    now_public = network.visibility == Visibility.PUBLIC
    before = Visibility(mail.data["before"]).label
    return {"network": network, "before": before, "now_public": now_public, "url": absolute(network.get_absolute_url())}


KINDS: dict[str, Callable[[OutgoingMail], dict[str, Any] | None]] = {
    "confirm_address": _confirm_address,
    "new_links": _new_links,
    "forget_guest": _forget_guest,
    "reply": _reply,
    "published": _published,
    "join_requested": _join_requested,
    "join_decided": _join_decided,
    "invitation": _invitation,
    "announcement": _announcement,
    "space_switched": _space_switched,
    **moderation_mails.KINDS,
    **contribution_mails.KINDS,
    **consultation_mails.KINDS,
}
