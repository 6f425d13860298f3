"""Stopping the mails about replies and publications, and starting them again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from comments import services
from comments.models import NoticeRefusal
from comments.unsubscribing import read_token


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: HttpRequest, token: str) -> HttpResponse:
    """Say which mails stop, and stop them on POST: mail programs that follow links change nothing.

    Mail programs post here themselves (RFC 8058), without cookies and without a form of ours: the signed address is the right.
    """
    link = read_token(token)
    if link is None:
        return render(request, "comments/confirm_unknown.html", status=404)
    if request.method == "POST":
        change = services.accept_notices if request.POST.get("notices") == "start" else services.refuse_notices
        change(link.address)
    context = {"link": link, "stopped": NoticeRefusal.objects.of(link.address).exists(), "changed": request.method == "POST"}
    with translation.override(link.language):
        response = render(request, "comments/notices.html", context)
    response.headers["Content-Language"] = link.language
    return response
