"""The tabs of the queue: which comments each holds, in which order, and what is done to them there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments.models import ThreadComment, ThreadCommentQuerySet
from comments.states import Action, Status

NEWEST = ("-pk",)


@dataclass(frozen=True)
class Tab:
    """One list of comments; `counter` is the column of Discussion that counts them, or "mine", where one does."""

    name: str
    label: Any
    narrow: Callable[[ThreadCommentQuerySet, Any], QuerySet[ThreadComment]]
    order: tuple[str, ...] = NEWEST
    counter: str = ""
    acts: tuple[str, ...] = ()
    """The acts that the bar under the list offers for several comments."""


def _standing(status: Status) -> Callable[[ThreadCommentQuerySet, Any], QuerySet[ThreadComment]]:
    return lambda comments, _user: comments.filter(status=status)


TABS = [
    Tab(
        "reported",
        pgettext_lazy("tab", "Reported"),
        lambda comments, _user: comments.reported(),
        ("-reported_illegal", "reported_at", "pk"),
        "reported_count",
        ("approve", "dismiss", Action.REJECT, Action.HIDE, Action.REPHRASE, Action.SPAM),
    ),
    Tab(
        Status.PENDING,
        _("Waiting"),
        _standing(Status.PENDING),
        ("-reported_illegal", "changed_at", "pk"),
        "pending_count",
        (Action.APPROVE, Action.REJECT, Action.REPHRASE, Action.SPAM),
    ),
    Tab(
        "unseen",
        _("Published unread"),
        lambda comments, _user: comments.unseen(),
        ("changed_at", "pk"),
        "unseen_count",
        ("seen", Action.HIDE, Action.REPHRASE, Action.SPAM),
    ),
    Tab("mine", _("Mine"), lambda comments, user: comments.claimed_by(user), ("claim__until", "pk"), "mine"),
    Tab(
        Status.REPHRASING,
        _("To be rephrased"),
        _standing(Status.REPHRASING),
        ("changed_at", "pk"),
        "rephrasing_count",
        (Action.APPROVE, Action.REJECT, Action.SPAM),
    ),
    Tab(
        Status.PUBLISHED,
        pgettext_lazy("tab", "Published"),
        _standing(Status.PUBLISHED),
        NEWEST,
        "published_count",
        (Action.HIDE, Action.REPHRASE, Action.SPAM),
    ),
    Tab(Status.HIDDEN, _("Hidden"), _standing(Status.HIDDEN), NEWEST, "hidden_count", (Action.RESTORE, Action.REPHRASE)),
    Tab(Status.REJECTED, pgettext_lazy("tab", "Rejected"), _standing(Status.REJECTED), NEWEST, "rejected_count", (Action.RESTORE,)),
    Tab(Status.SPAM, _("Spam"), _standing(Status.SPAM), NEWEST, "spam_count", (Action.RESTORE,)),
    Tab(Status.REMOVED, _("Removed"), _standing(Status.REMOVED)),
    Tab("all", _("All"), lambda comments, _user: comments, NEWEST, "", tuple(Action)),
]
BY_NAME = {tab.name: tab for tab in TABS}
DEFAULT = BY_NAME[Status.PENDING]
"""A moderator comes for what waits."""


def tab_named(name: str) -> Tab:
    """The tab that an address asks for, or else what waits."""
    return BY_NAME.get(name, DEFAULT)
