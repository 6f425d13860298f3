"""What every page inside a space does first: go through a door, and say kindly why it stays shut."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.generic import View
from django.views.generic.base import ContextMixin

from networks.doors import NotAdmitted, enter
from networks.keys import key_in
from networks.models import JoinRequest
from networks.permissions import Standing
from networks.services import Refused
from networks.states import RequestOutcome

_OF_MEMBERS = frozenset({"can_read", "can_see_members", "can_open_topic", "is_member"})
"""What opens the doors of all members; those of the others, but for one's own topics and leaving, are the facilitators'."""


class InsideSpace(ContextMixin, View):
    """A page inside a space; the door comes before everything else, the method asked included."""

    needs = "can_know"
    """The property of Standing that opens the door."""

    section = ""
    """The tab of the space that the page belongs to."""

    standing: Standing

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer through the door, or with the page that says why it stays shut; an act that came to be refused since is said why."""
        try:
            self.standing = enter(request.user, kwargs["slug"], needs=self.needs)
            self.fetch()
        except NotAdmitted as refusal:
            return not_admitted(request, refusal)
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return self.to("space")

    def fetch(self) -> None:
        """Fetch, through a door of its own, what else the page is about."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The space and where the person stands in it; for who runs it, how many requests wait."""
        standing = self.standing
        waiting = standing.network.join_requests.waiting().count() if standing.can_manage_members else 0
        return super().get_context_data(network=standing.network, standing=standing, section=self.section, waiting_count=waiting, **kwargs)

    def attempt(self, act: Callable[[], Any], done: str) -> None:
        """Do something and say that it is done, or say why the rules refuse it."""
        try:
            act()
        except Refused as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, done)

    def say(self, done: str) -> None:
        """Say on the next page that something is done."""
        messages.success(self.request, done)

    def to(self, name: str) -> HttpResponseRedirect:
        """A redirection to another page of the space."""
        return redirect(f"networks:{name}", self.standing.network.slug)


def not_admitted(request: HttpRequest, refusal: NotAdmitted) -> HttpResponse:
    """The page that says for whom the place is and how to get there; the same whether what was asked for exists or not."""
    standing, needs = refusal.standing, refusal.needs
    asked = JoinRequest.objects.latest_of(request.user, standing.network) if standing.can_ask_to_join else None
    context = {
        "network": standing.network,
        "standing": standing,
        "needs": needs,
        "is_for_members": needs in _OF_MEMBERS,
        "request_waits": asked is not None and asked.outcome == RequestOutcome.WAITING,
    }
    return render(request, "networks/not_admitted.html", context, status=403)


def page_key(request: HttpRequest) -> int | None:
    """The key a list continues from (`?after=`); None for the first page and for anything that is no key."""
    return key_in(request.GET.get("after", ""))
