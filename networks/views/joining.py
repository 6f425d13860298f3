"""Asking to join a network, the facilitators' answer, and leaving."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView

from networks import services
from networks.accounts import name_of
from networks.forms import DecisionForm, JoinForm
from networks.models import JoinRequest
from networks.permissions import can_know
from networks.services import Refused
from networks.views.inside import InsideSpace

WAITING_SHOWN = 50
DECIDED_SHOWN = 20


_DECISIONS = {
    "accept": (services.accept, gettext_lazy("%(name)s is now a member.")),
    "refuse": (services.refuse, gettext_lazy("The request of %(name)s is refused.")),
}


class JoinView(InsideSpace, FormView):
    """The request to join, and where it stands."""

    section = "join"
    form_class = JoinForm
    template_name = "networks/join.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form to who may ask, the space to who is in it; a visitor signs in first."""
        return self._elsewhere() or super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask to join."""
        return self._elsewhere() or super().post(request, *args, **kwargs)

    def _elsewhere(self) -> HttpResponse | None:
        if not self.request.user.is_authenticated:
            return redirect_to_login(self.request.path)
        return self.to("space") if self.standing.is_member else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The latest request of this person, and from when they may ask again."""
        latest = JoinRequest.objects.latest_of(self.request.user, self.standing.network)
        return super().get_context_data(join_request=latest, again_at=services.may_ask_again_at(latest), **kwargs)

    def form_valid(self, form: JoinForm) -> HttpResponse:
        """Store the request, or say at the form why it is refused."""
        try:
            services.request_to_join(self.standing.network, by=self.request.user, message=form.cleaned_data["message"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, _("Your request is with the facilitators. You will read their answer here."))
        return self.to("space")


class RequestListView(InsideSpace, TemplateView):
    """The requests that wait for an answer, and those answered last."""

    needs = "can_manage_members"
    section = "requests"
    template_name = "networks/request_list.html"

    def get_context_data(self, *, answered: JoinRequest | None = None, form: DecisionForm | None = None, **kwargs: Any) -> dict[str, Any]:
        """The waiting requests, each with its form (`form` for the one being `answered`), and the latest answers."""
        requests = self.standing.network.join_requests.select_related("user", "decided_by")
        waiting = [
            (asked, form if asked == answered else DecisionForm(auto_id=f"id_{asked.pk}_%s"))
            for asked in requests.waiting()[:WAITING_SHOWN]
        ]
        return super().get_context_data(waiting=waiting, decided=requests.decided()[:DECIDED_SHOWN], **kwargs)


class DecideView(RequestListView):
    """The answer to one request."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, slug: str, pk: int) -> HttpResponse:
        """Accept or refuse; what was typed is kept when it cannot be taken."""
        join_request = get_object_or_404(self.standing.network.join_requests.select_related("user", "network"), pk=pk)
        form = DecisionForm(request.POST, auto_id=f"id_{pk}_%s")
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(answered=join_request, form=form))
        decide, done = _DECISIONS[form.cleaned_data["decision"]]
        name = name_of(join_request.user)
        self.attempt(lambda: decide(join_request, by=request.user, answer=form.cleaned_data["answer"]), done % {"name": name})
        return self.to("requests")


class LeaveView(InsideSpace, TemplateView):
    """Leaving a network, asked once before it is done."""

    needs = "can_leave"
    template_name = "networks/leave.html"

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """End one's own membership, or one's visits."""
        network = self.standing.network
        self.attempt(lambda: services.leave(network, by=request.user), _("You have left “%(network)s”.") % {"network": network})
        return self.to("space") if can_know(request.user, network) else redirect("networks:list")
