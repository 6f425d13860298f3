"""Where a comment stands, what may be done to it, and what follows: the table, and nothing else."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where a comment stands; the only source of its visibility."""

    AWAITING_EMAIL = "awaiting_email", _("awaiting the e-mail address")
    PENDING = "pending", _("pending")
    PUBLISHED = "published", _("published")
    REJECTED = "rejected", _("rejected")
    SPAM = "spam", _("spam")
    HIDDEN = "hidden", _("hidden")
    REPHRASING = "rephrasing", _("awaiting its author’s new words")
    REMOVED = "removed", _("removed")


ONCE_PUBLIC = frozenset({Status.PUBLISHED, Status.HIDDEN, Status.REMOVED})
"""Readers of the discussion may know that such a comment exists or existed; of any other only its author and moderators do."""


class Action(models.TextChoices):
    """What is done to a comment."""

    PROVE_EMAIL = "prove_email", _("Confirm the e-mail address")
    APPROVE = "approve", _("Approve")
    REJECT = "reject", _("Reject")
    SPAM = "spam", _("Mark as spam")
    HIDE = "hide", _("Hide")
    HOLD = "hold", _("Take back for reading")
    REPHRASE = "rephrase", _("Ask to rephrase")
    RESTORE = "restore", _("Restore")
    RESUBMIT = "resubmit", _("Send new words")
    REMOVE = "remove", _("Remove")
    UNDO = "undo", _("Undo")


@dataclass(frozen=True)
class Transition:
    """From which statuses an action starts and where it leads (None: back to where the comment stood before).

    What restricts a comment leaves a statement of reasons; a reason is asked for where the action does not say it by itself.
    """

    sources: frozenset[Status]
    target: Status | None
    needs_reason: bool = False
    restricts: bool = False


def _restriction(sources: set[Status], target: Status) -> Transition:
    return Transition(frozenset(sources), target, needs_reason=True, restricts=True)


TRANSITIONS: dict[Action, Transition] = {
    Action.PROVE_EMAIL: Transition(frozenset({Status.AWAITING_EMAIL}), Status.PENDING),
    Action.APPROVE: Transition(frozenset({Status.PENDING, Status.REPHRASING}), Status.PUBLISHED),
    Action.REJECT: _restriction({Status.PENDING, Status.REPHRASING}, Status.REJECTED),
    Action.SPAM: Transition(frozenset({Status.PENDING, Status.PUBLISHED, Status.REPHRASING}), Status.SPAM, restricts=True),
    Action.HIDE: _restriction({Status.PUBLISHED}, Status.HIDDEN),
    Action.HOLD: _restriction({Status.PUBLISHED}, Status.PENDING),
    Action.REPHRASE: _restriction({Status.PENDING, Status.PUBLISHED, Status.HIDDEN}, Status.REPHRASING),
    Action.RESTORE: Transition(frozenset({Status.HIDDEN, Status.REJECTED, Status.SPAM}), Status.PUBLISHED),
    Action.RESUBMIT: Transition(frozenset({Status.REPHRASING}), Status.PENDING),
    Action.REMOVE: Transition(frozenset(Status) - {Status.REMOVED}, Status.REMOVED),
    Action.UNDO: Transition(
        frozenset({Status.PENDING, Status.PUBLISHED, Status.REJECTED, Status.SPAM, Status.HIDDEN, Status.REPHRASING}), None
    ),
}

MODERATION_ACTIONS = (Action.APPROVE, Action.REJECT, Action.SPAM, Action.HIDE, Action.REPHRASE, Action.RESTORE)
"""What a moderator decides about a comment."""
UNDO_WINDOW = timedelta(minutes=5)
"""How long who decided may take it back; until then nobody is told: a slip of the hand is nobody's business."""
WAITING = frozenset({Status.PENDING, Status.REPHRASING})
"""Where a comment's author still sees it among the others, and nobody else does."""


class Basis(models.TextChoices):
    """What a restriction rests on (article 17 of the Digital Services Act: a law, or the terms of the service)."""

    LAW = "law", _("the law")
    CHARTER = "charter", _("the charter")


class ReportKind(models.TextChoices):
    """What a reader says is wrong with a comment."""

    ABUSE = "abuse", _("It attacks or insults somebody")
    SPAM = "spam", _("It is advertising")
    OFF_TOPIC = "off_topic", _("It has nothing to do with the subject")
    PERSONAL_DATA = "personal_data", _("It gives away something personal")
    ILLEGAL = "illegal", _("I believe that it is illegal")
    OTHER = "other", _("Something else")


class Verdict(models.TextChoices):
    """What became of a report."""

    OPEN = "open", _("waiting")
    UPHELD = "upheld", _("the comment was restricted")
    DISMISSED = "dismissed", _("the comment stays")
    GONE = "gone", _("the comment was removed by its author")


class Outcome(models.TextChoices):
    """How an appeal ended."""

    WAITING = "waiting", _("waiting")
    UPHELD = "upheld", _("decision upheld")
    OVERTURNED = "overturned", _("decision overturned")


class Mode(models.TextChoices):
    """What the editors decided of a discussion."""

    OPEN = "open", _("Open")
    READ_ONLY = "read_only", _("Read only: what was said stays, nothing is added")
    HIDDEN = "hidden", _("Hidden: neither comments nor form")


class Posters(models.TextChoices):
    """Who may take part in a discussion."""

    EVERYONE = "everyone", _("Everyone, with a proven e-mail address")
    ACCOUNTS = "accounts", _("People with an account")
    MEMBERS = "members", _("Members of a network")


class Moderation(models.TextChoices):
    """When a moderator reads a comment."""

    BEFORE = "before", _("Before publication")
    AFTER = "after", _("After publication")


class AuthorRole(models.TextChoices):
    """What an author is in the discussion they write in, beyond a reader; shown beside what they wrote."""

    FACILITATOR = "facilitator", _("facilitator")
    MODERATOR = "moderator", _("moderator")
    EDITOR = "editor", _("editorial team")
