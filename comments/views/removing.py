"""Removing one's own comment."""

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from comments import access, services
from comments.guests import viewer_of
from comments.models import ThreadComment
from comments.permissions import is_known
from comments.reading import key_of_page_with
from comments.section import Notice
from comments.services import StaleDecision
from comments.views.landing import lead_to
from comments.views.reading import address_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then remove; an author may do so even where they no longer read the discussion."""
    viewer = viewer_of(request)
    if not is_known(viewer):
        return redirect_to_login(request.get_full_path())
    comment = ThreadComment.objects.written_by(viewer).filter(pk=pk).select_related("discussion__content_type").first()
    if comment is None:
        raise Http404
    if request.method != "POST":
        context = {"comment": comment, "back_url": _back(request, comment)}
        return render(request, "comments/_remove_form.html" if request.htmx else "comments/comment_remove.html", context)
    try:
        removed = services.remove(comment, by=viewer)
    except StaleDecision:
        removed = comment
    return _lead_back(request, removed)


def _lead_back(request: HttpRequest, comment: ThreadComment) -> HttpResponse:
    """To the line that stands where the comment stood, else to its discussion, for those who still read it."""
    if not access.is_readable(request, comment.discussion):
        return HttpResponseClientRedirect("/") if request.htmx else redirect("/")
    notice = Notice(gettext("Your comment is removed."))
    anchor = f"c{comment.pk}" if comment.shown else "commentaires"
    return lead_to(request, comment.discussion, comment.discussion.target, notice, after=key_of_page_with(comment), anchor=anchor)


def _back(request: HttpRequest, comment: ThreadComment) -> str:
    """Where the comment stands, for those who still read its discussion."""
    if not access.is_readable(request, comment.discussion):
        return "/"
    return address_of(comment) if comment.shown else comment.discussion.get_absolute_url()
