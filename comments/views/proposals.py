"""A comment of a space that somebody would like to see under an article: the wish, and its author's answer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comments import access, rate_limit, services
from comments.contribution_forms import ProposalForm
from comments.models import Contribution, Discussion, PublicProposal, ThreadComment
from comments.origins import origin_of
from comments.permissions import can_see_discussion
from comments.services import Refused, StaleProposal
from comments.states import Moderation, Status
from comments.voices import ProposalState
from networks.files import serve
from networks.models import Topic
from networks.permissions import is_member


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the article; one's own comment is posted there at once, anybody else's once its author agrees."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    comment = _proposable(request, pk)
    own = comment.user_id == request.user.pk
    form = ProposalForm(request.POST or None, user=request.user, own=own, initial={"discussion": _about(comment)})
    wait = rate_limit.seconds_to_wait(request, "propose") if request.method == "POST" else 0
    if wait and form.is_valid():
        form.add_error(None, rate_limit.please_wait(wait))
    elif request.method == "POST" and form.is_valid():
        words = form.cleaned_data.get("words", "")
        try:
            made = services.propose(comment, to=form.cleaned_data["discussion"], by=request.user, words=words, origin=origin_of(request))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _after(request, made, own=own)
    context = {"comment": comment, "form": form, "own": own, "back_url": comment.get_absolute_url()}
    return render(request, "comments/proposals/propose.html", context, status=422 if form.is_bound else 200)


def _about(comment: ThreadComment) -> Discussion | None:
    """The discussion of the chapter that the comment's topic is about, where it has one."""
    chapter = comment.discussion.target.chapter if isinstance(comment.discussion.target, Topic) else None
    return Discussion.objects.for_target(chapter.specific).first() if chapter else None


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What would appear, under which name and where: the author of the comment says yes or no."""
    related = ("comment__user", "comment__discussion__network", "discussion__network", "proposed_by", "posted")
    asked = get_object_or_404(PublicProposal.objects.for_author(request.user).select_related(*related), pk=pk)
    if request.method != "POST":
        return _consent_page(request, asked)
    try:
        if request.POST.get("answer") == "accept":
            services.accept(asked, by=request.user, seen=request.POST.get("seen", ""), origin=origin_of(request))
        elif request.POST.get("answer") == "decline":
            services.decline(asked, by=request.user)
    except StaleProposal as stale:
        asked.comment.refresh_from_db()
        return _consent_page(request, asked, refusal=str(stale), status=409)
    except Refused as refusal:
        asked.refresh_from_db()
        return _consent_page(request, asked, refusal=str(refusal), status=409)
    return redirect(asked)


@require_POST
@login_required
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a wish back, from the list in the space."""
    own = PublicProposal.objects.filter(proposed_by=request.user).select_related("comment__discussion__network")
    made = get_object_or_404(own, pk=pk)
    try:
        services.withdraw_proposal(made, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The proposal is withdrawn."))
    network = made.comment.discussion.network
    return redirect("contributions:list", network.slug) if network else redirect("/")


@require_safe
def contribution_file(request: HttpRequest, pk: int) -> FileResponse:
    """The file of a workshop whose words stand under an article, for whoever reads them there."""
    comment = access.readable_comment(request, pk)
    told = Contribution.objects.filter(comment=comment).first() if comment.status == Status.PUBLISHED else None
    if told is None or not told.file:
        raise Http404
    return serve(told.file, told.file_name)


def _proposable(request: HttpRequest, pk: int) -> ThreadComment:
    """A published comment of a topic, for members of its network; raises Http404 for anything else."""
    comment = access.readable_comment(request, pk)
    topic: Any = comment.discussion.target
    if (
        comment.status != Status.PUBLISHED
        or comment.user_id is None
        or not isinstance(topic, Topic)
        or not is_member(request.user, topic.network)
    ):
        raise Http404
    return comment


def _after(request: HttpRequest, made: PublicProposal, *, own: bool) -> HttpResponse:
    if own and made.posted is not None:
        waits = made.posted.status != Status.PUBLISHED
        messages.success(
            request, _("Your comment waits for the moderators of the article.") if waits else _("Your comment stands under the article.")
        )
    else:
        messages.success(request, _("Its author is asked by mail. Nothing of it is shown to others before they agree."))
    return redirect(made.comment)


def _consent_page(request: HttpRequest, asked: PublicProposal, *, refusal: str = "", status: int = 200) -> HttpResponse:
    waits = asked.standing == ProposalState.WAITING
    obstacle = services.why_not_accept(asked) if waits else ""
    readable = access.is_readable(request, asked.discussion)
    context = {
        "proposal": asked,
        "comment": asked.comment,
        "refusal": refusal if refusal != obstacle else "",
        "obstacle": obstacle,
        "waits": waits,
        "article": asked.discussion if readable else None,
        "is_public": can_see_discussion(AnonymousUser(), asked.discussion),
        "read_first": asked.discussion.moderation == Moderation.BEFORE,
        "topic_url": asked.comment.get_absolute_url() if access.is_readable(request, asked.comment.discussion) else "",
    }
    return render(request, "comments/proposals/consent.html", context, status=status)
