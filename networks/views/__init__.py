"""The pages of networks, by noun; `networks.doors` says who gets in."""

from networks.views.announcements import AnnouncementListView, AnnouncementView, AnnounceView
from networks.views.entering import InvitationView
from networks.views.guests import EndVisitView, GuestListView
from networks.views.invitations import (
    InvitationListView,
    InviteListView,
    InviteView,
    NewLinkView,
    ResendView,
    RevokeLinkView,
    RevokeView,
)
from networks.views.joining import DecideView, JoinView, LeaveView, RequestListView
from networks.views.journal import JournalView
from networks.views.members import MemberListView, RemoveMemberView, RoleView
from networks.views.spaces import NetworkListView, PresentationView, SpaceView
from networks.views.topics import EditTopicView, NewTopicView, TopicStateView, TopicView

__all__ = [
    "AnnounceView",
    "AnnouncementListView",
    "AnnouncementView",
    "DecideView",
    "EditTopicView",
    "EndVisitView",
    "GuestListView",
    "InvitationListView",
    "InvitationView",
    "InviteListView",
    "InviteView",
    "JoinView",
    "JournalView",
    "LeaveView",
    "MemberListView",
    "NetworkListView",
    "NewLinkView",
    "NewTopicView",
    "PresentationView",
    "RemoveMemberView",
    "RequestListView",
    "ResendView",
    "RevokeLinkView",
    "RevokeView",
    "RoleView",
    "SpaceView",
    "TopicStateView",
    "TopicView",
]
