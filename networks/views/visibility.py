"""Whom a space is for: what a switch would show or hide, then the switch."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from networks import services
from networks.exposure import Exposure, exposure_of
from networks.presentation_forms import SwitchForm
from networks.services import LookedOtherwise
from networks.states import Visibility
from networks.views.inside import InsideSpace


class VisibilityView(InsideSpace, TemplateView):
    """The choice, what it would change (`?after=`), and the confirmation of exactly that."""

    needs = "can_switch_visibility"
    section = "visibility"
    template_name = "networks/visibility.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The choice, and what is asked for as it would happen now."""
        network = self.standing.network
        asked = SwitchForm(self.request.GET) if "after" in self.request.GET else SwitchForm(initial={"after": network.visibility})
        return super().get_context_data(form=asked, exposure=self._exposure(asked), **kwargs)

    def _exposure(self, asked: SwitchForm) -> Exposure | None:
        network = self.standing.network
        if not asked.is_bound or not asked.is_valid() or asked.cleaned_data["after"] == network.visibility:
            return None
        return exposure_of(network, Visibility(asked.cleaned_data["after"]))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Switch, if it does what the person saw; show it anew if not."""
        asked = SwitchForm(request.POST)
        if not asked.is_valid():
            messages.error(request, _("Choose one of the possibilities."))
            return self.to("visibility")
        after = Visibility(asked.cleaned_data["after"])
        network, seen = self.standing.network, request.POST.get("seen", "")
        try:
            services.set_visibility(network, after, by=request.user, seen=seen)
        except LookedOtherwise as refusal:
            messages.warning(request, str(refusal))
            return self.render_to_response(self.get_context_data() | {"form": asked, "exposure": self._exposure(asked)})
        messages.success(request, _("The space is now: %(visibility)s.") % {"visibility": after.label})
        return self.to("space")
