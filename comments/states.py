"""Where a comment stands, what may be done to it, and what follows: the table, and nothing else."""

from dataclasses import dataclass

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
    RESTORE = "restore", _("Restore")
    REMOVE = "remove", _("Remove")


@dataclass(frozen=True)
class Transition:
    """From which statuses an action starts, where it leads, and whether it needs a reason."""

    sources: frozenset[Status]
    target: Status
    needs_reason: bool = False


TRANSITIONS: dict[Action, Transition] = {
    Action.PROVE_EMAIL: Transition(frozenset({Status.AWAITING_EMAIL}), Status.PENDING),
    Action.APPROVE: Transition(frozenset({Status.PENDING}), Status.PUBLISHED),
    Action.REJECT: Transition(frozenset({Status.PENDING}), Status.REJECTED, needs_reason=True),
    Action.SPAM: Transition(frozenset({Status.PENDING}), Status.SPAM),
    Action.HIDE: Transition(frozenset({Status.PUBLISHED}), Status.HIDDEN, needs_reason=True),
    Action.RESTORE: Transition(frozenset({Status.HIDDEN}), Status.PUBLISHED),
    Action.REMOVE: Transition(frozenset(Status) - {Status.REMOVED}, Status.REMOVED),
}

MODERATION_ACTIONS = (Action.APPROVE, Action.REJECT, Action.SPAM, Action.HIDE, Action.RESTORE)


class Reason(models.TextChoices):
    """Why a moderator restricts a comment."""

    OFF_TOPIC = "off_topic", _("off topic")
    ABUSE = "abuse", _("insult or attack on a person")
    PERSONAL_DATA = "personal_data", _("personal data about someone")
    ILLEGAL = "illegal", _("illegal content")
    ADVERTISING = "advertising", _("advertising")
    DUPLICATE = "duplicate", _("duplicate")
    OTHER = "other", _("other (say which)")


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


def allowed_actions(status: str) -> list[Action]:
    """The actions that start from a status, in the order of the enumeration."""
    return [action for action, transition in TRANSITIONS.items() if status in transition.sources]


class AuthorRole(models.TextChoices):
    """What an author is in the discussion they write in, beyond a reader; shown beside what they wrote."""

    FACILITATOR = "facilitator", _("facilitator")
    MODERATOR = "moderator", _("moderator")
    EDITOR = "editor", _("editorial team")
