"""What an author reads of a decision about them: why, how to contest it, and where to find better words."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from comments import access, permissions, section, services
from comments.forms import CommentText, TypedText
from comments.guests import viewer_of
from comments.models import Restriction, Statement, ThreadComment
from comments.origins import origin_of
from comments.services import Refused
from comments.statement_links import path_of, place_of, read_token
from comments.states import Status
from networks.markup import render as render_markup


class AppealForm(forms.Form):
    """Why an author thinks that a decision is wrong."""

    text = TypedText(label=_("Why this decision is wrong, in your own words"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6}))


class RephraseForm(forms.Form):
    """Better words for a comment."""

    comment = CommentText()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, token: str) -> HttpResponse:
    """The decision and its reasons, for whoever holds the link that was mailed; POST contests it, or sends better words."""
    shown = read_token(token)
    if shown is None:
        return render(request, "comments/confirm_unknown.html", status=404)
    if request.method == "POST":
        return _rephrase(request, shown) if "comment" in request.POST else _contest(request, shown)
    return _page(request, shown)


@never_cache
@require_http_methods(["GET", "HEAD"])
def rephrase(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead an author from their comment to what a moderator asks of it."""
    own = ThreadComment.objects.written_by(viewer_of(request)).filter(pk=pk, status=Status.REPHRASING).first()
    asked = Statement.objects.in_effect_on(own).filter(restriction=Restriction.REPHRASE).order_by("-pk").first() if own else None
    if asked is None:
        raise Http404
    return redirect(path_of(asked))


def _contest(request: HttpRequest, shown: Statement) -> HttpResponse:
    form = AppealForm(request.POST)
    if form.is_valid():
        try:
            services.appeal(shown, text=form.cleaned_data["text"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(request.path)
    return _page(request, shown, appeal_form=form, status=422)


def _rephrase(request: HttpRequest, shown: Statement) -> HttpResponse:
    if shown.comment is None or not _waits_for_words(shown):
        return redirect(request.path)
    form = RephraseForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["comment"]
        if "preview" in request.POST:
            return _page(request, shown, words_form=form, preview=render_markup(text))
        try:
            services.rephrase(shown.comment, text=text, by=_author(request, shown.comment), origin=origin_of(request))
        except Refused as refusal:
            form.add_error("comment", str(refusal))
        else:
            return redirect(request.path)
    return _page(request, shown, words_form=form, status=422)


def _author(request: HttpRequest, comment: ThreadComment) -> Any:
    """The account that sends the words, for the history; None where the link alone says who it is."""
    return request.user if request.user.is_authenticated and permissions.is_author(request.user, comment) else None


def _waits_for_words(shown: Statement) -> bool:
    return (
        shown.restriction == Restriction.REPHRASE
        and shown.ended_at is None
        and shown.comment is not None
        and shown.comment.status == Status.REPHRASING
    )


def _page(
    request: HttpRequest,
    shown: Statement,
    *,
    appeal_form: AppealForm | None = None,
    words_form: RephraseForm | None = None,
    preview: str = "",
    status: int = 200,
) -> HttpResponse:
    appeal = getattr(shown, "appeal", None)
    obstacle = "" if appeal else services.why_no_appeal(shown)
    comment = shown.comment
    if words_form is None and comment and _waits_for_words(shown):
        words_form = RephraseForm(initial={"comment": comment.comment})
    context = {
        "statement": shown,
        "comment": comment,
        "place": place_of(shown),
        "appeal": appeal,
        "obstacle": obstacle,
        "appeal_form": None if appeal or obstacle else appeal_form or AppealForm(),
        "words_form": words_form,
        "preview": preview,
        "discussion": comment.discussion if comment and access.is_readable(request, comment.discussion) else None,
        "charter_url": section.charter_url(comment.discussion) if comment else "",
    }
    return render(request, "comments/statement.html", context, status=status)
