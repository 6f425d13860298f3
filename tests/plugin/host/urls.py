"""The host's addresses."""

from django.contrib import admin
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from tests.plugin.host.models import Game


def game(request: HttpRequest, pk: int) -> HttpResponse:
    """A game and what is said of it."""
    return render(request, "host/game.html", {"game": get_object_or_404(Game.objects.visible_to(request.user), pk=pk)})


urlpatterns = [
    path("django-admin/", admin.site.urls),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/login/", LoginView.as_view(template_name="host/login.html"), name="login"),
    path("games/<int:pk>/", game),
    path("networks/", include("comments.space_urls")),
    path("networks/", include("networks.urls")),
    path("", include("comments.urls")),
    path("", include(wagtail_urls)),
]
