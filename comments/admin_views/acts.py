"""What a moderator does to a comment, one by one or to several: what it is called, when it is possible, what it does and says."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comments import services
from comments.models import ThreadComment
from comments.states import TRANSITIONS, Action

Apply = Callable[..., ThreadComment]


@dataclass(frozen=True)
class Act:
    """One of a moderator's acts; `apply(comment, by=…, seen_status=…, **grounds)` does it, `done(number)` says that it is."""

    name: str
    label: Any
    hint: Any
    """The same, said of the comments that are ticked."""
    effect: Any
    icon: str
    key: str
    """The key that does it in the queue."""
    is_possible: Callable[[ThreadComment], bool]
    apply: Apply
    done: Callable[[int], str]
    asks_reason: bool = False
    takes_note: bool = True

    @property
    def is_one_click(self) -> bool:
        """Whether nothing has to be asked first."""
        return not self.asks_reason


def _decision(action: Action, hint: Any, effect: Any, *, icon: str, key: str, done: Callable[[int], str]) -> Act:
    def apply(comment: ThreadComment, **how: Any) -> ThreadComment:
        return services.moderate(comment, action, **how)

    return Act(
        str(action),
        action.label,
        hint,
        effect,
        icon,
        key,
        is_possible=lambda comment: comment.status in TRANSITIONS[action].sources,
        apply=apply,
        done=done,
        asks_reason=TRANSITIONS[action].needs_reason,
    )


def _dismiss(comment: ThreadComment, *, note: str = "", **how: Any) -> ThreadComment:
    return services.dismiss_reports(comment, by=how["by"], note=note, seen_status=how["seen_status"])


def _see(comment: ThreadComment, **how: Any) -> ThreadComment:
    return services.mark_seen(comment, by=how["by"], seen_status=how["seen_status"])


ACTS = [
    _decision(
        Action.APPROVE,
        _("Approve the selected comments"),
        _("Everybody who may read the discussion will see the comment."),
        icon="check",
        key="a",
        done=lambda number: ngettext("The comment is published.", "%(number)d comments are published.", number),
    ),
    Act(
        "dismiss",
        _("Nothing wrong"),
        _("Leave the selected comments as they are"),
        _("The comment stays as it is. Who sent a notice of something illegal is told so."),
        "check",
        "d",
        is_possible=lambda comment: comment.open_reports > 0 and not _waits(comment),
        apply=_dismiss,
        done=lambda number: ngettext("The comment stays: its reports are answered.", "%(number)d comments stay as they are.", number),
    ),
    Act(
        "seen",
        _("Read"),
        _("Mark the selected comments as read"),
        _("The comment stays published, and leaves the list of those that no moderator has read."),
        "view",
        "v",
        is_possible=lambda comment: comment.unseen,
        apply=_see,
        done=lambda number: ngettext("The comment is marked as read.", "%(number)d comments are marked as read.", number),
        takes_note=False,
    ),
    _decision(
        Action.REJECT,
        _("Reject the selected comments"),
        _("The comment will not be published. Its author is told why, and can contest it."),
        icon="cross",
        key="r",
        done=lambda number: ngettext("The comment is rejected.", "%(number)d comments are rejected.", number),
    ),
    _decision(
        Action.HIDE,
        _("Hide the selected comments"),
        _("Readers will no longer see the comment; the replies to it stay. Its author is told why, and can contest it."),
        icon="no-view",
        key="h",
        done=lambda number: ngettext("The comment is hidden.", "%(number)d comments are hidden.", number),
    ),
    _decision(
        Action.REPHRASE,
        _("Ask the authors of the selected comments to rephrase"),
        _("Nobody sees the comment until its author has sent better words, which come back here. They are told why."),
        icon="edit",
        key="e",
        done=lambda number: ngettext("Its author is asked for better words.", "%(number)d authors are asked for better words.", number),
    ),
    _decision(
        Action.SPAM,
        _("Mark the selected comments as spam"),
        _("Nobody sees the comment: it is advertising sent in bulk, or was written by a machine. Its author is not told."),
        icon="warning",
        key="s",
        done=lambda number: ngettext("The comment is marked as spam.", "%(number)d comments are marked as spam.", number),
    ),
    _decision(
        Action.RESTORE,
        _("Restore the selected comments"),
        _("Everybody who may read the discussion will see the comment again."),
        icon="rotate",
        key="a",
        done=lambda number: ngettext("The comment is published again.", "%(number)d comments are published again.", number),
    ),
]
"""In the order of their buttons."""


def _waits(comment: ThreadComment) -> bool:
    return comment.status in TRANSITIONS[Action.APPROVE].sources


def acts_on(comment: ThreadComment) -> list[Act]:
    """What a moderator may do to a comment as it stands."""
    return [act for act in ACTS if act.is_possible(comment)]


def act_named(name: str) -> Act:
    """The act of an address; raises Http404 for any other word."""
    for act in ACTS:
        if act.name == name:
            return act
    raise Http404
