"""Networks, who belongs to them, and what they discuss."""

from networks.models.agenda import AgendaDate
from networks.models.announcements import Announcement
from networks.models.invitations import MOST_USES, Invitation, InvitationLink, InvitationLinkUse, TopicGuest
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
    "MOST_USES",
    "AgendaDate",
    "Announcement",
    "Invitation",
    "InvitationLink",
    "InvitationLinkUse",
    "JoinRequest",
    "Membership",
    "Network",
    "Participation",
    "RequestOutcome",
    "Role",
    "SpaceDocument",
    "SpaceLink",
    "Topic",
    "TopicGuest",
    "TopicState",
    "TopicTag",
    "Visibility",
    "sees_every_network",
]
