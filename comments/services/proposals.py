"""A comment of a space that is wished for under an article: its author alone says yes, to the words as they stand."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext

from comments import audit, notifications, permissions
from comments.consent import why_not_accept
from comments.models import Discussion, PublicProposal, ThreadComment
from comments.origins import Origin
from comments.rows import Author
from comments.services.contributions import places_to_speak
from comments.services.locking import lock
from comments.services.posting import post
from comments.services.refusals import Refused
from comments.services.sanctions import why_silenced
from comments.services.turns import in_turn
from comments.states import Status
from comments.voices import ProposalState, Voice
from networks.markup import clean_text
from networks.models import Network, Topic
from networks.permissions import is_member


class StaleProposal(Refused):
    """The words changed since their author read them."""

    def __init__(self) -> None:
        super().__init__(gettext("Your comment has changed since this page was shown: read once more what would appear."))


def propose(comment: ThreadComment, *, to: Discussion, by: Any, words: str = "", origin: Origin | None = None) -> PublicProposal:
    """Wish that a comment of a space stood under an article, and ask its author; one's own comment is posted there at once.

    The same wish twice is one, while it waits. Raises Refused for who is no member of the space or was told no to this already, for what
    is no published comment of a member in one of its topics, and for an article that one of the two cannot read, or that is closed.
    """
    with in_turn(), transaction.atomic():
        current = _locked(comment, to)
        if refusal := _why_not_propose(current, to, by):
            raise Refused(refusal)
        made_by_them = PublicProposal.objects.filter(comment=current, discussion=to, proposed_by=by)
        if current.user_id != by.pk and made_by_them.filter(state=ProposalState.DECLINED).exists():
            raise Refused(gettext("Its author has said no to this."))
        PublicProposal.objects.filter(comment=current, discussion=to, state=ProposalState.WAITING).exclude(
            pk__in=PublicProposal.objects.waiting().values("pk")
        ).update(state=ProposalState.LAPSED, decided_at=timezone.now())
        waiting = PublicProposal.objects.waiting().filter(comment=current, discussion=to).first()
        if waiting is not None and current.user_id != by.pk:
            return waiting
        proposal = waiting or PublicProposal.objects.create(comment=current, discussion=to, proposed_by=by, words=clean_text(words))
        audit.record(proposal, "comments.propose", by=by)
        if current.user_id == by.pk:
            return _accept(proposal, current, to, by=by, seen=current.standing, origin=origin)
        notifications.proposal_made(proposal)
        return proposal


def accept(proposal: PublicProposal, *, by: Any, seen: str, origin: Origin | None = None) -> PublicProposal:
    """Post the comment under the article, in its author's name, as they have seen it (`standing` of the comment); return the proposal.

    Raises Refused for anybody but the author and once it cannot be, with the reason; StaleProposal where the words changed.
    """
    with in_turn(), transaction.atomic():
        comment = _locked(proposal.comment, proposal.discussion)
        return _accept(_open(proposal, by), comment, Discussion.objects.get(pk=proposal.discussion_id), by=by, seen=seen, origin=origin)


def decline(proposal: PublicProposal, *, by: Any) -> PublicProposal:
    """Say no; whoever proposed it reads that and nothing more. Raises Refused for anybody but the author, and once it was decided."""
    with transaction.atomic():
        return _settle(_open(proposal, by), ProposalState.DECLINED, by)


def withdraw_proposal(proposal: PublicProposal, *, by: Any) -> PublicProposal:
    """Take the wish back. Raises Refused for anybody but who had it, and once it was decided."""
    with transaction.atomic():
        current = PublicProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
        if current.proposed_by_id != by.pk:
            raise Refused(gettext("You did not make this proposal."))
        _refuse_decided(current)
        return _settle(current, ProposalState.WITHDRAWN, by)


def erase_proposals(user: Any) -> None:
    """Leave nothing of what somebody wished for, or was asked; what they agreed to is a comment of theirs."""
    PublicProposal.objects.filter(comment__user=user).delete()
    PublicProposal.objects.filter(proposed_by=user).update(words="")


def _why_not_propose(comment: ThreadComment, to: Discussion, by: Any) -> str:
    topic = comment.discussion.target
    if not isinstance(topic, Topic) or not is_member(by, topic.network) or not permissions.can_see_discussion(by, comment.discussion):
        return gettext("You may not do this in this space.")
    if comment.status != Status.PUBLISHED or comment.user_id is None or comment.is_of_network:
        return gettext("This comment cannot be proposed: nobody could agree to it.")
    if silenced := why_silenced(Author(user=by), topic.network_id):
        return silenced
    if not places_to_speak(by).filter(pk=to.pk).exists() or not to.is_open():
        return gettext("Choose an article that you read, whose discussion is open.")
    return _why_not_agree(comment.user, topic.network, to)


def _why_not_agree(author: Any, network: Network, to: Discussion) -> str:
    """What keeps a comment's author from saying yes, whatever they wish; `comments.consent` asks it again when they do."""
    if not is_member(author, network):
        return gettext("This comment cannot be proposed: its author does not belong to the network.")
    return "" if permissions.can_see_discussion(author, to) else gettext("Its author cannot read this article.")


def _locked(comment: ThreadComment, to: Discussion) -> ThreadComment:
    """The comment as it stands, both discussions locked: in the order of their keys, as everybody does who takes two."""
    locked = {key: lock(key) for key in sorted({comment.discussion_id, to.pk})}
    current = ThreadComment.objects.select_related("user").get(pk=comment.pk)
    current.discussion = locked.get(current.discussion_id) or lock(current.discussion_id)
    return current


def _open(proposal: PublicProposal, by: Any) -> PublicProposal:
    """The proposal as it stands, locked, where this author may still answer it."""
    current = PublicProposal.objects.select_for_update(of=("self",)).select_related("comment").get(pk=proposal.pk)
    if current.comment.user_id != by.pk:
        raise Refused(gettext("Only its author decides about this comment."))
    _refuse_decided(current)
    return current


def _refuse_decided(proposal: PublicProposal) -> None:
    if proposal.standing != ProposalState.WAITING:
        raise Refused(gettext("This proposal is over: %(state)s.") % {"state": proposal.standing.label})


def _accept(
    proposal: PublicProposal, comment: ThreadComment, to: Discussion, *, by: Any, seen: str, origin: Origin | None
) -> PublicProposal:
    proposal.comment, proposal.discussion = comment, to
    if refusal := why_not_accept(proposal):
        raise Refused(refusal)
    if comment.standing != seen:
        raise StaleProposal
    author = Author(user=by, language=get_language() or comment.language, wants_mail=comment.followup, voice=Voice.ECHO)
    proposal.posted = post(to, author=author, text=comment.comment, origin=origin).comment
    return _settle(proposal, ProposalState.ACCEPTED, by)


def _settle(proposal: PublicProposal, state: ProposalState, by: Any) -> PublicProposal:
    proposal.state, proposal.decided_at = state, timezone.now()
    proposal.save()
    audit.record(proposal, f"comments.proposal_{state}", by=by)
    if state in {ProposalState.ACCEPTED, ProposalState.DECLINED}:
        notifications.proposal_decided(proposal)
    return proposal
