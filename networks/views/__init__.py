"""The pages of networks, by noun; `networks.doors` says who gets in."""

from networks.views.agenda import AgendaView, DateFileView, EditDateView, NewDateView, RemoveDateView
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
from networks.views.presentation import (
    AddDocumentView,
    DocumentListView,
    DocumentView,
    LogoView,
    PresentationView,
    RemoveDocumentView,
)
from networks.views.running import RunView
from networks.views.spaces import NetworkListView, SpaceView
from networks.views.topics import EditTopicView, NewTopicView, TopicStateView, TopicView
from networks.views.visibility import VisibilityView

__all__ = [
    "AddDocumentView",
    "AgendaView",
    "AnnounceView",
    "AnnouncementListView",
    "AnnouncementView",
    "DateFileView",
    "DecideView",
    "DocumentListView",
    "DocumentView",
    "EditDateView",
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
    "LogoView",
    "MemberListView",
    "NetworkListView",
    "NewDateView",
    "NewLinkView",
    "NewTopicView",
    "PresentationView",
    "RemoveDateView",
    "RemoveDocumentView",
    "RemoveMemberView",
    "RequestListView",
    "ResendView",
    "RevokeLinkView",
    "RevokeView",
    "RoleView",
    "RunView",
    "SpaceView",
    "TopicStateView",
    "TopicView",
    "VisibilityView",
]
