"""Addresses of discussions and comments."""

from django.urls import path

import comments.keys  # noqa: F401 (what <key:…> is)
from comments.views import (
    confirming,
    consultations,
    editing,
    guests,
    home,
    live,
    marking,
    notices,
    posting,
    proposals,
    proving,
    reading,
    removing,
    reporting,
    space_export,
    statements,
    steering,
)

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
    path("participation/", steering.coverage, name="coverage"),
    path("participation/evolution/", steering.evolution, name="evolution"),
    path("consultations/", consultations.ConsultationListView.as_view(), name="consultations"),
    path("consultations/<key:pk>/", consultations.ConsultationView.as_view(), name="consultation"),
    path("mon-accueil/", home.home, name="home"),
    path("commentaires/<key:pk>/fichier/", proposals.contribution_file, name="file"),
    path("commentaires/<key:pk>/proposer/", proposals.propose, name="propose"),
    path("propositions/<key:pk>/", proposals.proposal, name="proposal"),
    path("propositions/<key:pk>/retirer/", proposals.withdraw, name="proposal_withdraw"),
    path("decisions/<str:token>/", statements.statement, name="statement"),
]
