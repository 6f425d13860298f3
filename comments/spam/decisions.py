"""What moderators of this site decided, as the filter takes it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import QuerySet
from wagtail.models import ModelLogEntry

from comments.models import ThreadComment
from comments.models.spam import Label
from comments.states import Action, Status

DECIDED_BY: dict[Label, tuple[Status, frozenset[str]]] = {
    Label.HAM: (Status.PUBLISHED, frozenset({f"comments.{Action.APPROVE}", f"comments.{Action.RESTORE}"})),
    Label.SPAM: (Status.SPAM, frozenset({f"comments.{Action.SPAM}"})),
}
"""A comment stands where a moderator put it by one of these acts. What was rejected, hidden or removed is neither: nobody said
that it is spam, and nobody wants more of it. Nor is what was published without anybody reading it.
"""


def labels_of(comments: Iterable[ThreadComment]) -> dict[int, Label]:
    """What some comments are by a moderator's decision that still stands; the others are left out."""
    comments = list(comments)
    acts: dict[str, set[str]] = {}
    for key, action in _decisions().filter(object_id__in=[str(comment.pk) for comment in comments]).values_list("object_id", "action"):
        acts.setdefault(key, set()).add(action)
    return {
        comment.pk: label
        for comment in comments
        for label, (status, actions) in DECIDED_BY.items()
        if comment.status == status and actions & acts.get(str(comment.pk), set())
    }


def all_decided() -> Iterator[tuple[int, datetime]]:
    """The key of each comment that a moderator ever decided about in these ways, with when, the oldest decision first."""
    entries = _decisions().order_by("timestamp", "pk").values_list("object_id", "timestamp")
    return ((int(key), moment) for key, moment in entries.iterator(chunk_size=1000))


def _decisions() -> QuerySet[ModelLogEntry]:
    """The audit rows of decisions that somebody took. Their actions name the app: no row of another model bears them."""
    actions = [action for _status, actions in DECIDED_BY.values() for action in sorted(actions)]
    return ModelLogEntry.objects.filter(action__in=actions, user_id__isnull=False)
