"""Networks, who belongs to them, and what they discuss."""

from networks.models.agenda import AgendaDate
from networks.models.memberships import JoinRequest, Membership
from networks.models.networks import LOGO_IN_LISTS, Network, sees_every_network
from networks.models.participations import Participation
from networks.models.presentation import MAX_DOCUMENTS, MAX_LINKS, SpaceDocument, SpaceLink
from networks.models.topics import MAX_TAGS, Topic, TopicTag
from networks.states import RequestOutcome, Role, TopicState, Visibility

__all__ = [
    "LOGO_IN_LISTS",
    "MAX_DOCUMENTS",
    "MAX_LINKS",
    "MAX_TAGS",
    "AgendaDate",
    "JoinRequest",
    "Membership",
    "Network",
    "Participation",
    "RequestOutcome",
    "Role",
    "SpaceDocument",
    "SpaceLink",
    "Topic",
    "TopicState",
    "TopicTag",
    "Visibility",
    "sees_every_network",
]
