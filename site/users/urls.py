"""Addresses of the account beside those of sign-in and sign-up."""

from django.urls import path

from users import views

app_name = "users"
urlpatterns = [
    path("profil/", views.ProfileView.as_view(), name="profile"),
    path("donnees/", views.DataView.as_view(), name="data"),
    path("donnees/telecharger/", views.download, name="download"),
    path("donnees/supprimer/", views.delete, name="delete"),
]
