"""Taking a comment on, so that two moderators do not work on it at once."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from comments import audit, permissions
from comments.models import Claim, ThreadComment
from comments.services.locking import lock_with
from comments.services.refusals import Refused
from networks.accounts import name_of


class Taken(Refused):
    """Another moderator works on the comment; `claim` says who, and until when."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        who, when = name_of(claim.moderator), timezone.localtime(claim.until)
        super().__init__(
            gettext("%(name)s works on this comment until %(time)s. Take it over if you know that they don’t.")
            % {"name": who, "time": f"{when:%H:%M}"}
        )


@transaction.atomic
def claim(comment: ThreadComment, *, by: Any, take_over: bool = False) -> Claim:
    """Take a comment on for Claim.LIFETIME, or longer where one has it already; raises Taken while another moderator works on it.

    `take_over` takes it from them; who did so is in the comment's history. Raises Refused for who does not moderate it.
    """
    current = lock_with(comment)
    if not permissions.can_moderate(by, current.discussion):
        raise Refused(gettext("You cannot decide about this comment."))
    if not take_over:
        refuse_if_taken(current, by=by)
    elif _others_claim(current, by=by):
        audit.record(current, "comments.take_over", by=by)
    made, _created = Claim.objects.update_or_create(comment=current, defaults={"moderator": by, "until": timezone.now() + Claim.LIFETIME})
    return made


@transaction.atomic
def unclaim(comment: ThreadComment, *, by: Any) -> None:
    """Let others work on a comment that one had taken on."""
    Claim.objects.filter(comment=comment, moderator=by).delete()


def done_with(comment: ThreadComment) -> None:
    """Nobody works any more on a comment that was decided about; the caller holds the lock."""
    Claim.objects.filter(comment=comment).delete()


def refuse_if_taken(comment: ThreadComment, *, by: Any) -> None:
    """Raise Taken while another moderator works on a comment."""
    taken = _others_claim(comment, by=by)
    if taken:
        raise Taken(taken)


def _others_claim(comment: ThreadComment, *, by: Any) -> Claim | None:
    running = Claim.objects.filter(comment=comment, until__gt=timezone.now()).exclude(moderator=by)
    return running.select_related("moderator").first()
