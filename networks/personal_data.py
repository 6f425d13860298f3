"""What the networks hold about one person: handed over on request, erased with the account."""

from typing import Any

from networks.models import JoinRequest, Membership, Topic


def export(user: Any) -> dict[str, Any]:
    """A person's memberships, requests to join and topics."""
    return {
        "memberships": [
            {"network": membership.network.name, "role": membership.role, "joined_at": membership.joined_at.isoformat()}
            for membership in Membership.objects.filter(user=user).select_related("network")
        ],
        "requests": [
            {"network": asked.network.name, "message": asked.message, "outcome": asked.outcome, "created_at": asked.created_at.isoformat()}
            for asked in JoinRequest.objects.filter(user=user).select_related("network")
        ],
        "topics": [
            {"network": topic.network.name, "title": topic.title, "text": topic.text, "created_at": topic.created_at.isoformat()}
            for topic in Topic.objects.filter(author=user).select_related("network").order_by("pk")
        ],
    }


def erase(user: Any) -> None:
    """Nothing to do: memberships and requests go with the account, and topics stay without their author's name."""
