"""Changing the words of one's own comment."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments import access, permissions, rate_limit, section, services
from comments.conf import setting
from comments.drafts import draft_of_edit
from comments.forms import EditForm
from comments.guests import viewer_of
from comments.models import ThreadComment
from comments.origins import origin_of
from comments.reading import key_of_page_with
from comments.section import Notice
from comments.services import Refused
from comments.views.landing import lead_to
from comments.views.reading import address_of
from networks.markup import render as render_markup


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form with a comment's words, for its author; what it sends is checked as a new comment is."""
    comment = access.readable_comment(request, pk)
    if not permissions.is_author(viewer_of(request), comment):
        raise Http404
    if request.method == "POST":
        return _change(request, comment, EditForm(comment, request.POST))
    return _page(request, comment, EditForm(comment))


def _change(request: HttpRequest, comment: ThreadComment, form: EditForm) -> HttpResponse:
    if not form.is_valid():
        return _page(request, comment, form, status=422)
    text = form.cleaned_data["comment"]
    if "preview" in request.POST:
        return _page(request, comment, form, preview=render_markup(text))
    if wait := rate_limit.seconds_to_wait(request, "edit"):
        form.add_error(None, rate_limit.please_wait(wait))
        return _page(request, comment, form, status=429)
    try:
        changed = services.edit(comment, by=viewer_of(request), text=text, origin=origin_of(request))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, comment, form, status=422)
    notice = Notice(gettext("Your comment is changed."), comment_id=changed.pk, stored=draft_of_edit(changed))
    return lead_to(request, comment.discussion, comment.discussion.target, notice, after=key_of_page_with(changed), anchor=f"c{changed.pk}")


def _page(request: HttpRequest, comment: ThreadComment, form: EditForm, *, preview: str = "", status: int = 200) -> HttpResponse:
    """The form, or why there is none any more and the text to copy; alone where htmx asks for it."""
    viewer, discussion = viewer_of(request), comment.discussion
    context: dict[str, Any] = {
        "comment": comment,
        "discussion": discussion,
        "form": form,
        "preview": preview,
        "can_edit": permissions.can_edit(viewer, comment),
        "minutes": setting("COMMENTS_EDIT_SECONDS") // 60,
        "draft": draft_of_edit(comment),
        "back_url": address_of(comment) if comment.shown else discussion.get_absolute_url(),
        "again_url": "" if section.why_not_post(viewer, discussion) else reverse("comments:preview", args=[discussion.pk]),
    }
    if request.htmx:
        return render(request, "comments/_edit_form.html", {**context, "in_place": True})
    return render(request, "comments/comment_edit.html", context, status=status)
