"""The permanent address of a comment."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from comments import access
from comments.guests import viewer_of
from comments.models import ThreadComment
from comments.permissions import is_author
from comments.reading import key_of_page_with
from comments.states import Status


@require_safe
def permalink(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead to the comment in its discussion; where it was public and is no more, say so."""
    comment = access.readable_comment(request, pk)
    if comment.shown or _is_own_pending(request, comment):
        return redirect(address_of(comment))
    if comment.status in {Status.HIDDEN, Status.REMOVED}:
        context = {"discussion": comment.discussion, "target_url": comment.discussion.get_absolute_url()}
        return render(request, "comments/comment_gone.html", context, status=404)
    raise Http404


def address_of(comment: ThreadComment) -> str:
    """The comment's place: the right page of its discussion, at its anchor."""
    after = key_of_page_with(comment)
    target = comment.discussion.kind.url(comment.discussion.target)
    return f"{target}{f'?after={after}' if after else ''}#c{comment.pk}"


def _is_own_pending(request: HttpRequest, comment: ThreadComment) -> bool:
    return comment.status == Status.PENDING and is_author(viewer_of(request), comment)
