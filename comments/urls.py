"""Addresses of discussions and comments."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from comments.views import (
    confirming,
    editing,
    guests,
    home,
    live,
    marking,
    notices,
    posting,
    proving,
    reading,
    removing,
    reporting,
    space_export,
    statements,
)


class KeyConverter(IntConverter):
    """A number that a key can be: longer ones are no address, rather than an error of the database."""

    regex = "[0-9]{1,18}"


register_converter(KeyConverter, "key")

app_name = "comments"
urlpatterns = [
    path("discussions/commenter/", posting.start, name="start"),
    path("discussions/<key:pk>/commenter/", posting.post, name="post"),
    path("discussions/<key:pk>/apercu/", posting.preview, name="preview"),
    path("discussions/confirmer/<str:token>/", confirming.confirm, name="confirm"),
    path("discussions/<key:pk>/etat/", live.state, name="state"),
    path("discussions/nouveau-lien/", guests.new_link, name="new_link"),
    path("discussions/calcul/", proving.challenge, name="challenge"),
    path("invites/oublier/", guests.forget, name="forget"),
    path("invites/<str:token>/", guests.forget_everywhere, name="forget_everywhere"),
    path("avis/<str:token>/", notices.notices, name="notices"),
    path("commentaires/<key:pk>/", reading.permalink, name="permalink"),
    path("commentaires/<key:pk>/modifier/", editing.edit, name="edit"),
    path("discussions/<key:pk>/lu/", marking.read, name="read"),
    path("commentaires/<key:pk>/utile/", marking.useful, name="useful"),
    path("commentaires/<key:pk>/epingler/", marking.pin, name="pin"),
    path("commentaires/<key:pk>/mettre-en-avant/", marking.feature, name="feature"),
    path("commentaires/<key:pk>/supprimer/", removing.remove, name="remove"),
    path("commentaires/<key:pk>/signaler/", reporting.report, name="report"),
    path("commentaires/<key:pk>/reformuler/", statements.rephrase, name="rephrase"),
    path("discussions/espaces/<slug:slug>/export/", space_export.SpaceExportView.as_view(), name="space_export"),
    path("mon-accueil/", home.home, name="home"),
    path("decisions/<str:token>/", statements.statement, name="statement"),
]
