"""What the mails about consultations say to facilitators."""

from collections.abc import Callable
from typing import Any

from comments.conf import absolute
from comments.models import Consultation, Discussion, OutgoingMail
from comments.spaces.consulted import silent_networks
from networks.models import Network, Role
from networks.permissions import ties_of


def _opens(mail: OutgoingMail) -> dict[str, Any] | None:
    """It is under way, and the recipient runs a space and reads what it asks about."""
    consultation = _consultation(mail)
    return _about(mail, consultation, Network.objects.all()) if consultation is not None else None


def _ends(mail: OutgoingMail) -> dict[str, Any] | None:
    """It is still under way, and a network that the recipient runs has still not spoken."""
    consultation = _consultation(mail)
    return _about(mail, consultation, silent_networks(consultation)) if consultation is not None else None


def _about(mail: OutgoingMail, consultation: Consultation, concerned: Any) -> dict[str, Any] | None:
    run = [tie.network_id for tie in ties_of(mail.user).memberships if tie.role == Role.FACILITATOR]
    networks = list(concerned.filter(pk__in=run).order_by("name"))
    if not networks:
        return None
    chapters = Discussion.objects.visible_to(mail.user).filter(pk__in=consultation.discussions.values("pk")).order_by("title")
    url = absolute(consultation.get_absolute_url())
    names = ", ".join(network.name for network in networks)
    told = {"consultation": consultation, "networks": networks, "names": names, "chapters": list(chapters), "url": url}
    return told if chapters else None


def _consultation(mail: OutgoingMail) -> Consultation | None:
    return Consultation.objects.running().filter(pk=mail.data["consultation"]).first()


KINDS: dict[str, Callable[[OutgoingMail], dict[str, Any] | None]] = {"consultation_opens": _opens, "consultation_ends": _ends}
