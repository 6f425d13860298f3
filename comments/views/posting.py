"""Writing a comment: the form's own page, its preview, and what follows a comment that was stored."""

import logging
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django_comments.signals import comment_was_posted

from comments import access, guests, rate_limit, section, services
from comments.drafts import draft_of
from comments.forms import CommentForm
from comments.models import Discussion, ThreadComment
from comments.origins import origin_of
from comments.quoting import quote_of
from comments.reading import key_of_page_with
from comments.section import Notice
from comments.services import Posted, Refused
from comments.states import Mode, Status
from comments.views.landing import lead_to
from comments.views.queueing import one_post_at_a_time
from comments.views.tokens import visitors_need_no_token
from networks.keys import key_in
from networks.markup import render as render_markup

logger = logging.getLogger(__name__)


@one_post_at_a_time
@never_cache
@visitors_need_no_token
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """The form on a page of its own, and where every form of the discussion goes."""
    discussion = access.readable_discussion(request, pk)
    if request.method == "POST":
        return _post(request, discussion, discussion.target)
    answered = _answered(discussion, request.GET.get("reply_to", ""))
    return _form_page(request, discussion, discussion.target, answered=answered)


@one_post_at_a_time
@never_cache
@visitors_need_no_token
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """The first comment of a target that has no discussion yet; the form names the target, and signs what it names."""
    target = access.readable_target(request, request.POST.get("content_type", ""), request.POST.get("object_pk", ""))
    discussion = access.discussion_shown(target)
    if discussion.mode == Mode.HIDDEN:
        raise Http404
    form = section.comment_form(request, discussion, target, data=request.POST)
    if discussion.pk is None and not form.security_errors():
        discussion = services.discussion_of(target)
    return _post(request, discussion, target)


@never_cache
@visitors_need_no_token
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The form again, with what is written shown as it will read, or with a quote of what it answers added to it."""
    discussion = access.readable_discussion(request, pk)
    if request.method != "POST":
        return redirect("comments:post", pk=pk)
    answered = _answered(discussion, request.POST.get("reply_to", ""))
    form = section.comment_form(request, discussion, discussion.target, data=request.POST, answered=answered)
    html = ""
    if answered and "quote" in request.POST:
        form.add_quote(quote_of(answered))
    elif not form.has_error("comment"):
        html = render_markup(form.cleaned_data["comment"])
    if form.security_errors():
        form.renew(answered)
    for name in set(form.errors) - {"comment"}:
        del form.errors[name]
    return _form_page(request, discussion, discussion.target, form=form, answered=answered, preview=html)


def _post(request: HttpRequest, discussion: Discussion, target: Model) -> HttpResponse:
    form = section.comment_form(request, discussion, target, data=request.POST)
    status = 422
    if not section.why_not_post(request.user, discussion) and form.is_valid():
        if wait := rate_limit.seconds_to_wait(request, "post"):
            form.add_error(None, rate_limit.please_wait(wait))
            status = 429
        else:
            try:
                posted = services.post(
                    discussion,
                    author=form.author(),
                    text=form.cleaned_data["comment"],
                    parent_id=form.cleaned_data["reply_to"],
                    origin=origin_of(request),
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return _answer_author(request, form, posted, target)
    answered = _answered(discussion, request.POST.get("reply_to", ""))
    form.renew(answered)
    return _form_page(request, discussion, target, form=form, answered=answered, status=status)


def _answered(discussion: Discussion, key: str) -> ThreadComment | None:
    """The published comment of the discussion that is answered; none for anything else."""
    asked = key_in(key)
    if discussion.pk is None or asked is None:
        return None
    published = ThreadComment.objects.filter(discussion=discussion, status=Status.PUBLISHED)
    return published.filter(pk=asked).select_related("user", "network").first()


def _form_page(
    request: HttpRequest,
    discussion: Discussion,
    target: Model,
    *,
    form: CommentForm | None = None,
    answered: ThreadComment | None = None,
    preview: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form and what it answers: a page of its own, or the form alone where htmx asks for it."""
    context: dict[str, Any] = {
        "discussion": discussion,
        "target_url": discussion.kind.url(target),
        "charter_url": section.charter_url(discussion),
        "preview": preview,
        **section.form_context(request, discussion, target, form=form, answered=answered),
    }
    if request.htmx:
        return render(request, "comments/_form.html", {**context, "in_place": True})
    return render(request, "comments/comment_form.html", context, status=status)


def _answer_author(request: HttpRequest, form: CommentForm, posted: Posted, target: Model) -> HttpResponse:
    """Answer, and let the browser of a remembered guest go on remembering."""
    draft = draft_of(posted.comment.discussion, form.cleaned_data["reply_to"])
    if not form.guest:
        return _answer(request, posted, target, draft=draft)
    guest_pass = form.guest.guest_pass
    prolonged = services.use_guest_pass(guest_pass, name=form.cleaned_data["name"])
    response = _answer(request, posted, target, draft=draft)
    if prolonged:
        guests.remember(request, response, guest_pass)
    return response


def _answer(request: HttpRequest, posted: Posted, target: Model, *, draft: str) -> HttpResponse:
    """Lead to the comment in its place, and say what becomes of it."""
    comment = posted.comment
    if posted.created:
        _tell_other_apps(request, comment)
    waits_for_email = comment.status == Status.AWAITING_EMAIL
    notice = Notice(_what_follows(comment), comment_id=comment.pk, stored=draft, waits_for_link=waits_for_email)
    after = "" if waits_for_email else key_of_page_with(comment)
    anchor = "commentaires" if waits_for_email else f"c{comment.pk}"
    return lead_to(request, comment.discussion, target, notice, after=after, anchor=anchor)


def _tell_other_apps(request: HttpRequest, comment: ThreadComment) -> None:
    """Send django-contrib-comments' signal, for what other packages hang on it; their failures are theirs alone."""
    for receiver, outcome in comment_was_posted.send_robust(sender=ThreadComment, comment=comment, request=request):
        if isinstance(outcome, Exception):
            logger.error("%s failed on comment_was_posted", receiver, exc_info=outcome)


def _what_follows(comment: ThreadComment) -> str:
    sentences = {
        Status.AWAITING_EMAIL: gettext(
            "Thank you, your comment is kept. One step is left: follow the link we have just sent to %(email)s. It holds for 24 hours."
        )
        % {"email": comment.user_email},
        Status.PENDING: gettext("Thank you. Your comment will be published once a moderator has read it; until then only you see it."),
        Status.PUBLISHED: gettext("Thank you. Your comment is published."),
    }
    return sentences.get(Status(comment.status), gettext("Thank you. Your comment was received."))
