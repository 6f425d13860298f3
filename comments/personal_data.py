"""What the discussions hold about one person: handed over on request, erased with the account."""

from typing import Any

from django.db.models import Q, QuerySet

from comments import moderation_data, services
from comments.addresses import author_key, is_address
from comments.conf import base_url
from comments.models import AuthorStanding, Contribution, IdentificationRecord, NoticeRefusal, OutgoingMail, PublicProposal, ThreadComment
from comments.states import Status


def export(user: Any) -> dict[str, Any]:
    """A person's comments, whatever their status, the oldest first, and all else that is held about them."""
    return {
        "comments": _comments(user),
        "refuses_notices": NoticeRefusal.objects.of(user.email).exists(),
        "identification": _identification(user),
        "standings": [
            {"standing": standing.trust, "network": standing.network and standing.network.name, "since": standing.created_at.isoformat()}
            for standing in _standings(user).select_related("network").order_by("pk")
        ],
        "contributions": _contributions(user),
        "proposals": _proposals(user),
        **moderation_data.export(user),
    }


def _standings(user: Any) -> QuerySet[AuthorStanding]:
    return AuthorStanding.objects.filter(author_key=author_key(user.pk, ""))


def _identification(user: Any) -> list[dict[str, Any]]:
    records = IdentificationRecord.objects.belonging_to(user)
    return [
        {"comment": record.comment_id, "act": record.act, "ip": record.ip, "port": record.port, "at": record.at.isoformat()}
        for record in records
    ]


def _comments(user: Any) -> list[dict[str, Any]]:
    comments = ThreadComment.objects.filter(user=user).select_related("discussion", "network").prefetch_related("revisions").order_by("pk")
    return [
        {
            "address": f"{base_url()}{comment.get_absolute_url()}",
            "discussion": comment.discussion.title,
            "text": comment.comment,
            "status": comment.status,
            "submitted_at": comment.submit_date.isoformat(),
            "edited_at": comment.edited_at and comment.edited_at.isoformat(),
            "earlier_texts": [{"text": earlier.text, "until": earlier.replaced_at.isoformat()} for earlier in comment.revisions.all()],
            "network": comment.network and comment.network.name,
        }
        for comment in comments
    ]


def _contributions(user: Any) -> list[dict[str, Any]]:
    """What a person wrote for a network, drafts included."""
    written = Contribution.objects.filter(author=user).select_related("network", "discussion").order_by("pk")
    return [
        {
            "network": each.network.name,
            "kind": each.kind,
            "state": each.state,
            "text": each.text,
            "held_on": each.held_on and each.held_on.isoformat(),
            "people": each.people,
            "place": each.place,
            "file": each.file_name,
            "created_at": each.created_at.isoformat(),
        }
        for each in written
    ]


def _proposals(user: Any) -> list[dict[str, Any]]:
    """The comments that a person proposed for a public page, and what they were asked about their own."""
    about = PublicProposal.objects.filter(Q(proposed_by=user) | Q(comment__user=user)).order_by("pk")
    return [
        {
            "comment": each.comment_id,
            "asked_by_me": each.proposed_by_id == user.pk,
            "words": each.words,
            "state": each.standing,
            "created_at": each.created_at.isoformat(),
        }
        for each in about
    ]


def erase(user: Any) -> None:
    """Remove a person's comments, as each would be at their own request (tombstones keep the replies readable), votes and address.

    What a network said stays, without the person who wrote it. What identifies where the comments came from stays in its log until its
    year ends, as the law asks; the account's name leaves it.
    """
    services.erase_proposals(user)
    services.erase_contributions(user)
    for comment in ThreadComment.objects.filter(user=user).exclude(status=Status.REMOVED).order_by("pk"):
        services.remove(comment, by=user)
    services.withdraw_votes(user)
    _standings(user).delete()
    moderation_data.erase(user)
    NoticeRefusal.objects.of(user.email).delete()
    OutgoingMail.objects.filter(is_address("recipient", user.email)).delete()
