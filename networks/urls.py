"""Addresses of networks, spaces and topics."""

from django.urls import path

from networks import views

app_name = "networks"
urlpatterns = [
    path("", views.NetworkListView.as_view(), name="list"),
    path("<slug:slug>/", views.SpaceView.as_view(), name="space"),
    path("<slug:slug>/presentation/", views.PresentationView.as_view(), name="presentation"),
    path("<slug:slug>/logo/", views.LogoView.as_view(), name="logo"),
    path("<slug:slug>/visibilite/", views.VisibilityView.as_view(), name="visibility"),
    path("<slug:slug>/documents/", views.DocumentListView.as_view(http_method_names=["get", "head", "options"]), name="documents"),
    path("<slug:slug>/documents/ajouter/", views.AddDocumentView.as_view(), name="document_new"),
    path("<slug:slug>/documents/<int:pk>/", views.DocumentView.as_view(), name="document"),
    path("<slug:slug>/documents/<int:pk>/retirer/", views.RemoveDocumentView.as_view(), name="document_remove"),
    path("<slug:slug>/agenda/", views.AgendaView.as_view(), name="agenda"),
    path("<slug:slug>/agenda/nouvelle/", views.NewDateView.as_view(), name="date_new"),
    path("<slug:slug>/agenda/<int:pk>/modifier/", views.EditDateView.as_view(), name="date_edit"),
    path("<slug:slug>/agenda/<int:pk>/retirer/", views.RemoveDateView.as_view(), name="date_remove"),
    path("<slug:slug>/agenda/<int:pk>/date.ics", views.DateFileView.as_view(), name="date_file"),
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
