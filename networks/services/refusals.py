"""Why an act is refused."""

from typing import Any

from django.utils.translation import gettext

from networks.models import JoinRequest


class Refused(Exception):
    """An act that the rules refuse; its text is a sentence for the person, in their language."""


class AlreadyDecided(Refused):
    """Somebody else decided about a request meanwhile; `join_request` is as it stands now."""

    def __init__(self, join_request: JoinRequest) -> None:
        self.join_request = join_request
        super().__init__(
            gettext("This request was decided meanwhile: it is %(outcome)s.") % {"outcome": join_request.get_outcome_display()}
        )


class NoLongerOpen(Refused):
    """An invitation or a link that lets nobody in any more; what it led to is not named."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or gettext("This invitation no longer holds. The facilitators of the network can send a new one."))


class ForSomebodyElse(Refused):
    """An invitation to another address than the account's."""

    def __init__(self) -> None:
        super().__init__(gettext("This invitation was sent to another address than your account’s."))


class LastFacilitator(Refused):
    """The network would be left without a facilitator."""

    def __init__(self) -> None:
        super().__init__(gettext("A space needs a facilitator: name another one first."))


def require(allowed: Any) -> None:
    """Raise Refused unless the rules allow what is asked."""
    if not allowed:
        raise Refused(gettext("You may not do this in this space."))
