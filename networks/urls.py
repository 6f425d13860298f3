"""Addresses of networks, spaces and topics."""

from django.urls import path

from networks import views

app_name = "networks"
urlpatterns = [
    path("", views.NetworkListView.as_view(), name="list"),
    path("invitations/<str:token>/", views.InvitationView.as_view(), name="invitation"),
    path("<slug:slug>/", views.SpaceView.as_view(), name="space"),
    path("<slug:slug>/presentation/", views.PresentationView.as_view(), name="presentation"),
    path("<slug:slug>/adhesion/", views.JoinView.as_view(), name="join"),
    path("<slug:slug>/quitter/", views.LeaveView.as_view(), name="leave"),
    path("<slug:slug>/demandes/", views.RequestListView.as_view(), name="requests"),
    path("<slug:slug>/demandes/<int:pk>/", views.DecideView.as_view(), name="decide"),
    path("<slug:slug>/membres/", views.MemberListView.as_view(), name="members"),
    path("<slug:slug>/membres/inviter/", views.InviteView.as_view(), name="invite"),
    path("<slug:slug>/membres/inviter/liste/", views.InviteListView.as_view(), name="invite_list"),
    path("<slug:slug>/membres/invitations/", views.InvitationListView.as_view(), name="invitations"),
    path("<slug:slug>/membres/invitations/<int:pk>/renvoyer/", views.ResendView.as_view(), name="resend"),
    path("<slug:slug>/membres/invitations/<int:pk>/annuler/", views.RevokeView.as_view(), name="revoke"),
    path("<slug:slug>/membres/liens/", views.NewLinkView.as_view(), name="link_new"),
    path("<slug:slug>/membres/liens/<int:pk>/annuler/", views.RevokeLinkView.as_view(), name="link_revoke"),
    path("<slug:slug>/annonces/", views.AnnouncementListView.as_view(), name="announcements"),
    path("<slug:slug>/annonces/nouvelle/", views.AnnounceView.as_view(), name="announce"),
    path("<slug:slug>/annonces/<int:pk>/", views.AnnouncementView.as_view(), name="announcement"),
    path("<slug:slug>/journal/", views.JournalView.as_view(), name="journal"),
    path("<slug:slug>/membres/<int:pk>/role/", views.RoleView.as_view(), name="role"),
    path("<slug:slug>/membres/<int:pk>/retirer/", views.RemoveMemberView.as_view(), name="remove_member"),
    path("<slug:slug>/sujets/nouveau/", views.NewTopicView.as_view(), name="topic_new"),
    path("<slug:slug>/sujets/<int:pk>-<slug:title>/", views.TopicView.as_view(), name="topic"),
    path("<slug:slug>/sujets/<int:pk>/", views.TopicView.as_view(), name="topic_short"),
    path("<slug:slug>/sujets/<int:pk>/modifier/", views.EditTopicView.as_view(), name="topic_edit"),
    path("<slug:slug>/sujets/<int:pk>/etat/", views.TopicStateView.as_view(), name="topic_state"),
    path("<slug:slug>/sujets/<int:pk>/invites/", views.GuestListView.as_view(), name="guests"),
    path("<slug:slug>/sujets/<int:pk>/invites/<int:guest>/retirer/", views.EndVisitView.as_view(), name="end_visit"),
]
