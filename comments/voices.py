"""In whose name something is said under an article, and what a network's contribution goes through before: the tables, and nothing else."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Voice(models.TextChoices):
    """How a comment came about that is not simply what somebody wrote where it stands."""

    POSITION = "position", _("Position of the network")
    WORKSHOP = "workshop", _("Contribution of a workshop")
    ECHO = "echo", _("First written in a space")


OF_NETWORKS = frozenset({Voice.POSITION, Voice.WORKSHOP})
"""What a network says: its name stands there, and nobody's else."""


class ContributionKind(models.TextChoices):
    """What a network brings to an article."""

    POSITION = Voice.POSITION.value, _("A position of the network")
    WORKSHOP = Voice.WORKSHOP.value, _("What came out of a workshop")


class ContributionState(models.TextChoices):
    """Where a contribution stands inside its network; what becomes of it under the article, its comment says."""

    DRAFT = "draft", pgettext_lazy("contribution", "draft")
    SUBMITTED = "submitted", pgettext_lazy("contribution", "waiting for validation")
    RETURNED = "returned", pgettext_lazy("contribution", "sent back to be reworked")
    PUBLISHED = "published", pgettext_lazy("contribution", "validated")
    WITHDRAWN = "withdrawn", pgettext_lazy("contribution", "withdrawn")


class ContributionAct(models.TextChoices):
    """What is done to a contribution."""

    REWRITE = "rewrite", pgettext_lazy("contribution", "Rewrite")
    SUBMIT = "submit", pgettext_lazy("contribution", "Submit for validation")
    SEND_BACK = "send_back", pgettext_lazy("contribution", "Send back")
    VALIDATE = "validate", pgettext_lazy("contribution", "Validate and publish")
    WITHDRAW = "withdraw", pgettext_lazy("contribution", "Withdraw")


class Actor(models.TextChoices):
    """Who does something to a contribution."""

    AUTHOR = "author"
    FACILITATOR = "facilitator"
    EITHER = "either"


@dataclass(frozen=True)
class Transition:
    """From which states an act starts, where it leads, and whose it is."""

    sources: frozenset[ContributionState]
    target: ContributionState
    by: Actor


_S = ContributionState
TRANSITIONS: dict[ContributionAct, Transition] = {
    ContributionAct.REWRITE: Transition(frozenset({_S.DRAFT, _S.RETURNED, _S.SUBMITTED}), _S.DRAFT, Actor.AUTHOR),
    ContributionAct.SUBMIT: Transition(frozenset({_S.DRAFT, _S.RETURNED}), _S.SUBMITTED, Actor.AUTHOR),
    ContributionAct.SEND_BACK: Transition(frozenset({_S.SUBMITTED}), _S.RETURNED, Actor.FACILITATOR),
    ContributionAct.VALIDATE: Transition(frozenset({_S.SUBMITTED}), _S.PUBLISHED, Actor.FACILITATOR),
    ContributionAct.WITHDRAW: Transition(frozenset({_S.DRAFT, _S.RETURNED, _S.SUBMITTED, _S.PUBLISHED}), _S.WITHDRAWN, Actor.EITHER),
}


class ProposalState(models.TextChoices):
    """What became of the wish to see a comment of a space under an article."""

    WAITING = "waiting", pgettext_lazy("proposal", "waiting for its author")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "accepted")
    DECLINED = "declined", pgettext_lazy("proposal", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "withdrawn")
    LAPSED = "lapsed", pgettext_lazy("proposal", "without an answer in time")


PROPOSAL_TIME = timedelta(days=30)
"""How long an author has to answer; silence is no consent."""
