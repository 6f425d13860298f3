"""The page behind an invitation: who invites to what, and one button to come in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from networks import invitation_tokens, services
from networks.models import Invitation, InvitationLink
from networks.permissions import Standing, standing_of
from networks.services import NoLongerOpen, Refused
from networks.states import Role


@method_decorator(never_cache, name="dispatch")
class InvitationView(TemplateView):
    """An invitation, to whoever holds its link; following it changes nothing, its button lets in whom it is for."""

    template_name = "networks/invitation.html"
    offer: Invitation | InvitationLink
    standing: Standing

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find what the link names; one that lets nobody in any more names nothing."""
        offer = invitation_tokens.find(kwargs["token"])
        if offer is None:
            raise Http404
        self.offer = offer
        self.standing = standing_of(request.user, offer.network)
        response = self._already_inside() or (super().dispatch(request, *args, **kwargs) if offer.is_open else self._over())
        response["X-Robots-Tag"] = "noindex"
        return response

    def _already_inside(self) -> HttpResponse | None:
        """The place itself, for who is in it and is offered nothing more."""
        if self.standing.is_member and (self.offer.role == Role.MEMBER or not self.offer.is_open):
            return redirect(self.offer.topic or self.offer.network)
        if self.offer.topic and self.offer.topic.pk in self.standing.guest_topics:
            return redirect(self.offer.topic)
        return None

    def _over(self) -> HttpResponse:
        return render(self.request, "networks/invitation_over.html", {"path": self.request.path}, status=410)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is offered, by whom, and whether to the person who reads."""
        inviter = self.offer.invited_by if isinstance(self.offer, Invitation) else self.offer.created_by
        return super().get_context_data(
            network=self.offer.network,
            offer=self.offer,
            role=Role(self.offer.role),
            inviter=inviter,
            message=getattr(self.offer, "message", ""),
            is_for_reader=self._is_for_reader(),
            **kwargs,
        )

    def _is_for_reader(self) -> bool:
        user = self.request.user
        return user.is_authenticated and (isinstance(self.offer, InvitationLink) or services.is_addressed_to(user, self.offer))

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Come in, or read why not."""
        if not request.user.is_authenticated:
            return redirect(request.path)
        try:
            self._enter()
        except NoLongerOpen:
            return self._over()
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(refusal=str(refusal)), status=403)
        messages.success(request, self._welcome())
        return redirect(self.offer.topic or self.offer.network)

    def _enter(self) -> None:
        if isinstance(self.offer, InvitationLink):
            services.use_link(self.offer, by=self.request.user)
        else:
            services.accept_invitation(self.offer, by=self.request.user)

    def _welcome(self) -> str:
        if self.offer.topic:
            return _("Welcome: this is the topic you are invited to. What you write below is read by all who take part in it.")
        return _("Welcome: you are in. Start with a topic, or open one.")
