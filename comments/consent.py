"""Whether a comment of a space may still be carried to an article, once its author says yes: asked by the page, the act and the mail."""

from typing import Any

from django.utils.translation import gettext

from comments import permissions
from comments.models import PublicProposal
from comments.states import Status
from networks.permissions import is_member


def why_not_accept(proposal: PublicProposal) -> str:
    """The sentence that says why a comment can no longer be carried over; empty while it can."""
    comment, to = proposal.comment, proposal.discussion
    if comment.status != Status.PUBLISHED:
        return gettext("Your comment is not shown in the space any more: it cannot be carried over.")
    topic: Any = comment.discussion.target
    if topic is None or not permissions.can_see_discussion(comment.user, comment.discussion):
        return gettext("The topic in which you wrote this is no longer open to you: your comment cannot be carried over.")
    if not is_member(comment.user, topic.network):
        return gettext("You no longer belong to the network of this space: your comment cannot be carried over.")
    if not permissions.can_see_discussion(comment.user, to):
        return gettext("The article is no longer there: your comment cannot be carried over.")
    if not to.is_open():
        return gettext("The discussion of the article is closed: nothing can be added to it.")
    return ""
