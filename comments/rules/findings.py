"""What a rule found in a comment, and how it reads: for moderators on the card, for authors in the form."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

SILENCED = "silenced"
"""What is found in a guest's comment whose address, once it is proven, turns out to be that of somebody who may not write here."""


@dataclass(frozen=True)
class Finding:
    """One rule that fired: its name, what it found, and the key of the entry of a list."""

    rule: str
    detail: str = ""
    id: int | None = None

    def as_data(self) -> dict[str, Any]:
        """What is stored with the comment."""
        return {name: value for name, value in (("rule", self.rule), ("detail", self.detail), ("id", self.id)) if value}


def read(stored: Iterable[dict[str, Any]]) -> list[Finding]:
    """The findings that are stored with a comment."""
    return [Finding(found["rule"], str(found.get("detail", "")), found.get("id")) for found in stored]


def stored(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as they are stored with a comment."""
    return [finding.as_data() for finding in findings]


def for_moderators(finding: Finding) -> str:
    """The sentence of the card; an unknown rule, of another version, is named."""
    number = int(finding.detail) if finding.detail.isdecimal() else 0
    if finding.rule == "links":
        return ngettext("Holds %(count)d link.", "Holds %(count)d links.", number) % {"count": number}
    if finding.rule == "reports":
        return ngettext("It was reported %(count)d time.", "It was reported %(count)d times.", number) % {"count": number}
    sentence = _for_moderators().get(finding.rule, gettext("Held by the rule “%(rule)s”."))
    return sentence % {"detail": finding.detail, "rule": finding.rule}


def _for_moderators() -> dict[str, str]:
    return {
        "word": gettext("Says “%(detail)s”, which is on the list of words."),
        "pattern": gettext("Matches the pattern “%(detail)s” of the list."),
        "pattern_slow": gettext("The pattern “%(detail)s” took too long for this text: have a look at both."),
        "newcomer": gettext("Its author is new here."),
        "watched": gettext("Its author is watched."),
        "space": gettext("This network’s discussions are read before publication."),
        "address": gettext("Its author’s address is on the list of senders to hold."),
        "domain": gettext("Its author’s address belongs to %(detail)s, which is on the list of senders to hold."),
        "machines": gettext("It was sent from a machine on the list of senders to hold."),
        SILENCED: gettext("Its author is suspended or banned: this was written before the address was confirmed."),
        "flood": gettext("It was sent by somebody new while the site was flooded."),
        "akismet": gettext("Akismet takes it for spam."),
        "filter": gettext("The spam filter is sure at %(detail)s %%."),
    }


def for_author(finding: Finding) -> str:
    """What the author of a comment could change about it, as part of a sentence."""
    if finding.rule == "links":
        number = int(finding.detail or 0)
        return ngettext("it holds %(count)d link", "it holds %(count)d links", number) % {"count": number}
    if finding.rule == "word":
        return gettext("it says “%(word)s”") % {"word": finding.detail}
    return gettext("some of its words are on a list")
