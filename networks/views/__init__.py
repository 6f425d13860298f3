"""The pages of networks, by noun; `networks.doors` says who gets in."""

from networks.views.joining import DecideView, JoinView, LeaveView, RequestListView
from networks.views.members import MemberListView, RemoveMemberView, RoleView
from networks.views.spaces import NetworkListView, PresentationView, SpaceView
from networks.views.topics import EditTopicView, NewTopicView, TopicStateView, TopicView

__all__ = [
    "DecideView",
    "EditTopicView",
    "JoinView",
    "LeaveView",
    "MemberListView",
    "NetworkListView",
    "NewTopicView",
    "PresentationView",
    "RemoveMemberView",
    "RequestListView",
    "RoleView",
    "SpaceView",
    "TopicStateView",
    "TopicView",
]
