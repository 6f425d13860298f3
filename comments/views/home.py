"""The home of somebody with an account."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from comments.home import Home


@require_safe
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the person, what is new in their networks, and where they left off."""
    return render(request, "comments/home.html", {"home": Home(request.user)})
