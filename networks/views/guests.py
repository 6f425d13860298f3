"""The guests of a topic; for those who run the space."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from networks import services
from networks.accounts import name_of
from networks.doors import guest_in, topic_in
from networks.invitation_forms import GuestForm
from networks.models import Topic, TopicGuest
from networks.services import Offered, Refused
from networks.views.inside import InsideSpace

GUESTS_SHOWN = 200
WAITING_SHOWN = 50


class GuestListView(InsideSpace, FormView):
    """Who is a guest of a topic, who is invited, and one more."""

    needs = "can_manage_members"
    section = "topics"
    form_class = GuestForm
    template_name = "networks/guest_list.html"
    topic: Topic

    def fetch(self) -> None:
        self.topic = topic_in(self.standing, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The guests in the order they came, and the invitations that nobody answered yet."""
        guests = self.topic.guests.select_related("user").order_by("pk")[:GUESTS_SHOWN]
        waiting = self.topic.invitations.unanswered().older_than(None)[:WAITING_SHOWN]
        return super().get_context_data(topic=self.topic, guests=guests, waiting=waiting, **kwargs)

    def form_valid(self, form: GuestForm) -> HttpResponse:
        """Invite, or say at the address why not."""
        given = form.cleaned_data
        offered = Offered(self.topic, given["message"], given["language"], given["lasts"])
        try:
            services.invite(self.standing.network, by=self.request.user, email=given["email"], offered=offered)
        except Refused as refusal:
            form.add_error("email", str(refusal))
            return self.form_invalid(form)
        self.say(_("An invitation is on its way to %(email)s.") % {"email": given["email"]})
        return redirect(self.request.path)


class EndVisitView(InsideSpace, View):
    """A guest's visit, ended."""

    needs = "can_manage_members"
    guest: TopicGuest

    def fetch(self) -> None:
        topic = topic_in(self.standing, self.kwargs["pk"])
        self.guest = guest_in(self.standing, topic, self.kwargs["guest"])

    def post(self, request: HttpRequest, slug: str, pk: int, guest: int) -> HttpResponse:
        """End it; what the guest wrote stays."""
        done = _("%(name)s is no longer a guest of this topic.") % {"name": name_of(self.guest.user)}
        self.attempt(lambda: services.end_visit(self.guest, by=request.user), done)
        return redirect("networks:guests", slug, pk)
