"""Addresses of the discussions' pages inside a network's space: include them where `networks.urls` is included."""

from django.urls import path

import comments.keys  # noqa: F401 (what <key:…> is)
from comments.views import contributions

app_name = "contributions"
urlpatterns = [
    path("<slug:slug>/contributions/", contributions.ContributionListView.as_view(), name="list"),
    path("<slug:slug>/contributions/nouvelle/", contributions.NewContributionView.as_view(), name="new"),
    path("<slug:slug>/contributions/<key:pk>/", contributions.ContributionView.as_view(), name="one"),
    path("<slug:slug>/contributions/<key:pk>/modifier/", contributions.RewriteContributionView.as_view(), name="rewrite"),
    path("<slug:slug>/contributions/<key:pk>/etat/", contributions.ContributionActView.as_view(), name="act"),
    path("<slug:slug>/contributions/<key:pk>/fichier/", contributions.ContributionFileView.as_view(), name="file"),
]
