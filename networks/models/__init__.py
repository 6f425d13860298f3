"""Networks, who belongs to them, and what they discuss."""

from networks.models.announcements import Announcement
from networks.models.invitations import MOST_USES, Invitation, InvitationLink, InvitationLinkUse, TopicGuest
from networks.models.memberships import JoinRequest, Membership
from networks.models.networks import LOGO_IN_LISTS, Network, sees_every_network
from networks.models.participations import Participation
from networks.models.topics import Topic
from networks.states import RequestOutcome, Role, TopicState, Visibility

__all__ = [
    "LOGO_IN_LISTS",
    "MOST_USES",
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
    "Topic",
    "TopicGuest",
    "TopicState",
    "Visibility",
    "sees_every_network",
]
