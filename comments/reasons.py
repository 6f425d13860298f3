"""The reasons of restrictions that every site starts with: their words live here, so that each reader gets them in their language.

A site may change them, and add its own (`comments.models.Reason`).
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from comments.states import Basis

SPAM = "spam"
"""Deceptive commercial content in high volume: its authors are owed no statement (article 17, paragraph 2)."""
REPORTED = "reported"
"""Held until a moderator has read what readers report."""
OTHER = "other"


@dataclass(frozen=True)
class BuiltIn:
    """What a reason is called, what it rests on, and what its author is told where the moderator adds nothing."""

    label: Any
    basis: Basis
    explanation: Any


BUILT_IN: dict[str, BuiltIn] = {
    "off_topic": BuiltIn(
        _("off topic"), Basis.CHARTER, _("What it says has nothing to do with what is discussed here; it may be welcome elsewhere.")
    ),
    "abuse": BuiltIn(
        _("insult or attack on a person"), Basis.CHARTER, _("It attacks a person or a group where it could answer what they say.")
    ),
    "personal_data": BuiltIn(
        _("personal data about someone"), Basis.LAW, _("It tells of somebody what they did not choose to make public (GDPR, article 6).")
    ),
    "illegal": BuiltIn(_("illegal content"), Basis.LAW, ""),
    "advertising": BuiltIn(_("advertising"), Basis.CHARTER, _("It promotes a product or a service.")),
    "duplicate": BuiltIn(_("duplicate"), Basis.CHARTER, _("The same was said already, in the same words.")),
    SPAM: BuiltIn(_("advertising in bulk"), Basis.CHARTER, _("It is advertising sent in bulk, or was written by a machine.")),
    REPORTED: BuiltIn(
        _("reported by several readers"),
        Basis.CHARTER,
        _("Several readers have reported it: it waits until a moderator has read it again."),
    ),
    OTHER: BuiltIn(_("other (say which)"), Basis.CHARTER, ""),
}
