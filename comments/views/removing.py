"""Removing one's own comment."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments import access, services
from comments.models import ThreadComment
from comments.services import StaleDecision
from comments.views.reading import address_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove; an author may do so even where they no longer read the discussion."""
    comment = ThreadComment.objects.filter(pk=pk, user=request.user).select_related("discussion__content_type").first()
    if comment is None:
        raise Http404
    if request.method != "POST":
        return render(request, "comments/comment_remove.html", {"comment": comment, "back_url": _back(request, comment)})
    try:
        removed = services.remove(comment, by=request.user)
    except StaleDecision:
        removed = comment
    messages.success(request, gettext("Your comment is removed."), extra_tags="discussion")
    return redirect(_back(request, removed))


def _back(request: HttpRequest, comment: ThreadComment) -> str:
    """Where the comment stands or stood, for those who still read its discussion."""
    if not access.is_readable(request, comment.discussion):
        return "/"
    return address_of(comment) if comment.shown else comment.discussion.get_absolute_url()
