"""Inviting people, by mail and by links; for those who run the space."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import FormView, TemplateView, View

from networks import services
from networks.doors import invitation_in, link_in
from networks.invitation_forms import InviteForm, InviteListForm, LinkForm
from networks.invitation_lists import TO_CORRECT, Line, with_outcomes
from networks.invitation_tokens import path_of
from networks.models import Invitation, InvitationLink
from networks.services import Offered, Refused
from networks.states import InviteOutcome, Role
from networks.views.inside import InsideSpace, page_key

INVITATIONS_PER_PAGE = 50
LINKS_SHOWN = 50


class Inviting(InsideSpace):
    """A page from which people are invited."""

    needs = "can_manage_members"
    section = "people"
    people_page = "invitations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which page of those about the members it is."""
        return super().get_context_data(people_page=self.people_page, **kwargs)


class InviteView(Inviting, FormView):
    """An invitation to one address."""

    form_class = InviteForm
    template_name = "networks/invite.html"

    def form_valid(self, form: InviteForm) -> HttpResponse:
        """Invite, or say at the address why not."""
        given = form.cleaned_data
        offered = Offered(message=given["message"], language=given["language"], lasts=given["lasts"])
        try:
            services.invite(self.standing.network, by=self.request.user, email=given["email"], role=Role(given["role"]), offered=offered)
        except Refused as refusal:
            form.add_error("email", str(refusal))
            return self.form_invalid(form)
        self.say(_("An invitation is on its way to %(email)s.") % {"email": given["email"]})
        return self.to("invitations")


class InviteListView(Inviting, FormView):
    """Invitations to a list of people, and what became of each line."""

    form_class = InviteListForm
    template_name = "networks/invite_list.html"

    def form_valid(self, form: InviteListForm) -> HttpResponse:
        """Invite whom the list names, and report; sent once more, the same list writes to nobody again."""
        lines = form.read()
        offered = Offered(message=form.cleaned_data["message"], language=form.cleaned_data["language"])
        people = [(line.email, line.role) for line in lines if line.outcome is None]
        try:
            invited = services.invite_all(self.standing.network, people, by=self.request.user, offered=offered)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        report = with_outcomes(lines, invited)
        return self.render_to_response(self.get_context_data(form=self._form_again(form, report), report=report, **_summary(report)))

    def _form_again(self, form: InviteListForm, report: list[Line]) -> InviteListForm:
        """The form with the lines that were not understood, to be put right."""
        kept = "\n".join(line.text for line in report if line.outcome in TO_CORRECT)
        return InviteListForm(initial={**form.cleaned_data, "file": None, "lines": kept})


def _summary(report: list[Line]) -> dict[str, Any]:
    sent = sum(line.outcome in {InviteOutcome.INVITED, InviteOutcome.SENT_AGAIN} for line in report)
    sentence = ngettext("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", sent) % {"count": sent}
    return {
        "summary": sentence if sent else _("Nobody was written to."),
        "sent_count": sent,
        "has_kept": any(line.outcome in TO_CORRECT for line in report),
    }


class InvitationListView(Inviting, TemplateView):
    """The invitations that nobody answered yet, and the links."""

    template_name = "networks/invitation_list.html"

    def get_context_data(self, *, link_form: LinkForm | None = None, **kwargs: Any) -> dict[str, Any]:
        """A page of invitations, the newest first; above the first, the links with their addresses."""
        key = page_key(self.request)
        network = self.standing.network
        waiting = network.invitations.unanswered().select_related("topic", "invited_by")
        found = list(waiting.older_than(key)[: INVITATIONS_PER_PAGE + 1])
        shown = found[:INVITATIONS_PER_PAGE]
        return super().get_context_data(
            invitations=shown,
            next_key=shown[-1].pk if len(found) > INVITATIONS_PER_PAGE else None,
            after=key,
            links=[(link, self.request.build_absolute_uri(path_of(link))) for link in self._links()] if key is None else [],
            link_form=link_form or LinkForm(),
            **kwargs,
        )

    def _links(self) -> list[InvitationLink]:
        return list(self.standing.network.invitation_links.open().select_related("created_by").older_than(None)[:LINKS_SHOWN])


class NewLinkView(InvitationListView):
    """A new link."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Create the link; what was typed is kept where it cannot be."""
        form = LinkForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(link_form=form))
        self.attempt(
            lambda: services.create_link(self.standing.network, by=request.user, **form.cleaned_data),
            _("The link is ready: copy it from the list."),
        )
        return self.to("invitations")


class RevokeLinkView(Inviting, View):
    """A link, taken back."""

    link: InvitationLink

    def fetch(self) -> None:
        self.link = link_in(self.standing, self.kwargs["pk"])

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Take it back."""
        self.attempt(lambda: services.revoke_link(self.link, by=request.user), _("The link lets nobody in any more."))
        return self.to("invitations")


class _OneInvitation(Inviting, View):
    """Something done to one invitation that waits."""

    invitation: Invitation

    def fetch(self) -> None:
        self.invitation = invitation_in(self.standing, self.kwargs["pk"])


class ResendView(_OneInvitation):
    """An invitation, sent once more."""

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Send it again, and let it hold as long as a new one."""
        done = _("An invitation is on its way to %(email)s.") % {"email": self.invitation.email}
        self.attempt(lambda: services.resend_invitation(self.invitation, by=request.user), done)
        return self.to("invitations")


class RevokeView(_OneInvitation):
    """An invitation, taken back."""

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Take it back."""
        done = _("The invitation to %(email)s is taken back.") % {"email": self.invitation.email}
        self.attempt(lambda: services.revoke_invitation(self.invitation, by=request.user), done)
        return self.to("invitations")
