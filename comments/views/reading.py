"""The permanent address of a comment."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from comments import access
from comments.guests import viewer_of
from comments.models import ThreadComment
from comments.permissions import is_author
from comments.reading import key_of_page_with
from comments.section import page_url
from comments.states import ONCE_PUBLIC, WAITING


@require_safe
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the comment in its discussion, or to its place and a sentence where it was public and is no more."""
    comment = access.readable_comment(request, pk)
    if comment.status in ONCE_PUBLIC or comment.shown or _is_own_waiting(request, comment):
        return redirect(address_of(comment))
    raise Http404


def address_of(comment: ThreadComment) -> str:
    """The comment's place: the right page of its discussion, at its anchor; a page that shows it no more is told what is sought."""
    is_gone = not comment.shown and comment.status in ONCE_PUBLIC
    target_url = comment.discussion.kind.url(comment.discussion.target)
    page = page_url(target_url, after=key_of_page_with(comment), sought=comment.pk if is_gone else None)
    return f"{page}#c{comment.pk}"


def _is_own_waiting(request: HttpRequest, comment: ThreadComment) -> bool:
    return comment.status in WAITING and is_author(viewer_of(request), comment)
