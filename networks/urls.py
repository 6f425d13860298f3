"""Addresses of networks, spaces and topics."""

from django.urls import path

from networks import views

app_name = "networks"
urlpatterns = [
    path("", views.NetworkListView.as_view(), name="list"),
    path("<slug:slug>/", views.SpaceView.as_view(), name="space"),
    path("<slug:slug>/presentation/", views.PresentationView.as_view(), name="presentation"),
    path("<slug:slug>/adhesion/", views.JoinView.as_view(), name="join"),
    path("<slug:slug>/quitter/", views.LeaveView.as_view(), name="leave"),
    path("<slug:slug>/demandes/", views.RequestListView.as_view(), name="requests"),
    path("<slug:slug>/demandes/<int:pk>/", views.DecideView.as_view(), name="decide"),
    path("<slug:slug>/membres/", views.MemberListView.as_view(), name="members"),
    path("<slug:slug>/membres/<int:pk>/role/", views.RoleView.as_view(), name="role"),
    path("<slug:slug>/membres/<int:pk>/retirer/", views.RemoveMemberView.as_view(), name="remove_member"),
    path("<slug:slug>/sujets/nouveau/", views.NewTopicView.as_view(), name="topic_new"),
    path("<slug:slug>/sujets/<int:pk>-<slug:title>/", views.TopicView.as_view(), name="topic"),
    path("<slug:slug>/sujets/<int:pk>/", views.TopicView.as_view(), name="topic_short"),
    path("<slug:slug>/sujets/<int:pk>/modifier/", views.EditTopicView.as_view(), name="topic_edit"),
    path("<slug:slug>/sujets/<int:pk>/etat/", views.TopicStateView.as_view(), name="topic_state"),
]
