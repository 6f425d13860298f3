"""The pages of networks, by noun; `networks.doors` says who gets in."""

from networks.views.agenda import AgendaView, DateFileView, EditDateView, NewDateView, RemoveDateView
from networks.views.joining import DecideView, JoinView, LeaveView, RequestListView
from networks.views.members import MemberListView, RemoveMemberView, RoleView
from networks.views.presentation import (
    AddDocumentView,
    DocumentListView,
    DocumentView,
    LogoView,
    PresentationView,
    RemoveDocumentView,
)
from networks.views.spaces import NetworkListView, SpaceView
from networks.views.topics import EditTopicView, NewTopicView, TopicStateView, TopicView
from networks.views.visibility import VisibilityView

__all__ = [
    "AddDocumentView",
    "AgendaView",
    "DateFileView",
    "DecideView",
    "DocumentListView",
    "DocumentView",
    "EditDateView",
    "EditTopicView",
    "JoinView",
    "LeaveView",
    "LogoView",
    "MemberListView",
    "NetworkListView",
    "NewDateView",
    "NewTopicView",
    "PresentationView",
    "RemoveDateView",
    "RemoveDocumentView",
    "RemoveMemberView",
    "RequestListView",
    "RoleView",
    "SpaceView",
    "TopicStateView",
    "TopicView",
    "VisibilityView",
]
