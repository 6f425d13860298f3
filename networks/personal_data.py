"""What the networks hold about one person: handed over on request, erased with the account."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.text import get_text_list
from django.utils.translation import gettext, pgettext

from networks.accounts import fold
from networks.models import Announcement, Invitation, InvitationLinkUse, JoinRequest, Membership, Topic, TopicGuest
from networks.services import spaces_left_alone


def export(user: Any) -> dict[str, Any]:
    """A person's memberships, requests to join, invitations, visits, topics, and what they wrote to all members."""
    return {
        "memberships": [
            {"network": membership.network.name, "role": membership.role, "joined_at": membership.joined_at.isoformat()}
            for membership in Membership.objects.filter(user=user).select_related("network")
        ],
        "requests": [
            {"network": asked.network.name, "message": asked.message, "outcome": asked.outcome, "created_at": asked.created_at.isoformat()}
            for asked in JoinRequest.objects.filter(user=user).select_related("network")
        ],
        "invitations": [
            {
                "network": invitation.network.name,
                "email": invitation.email,
                "role": invitation.role,
                "topic": invitation.topic and invitation.topic.title,
                "message": invitation.message,
                "sent_at": invitation.sent_at.isoformat(),
                "accepted_at": invitation.accepted_at and invitation.accepted_at.isoformat(),
            }
            for invitation in _invitations(user).select_related("network", "topic").order_by("pk")
        ],
        "links_used": [
            {"network": use.link.network.name, "used_at": use.used_at.isoformat()}
            for use in InvitationLinkUse.objects.filter(user=user).select_related("link__network").order_by("pk")
        ],
        "guest_of": [
            {"network": visit.topic.network.name, "topic": visit.topic.title, "since": visit.created_at.isoformat()}
            for visit in TopicGuest.objects.filter(user=user).select_related("topic__network").order_by("pk")
        ],
        "messages_to_members": [
            {"network": sent.network.name, "subject": sent.subject, "text": sent.text, "sent_at": sent.sent_at.isoformat()}
            for sent in Announcement.objects.filter(sent_by=user).select_related("network").order_by("pk")
        ],
        "topics": [
            {"network": topic.network.name, "title": topic.title, "text": topic.text, "created_at": topic.created_at.isoformat()}
            for topic in Topic.objects.filter(author=user).select_related("network").order_by("pk")
        ],
    }


def erase(user: Any) -> None:
    """Forget the invitations to the person; memberships, requests and visits go with the account.

    Topics and messages to all members stay, without their author's name.
    """
    _invitations(user).delete()


def why_keep(user: Any) -> str:
    """The sentence that says why a person's account cannot go yet: a network would have members and no facilitator; empty otherwise.

    Asked in the transaction that deletes the account: the networks stay locked until it ends.
    """
    alone = [str(network) for network in spaces_left_alone(user)]
    if not alone:
        return ""
    return gettext("You are the only facilitator of %(networks)s: name another one first, on the page of its members.") % {
        "networks": get_text_list(alone, pgettext("between two names", "and"))
    }


def _invitations(user: Any) -> QuerySet[Invitation]:
    return Invitation.objects.filter(Q(address=fold(user.email)) | Q(accepted_by=user))
