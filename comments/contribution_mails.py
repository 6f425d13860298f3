"""What the mails about networks' contributions say, and about comments of a space that are wished for under an article."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext

from comments.conf import absolute
from comments.consent import why_not_accept
from comments.models import Contribution, Discussion, OutgoingMail, PublicProposal, ThreadComment
from comments.permissions import can_see_discussion
from comments.voices import ContributionState, ProposalState
from networks.permissions import standing_of


def _contribution_waits(mail: OutgoingMail) -> dict[str, Any] | None:
    """It still waits, in the words that were submitted, and the recipient still runs the space."""
    contribution = _contribution(mail)
    if contribution is None or contribution.state != ContributionState.SUBMITTED or contribution.version != mail.data["version"]:
        return None
    return _about(contribution, mail) if standing_of(mail.user, contribution.network).is_facilitator else None


def _contribution_decided(mail: OutgoingMail) -> dict[str, Any] | None:
    """It stands where the decision put it, and who wrote it still reads it."""
    contribution = _contribution(mail)
    if contribution is None or contribution.state != mail.data["state"] or contribution.version != mail.data["version"]:
        return None
    if not contribution.is_shown_to(standing_of(mail.user, contribution.network)):
        return None
    return {**_about(contribution, mail), "validated": contribution.state == ContributionState.PUBLISHED}


def _contribution(mail: OutgoingMail) -> Contribution | None:
    related = ("network", "author", "decided_by", "discussion", "comment")
    return Contribution.objects.filter(pk=mail.data["contribution"]).select_related(*related).first()


def _about(contribution: Contribution, mail: OutgoingMail) -> dict[str, Any]:
    title = _title(contribution.discussion, mail)
    return {"contribution": contribution, "title": title, "url": absolute(contribution.get_absolute_url())}


def _title(article: Discussion, mail: OutgoingMail) -> str:
    """What an article is called to the recipient: nothing that they could not read on the site now."""
    return article.title if can_see_discussion(mail.user, article) else gettext("An article no longer shown")


def _proposal_made(mail: OutgoingMail) -> dict[str, Any] | None:
    """It still waits, and could still be accepted by its author."""
    proposal = _proposal(mail)
    if proposal is None or proposal.standing != ProposalState.WAITING or proposal.comment.user_id != mail.user_id:
        return None
    return None if why_not_accept(proposal) else {"proposal": proposal, "url": absolute(proposal.get_absolute_url())}


def _proposal_decided(mail: OutgoingMail) -> dict[str, Any] | None:
    """It was answered, and who asked still reads the space."""
    proposal = _proposal(mail)
    if proposal is None or proposal.state not in {ProposalState.ACCEPTED, ProposalState.DECLINED}:
        return None
    if not can_see_discussion(mail.user, proposal.comment.discussion):
        return None
    posted = proposal.posted
    shown = posted is not None and ThreadComment.objects.visible_to(mail.user).filter(pk=posted.pk).exists()
    url = absolute(posted.get_absolute_url()) if posted is not None and shown else ""
    accepted, title = proposal.state == ProposalState.ACCEPTED, _title(proposal.discussion, mail)
    return {"proposal": proposal, "accepted": accepted, "title": title, "url": url}


def _proposal(mail: OutgoingMail) -> PublicProposal | None:
    related = ("comment__user", "comment__discussion__network", "discussion", "proposed_by", "posted")
    return PublicProposal.objects.filter(pk=mail.data["proposal"]).select_related(*related).first()


KINDS: dict[str, Callable[[OutgoingMail], dict[str, Any] | None]] = {
    "contribution_waits": _contribution_waits,
    "contribution_decided": _contribution_decided,
    "proposal_made": _proposal_made,
    "proposal_decided": _proposal_decided,
}
