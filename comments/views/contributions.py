"""What a network brings to articles: the pages of its space where that is written, validated and found again."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View

from comments import rate_limit, services
from comments.contribution_forms import ActForm, ContributionForm
from comments.models import Contribution, Discussion, PublicProposal, Statement
from comments.origins import origin_of
from comments.services import Refused, StaleContribution
from comments.spoken import describe
from comments.statement_links import path_of
from comments.states import Status
from comments.voices import ContributionAct, ContributionState
from networks.files import serve
from networks.keys import key_in
from networks.views.inside import InsideSpace, page_key

PAGE_SIZE = 30

_DONE = {
    "submit": gettext_lazy("Your contribution is with the facilitators. You will be told by mail."),
    "send_back": gettext_lazy("The contribution is sent back to its author, with your words."),
    "withdraw": gettext_lazy("The contribution is withdrawn."),
}


class ContributionListView(InsideSpace, TemplateView):
    """The contributions that a person reads in this space, the newest first, and the comments they proposed for a public page."""

    needs = "can_see_members"
    section = "contributions"
    template_name = "comments/contributions/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of them; the articles' titles only of those that the person reads."""
        after, user = page_key(self.request), self.request.user
        shown = Contribution.objects.shown_in(self.standing).newest_first()
        found = list(shown.before(after).select_related("discussion", "author", "comment")[: PAGE_SIZE + 1])
        listed = found[:PAGE_SIZE]
        proposals = [] if after else list(PublicProposal.objects.made_in(self.standing).select_related("discussion", "comment")[:PAGE_SIZE])
        wanted = {each.discussion_id for each in [*listed, *proposals]}
        readable = set(Discussion.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True))
        return super().get_context_data(
            listed=listed,
            readable=readable,
            proposals=proposals,
            after=after,
            next_key=listed[-1].pk if len(found) > PAGE_SIZE else None,
            obstacle=services.why_not_speak(self.standing.network, None, user) if self.standing.is_member else "",
            **kwargs,
        )


class NewContributionView(InsideSpace, FormView):
    """A new contribution."""

    needs = "is_member"
    section = "contributions"
    form_class = ContributionForm
    template_name = "comments/contributions/form.html"

    def get_initial(self) -> dict[str, Any]:
        """The article that the person comes from."""
        return {**super().get_initial(), "discussion": key_in(self.request.GET.get("sur", ""))}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Why there is no form, where there is none."""
        return super().get_context_data(obstacle=services.why_not_speak(self.standing.network, None, self.request.user), **kwargs)

    def form_valid(self, form: ContributionForm) -> HttpResponse:
        """Keep it; hand it to the facilitators where that is asked for."""
        if _comes_too_soon(self.request, form):
            return self.form_invalid(form)
        try:
            contribution = services.draft(self.standing.network, by=self.request.user, told=form.told())
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return _kept(self.request, contribution)

    def form_invalid(self, form: ContributionForm) -> HttpResponse:
        """The form again, with what was typed."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class _OneContribution(InsideSpace):
    """Something about one contribution of the space."""

    needs = "can_see_members"
    section = "contributions"
    contribution: Contribution

    def fetch(self) -> None:
        """Raise Http404 for what is not shown to this person."""
        shown = Contribution.objects.shown_in(self.standing).select_related(
            "discussion__network", "author", "decided_by", "comment__discussion"
        )
        self.contribution = get_object_or_404(shown, pk=self.kwargs["pk"])
        self.contribution.network = self.standing.network

    def allowed(self) -> set[str]:
        """What this person may do to it."""
        return {str(act) for act in ContributionAct if self.contribution.allows(act, self.standing)}


class ContributionView(_OneContribution, TemplateView):
    """A contribution as it stands: what it says, where it waits, what may be done."""

    template_name = "comments/contributions/one.html"

    def get_context_data(self, *, form: ActForm | None = None, **kwargs: Any) -> dict[str, Any]:
        """The acts that are this person's; for what is posted, what became of it under the article."""
        contribution, user = self.contribution, self.request.user
        allowed = self.allowed()
        is_own = contribution.author_id == user.pk
        waits_for_another = "validate" in allowed and is_own and services.has_other_facilitator(self.standing.network, user)
        obstacle = services.why_not_speak(self.standing.network, contribution.discussion, user) if allowed & {"submit", "validate"} else ""
        return super().get_context_data(
            contribution=contribution,
            article=self._article(),
            spoken=describe(contribution),
            allowed=allowed - {"validate"} if waits_for_another else allowed,
            waits_for_another=waits_for_another,
            is_own=is_own,
            obstacle=obstacle,
            form=form or ActForm(auto_id="decision-%s"),
            **self._fate(),
            **kwargs,
        )

    def _article(self) -> Discussion | None:
        """The discussion it is for, to those who read the article."""
        return (
            Discussion.objects.visible_to(self.request.user)
            .filter(pk=self.contribution.discussion_id)
            .select_related("content_type")
            .first()
        )

    def _fate(self) -> dict[str, Any]:
        """What became of its comment; the reasons of a restriction for those who answer for it."""
        comment = self.contribution.comment
        if comment is None or self.contribution.state != ContributionState.PUBLISHED:
            return {"fate": ""}
        statement = Statement.objects.in_effect_on(comment).select_related("reason").order_by("-pk").first()
        answers = self.standing.can_run or (self.standing.is_member and self.contribution.author_id == self.request.user.pk)
        told = statement if answers and comment.status != Status.PUBLISHED else None
        return {"fate": comment.status, "comment": comment, "statement": told, "statement_url": path_of(told) if told else ""}


class RewriteContributionView(_OneContribution, FormView):
    """The words of a contribution, rewritten by its author."""

    form_class = ContributionForm
    template_name = "comments/contributions/form.html"

    def fetch(self) -> None:
        """Let its author in, while it can be rewritten."""
        super().fetch()
        if not self.contribution.allows(ContributionAct.REWRITE, self.standing):
            raise Http404

    def get_initial(self) -> dict[str, Any]:
        """What stands now."""
        names = ("kind", "text", "held_on", "people", "place", "discussion")
        return {name: getattr(self.contribution, name) for name in names}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user, "contribution": self.contribution}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(contribution=self.contribution, seen=self.contribution.version, **kwargs)

    def form_valid(self, form: ContributionForm) -> HttpResponse:
        """Keep the new words, or say at the form why they are refused."""
        if _comes_too_soon(self.request, form):
            return self.form_invalid(form)
        seen = key_in(self.request.POST.get("seen", "")) or 0
        try:
            contribution = services.rewrite(self.contribution, by=self.request.user, told=form.told(), seen=seen)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return _kept(self.request, contribution)

    def form_invalid(self, form: ContributionForm) -> HttpResponse:
        """The form again, with what was typed."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ContributionActView(ContributionView):
    """Submitting, validating, sending back and withdrawing."""

    http_method_names = ["post", "options"]

    def fetch(self) -> None:
        """Let in who read it before, too: they are told what happened meanwhile, and nothing of what it says now."""
        once_read = Contribution.objects.filter(network=self.standing.network).exclude(submitted_at=None)
        found = once_read.select_related("network").filter(pk=self.kwargs["pk"]).first()
        if found is None or found.is_shown_to(self.standing):
            super().fetch()
        else:
            self.contribution = found

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Do what was asked to the version that was seen, or say why not; the words typed are kept."""
        form, is_shown = ActForm(request.POST, auto_id="decision-%s"), self.contribution.is_shown_to(self.standing)
        if not form.is_valid():
            if not is_shown:
                raise Http404
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            done = _do(request, self.contribution, form.cleaned_data)
        except StaleContribution as stale:
            messages.error(request, str(stale))
            return redirect(self.contribution) if stale.contribution.is_shown_to(self.standing) else redirect("contributions:list", slug)
        except Refused as refusal:
            if not is_shown:
                raise Http404 from None
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=422)
        done.network = self.standing.network
        return redirect(done) if done.is_shown_to(self.standing) else redirect("contributions:list", slug)


class ContributionFileView(_OneContribution, View):
    """A workshop's file, for those who read the contribution in the space."""

    def get(self, request: HttpRequest, slug: str, pk: int) -> FileResponse:
        """Hand it out; raises Http404 where there is none."""
        return serve(self.contribution.file, self.contribution.file_name)


def _comes_too_soon(request: HttpRequest, form: ContributionForm) -> bool:
    """Whether a person who writes must wait, for each text may end in mails to facilitators; the form says so."""
    wait = rate_limit.seconds_to_wait(request, "contribute")
    if wait:
        form.add_error(None, rate_limit.please_wait(wait))
    return bool(wait)


def _do(request: HttpRequest, contribution: Contribution, asked: dict[str, Any]) -> Contribution:
    act, seen, by = asked["act"], asked["seen"], request.user
    if act == "validate":
        done = services.validate(contribution, by=by, seen=seen, origin=origin_of(request))
        waits = done.comment is not None and done.comment.status != Status.PUBLISHED
        sentence = (
            _("It is validated, and waits for the moderators of the article.")
            if waits
            else _("It is validated and stands under the article.")
        )
        messages.success(request, sentence)
        return done
    if act == "submit":
        done = services.submit(contribution, by=by, seen=seen)
    elif act == "send_back":
        done = services.send_back(contribution, by=by, words=asked["words"], seen=seen)
    else:
        done = services.withdraw(contribution, by=by, seen=seen)
    messages.success(request, str(_DONE[act]))
    return done


def _kept(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """Say that the draft is kept, and submit it where that was asked for."""
    if contribution.state == ContributionState.DRAFT and "submit" not in request.POST:
        messages.success(request, _("Your draft is kept. Only you read it."))
    if contribution.state == ContributionState.SUBMITTED or "submit" not in request.POST:
        return redirect(contribution)
    try:
        services.submit(contribution, by=request.user, seen=contribution.version)
    except Refused as refusal:
        messages.error(request, _("Your draft is kept. %(why)s") % {"why": refusal})
    else:
        messages.success(request, str(_DONE["submit"]))
    return redirect(contribution)
