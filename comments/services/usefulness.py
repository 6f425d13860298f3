"""The vote that says “useful”: one for each person, taken back as easily as given."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext
from django_comments.models import CommentFlag

from comments import permissions
from comments.models import ThreadComment
from comments.rows import USEFUL
from comments.services.locking import lock_with, show_change
from comments.services.refusals import Refused


@transaction.atomic
def mark_useful(comment: ThreadComment, *, by: Any, useful: bool = True) -> ThreadComment:
    """Count a person's vote for a comment, or take it back, and return the comment; asking twice changes nothing.

    Raises Refused for visitors, for one's own comment and where the discussion takes no votes any more.
    """
    current = lock_with(comment)
    if not permissions.can_vote(by, current):
        raise Refused(gettext("You cannot vote for this comment."))
    return _count(current, by, useful)


@transaction.atomic
def withdraw_votes(person: Any) -> None:
    """Take back every vote of somebody whose account goes, wherever it was given and whatever became of the discussion."""
    voted = ThreadComment.objects.filter(pk__in=_votes(person).values("comment_id"))
    for comment in voted.order_by("discussion_id", "pk"):
        _count(lock_with(comment), person, False)


def _count(current: ThreadComment, person: Any, useful: bool) -> ThreadComment:
    votes = _votes(person).filter(comment_id=current.pk)
    if useful == votes.exists():
        return current
    if useful:
        CommentFlag.objects.create(comment_id=current.pk, user=person, flag=USEFUL)
    else:
        votes.delete()
    current.useful_count += 1 if useful else -1
    current.save(update_fields=["useful_count"])
    show_change(current.discussion)
    return current


def _votes(person: Any) -> QuerySet[CommentFlag]:
    return CommentFlag.objects.filter(user=person, flag=USEFUL)
