"""The list of networks, a space, and its presentation."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from networks import services
from networks.forms import PresentationForm
from networks.models import JoinRequest, Membership, Network, Topic
from networks.views.inside import InsideSpace, page_key

TOPICS_PER_PAGE = 20


class NetworkListView(TemplateView):
    """The networks somebody may know of, their own first."""

    template_name = "networks/network_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The networks in two lists, each with the person's role and the number of topics they may read."""
        user = self.request.user
        roles = {membership.network_id: membership.get_role_display() for membership in Membership.objects.of(user)}
        counts = Topic.objects.visible_to(user).count_by_network()
        networks = list(Network.objects.visible_to(user).with_logos())
        for network in networks:
            network.role_here, network.topic_count = roles.get(network.pk), counts.get(network.pk, 0)
        return super().get_context_data(
            own_networks=[network for network in networks if network.role_here],
            other_networks=[network for network in networks if not network.role_here],
            **kwargs,
        )


class SpaceView(InsideSpace, TemplateView):
    """A space: its presentation, and its topics for those who may read them."""

    template_name = "networks/space.html"
    section = "space"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of topics, the pinned ones above the first, and how the person's request to join stands."""
        key = page_key(self.request)
        reads = self.standing.can_read or self.standing.guest_topics
        pinned, topics, next_key = self._topics(key) if reads else ([], [], None)
        return super().get_context_data(
            after=key,
            pinned=pinned,
            topics=topics,
            listed=[*pinned, *topics],
            next_key=next_key,
            join_request=self._join_request(),
            **kwargs,
        )

    def _topics(self, key: int | None) -> tuple[list[Topic], list[Topic], int | None]:
        every = Topic.objects.visible_to(self.request.user).filter(network=self.standing.network).select_related("author", "network")
        pinned = list(every.filter(pinned=True).newest_first()) if key is None else []
        found = list(every.filter(pinned=False).newest_first().before(key)[: TOPICS_PER_PAGE + 1])
        topics = found[:TOPICS_PER_PAGE]
        return pinned, topics, topics[-1].pk if len(found) > TOPICS_PER_PAGE else None

    def _join_request(self) -> JoinRequest | None:
        if not self.standing.can_ask_to_join:
            return None
        return JoinRequest.objects.latest_of(self.request.user, self.standing.network)


class PresentationView(InsideSpace, FormView):
    """The presentation, rewritten by who runs the space."""

    needs = "can_edit_presentation"
    section = "presentation"
    form_class = PresentationForm
    template_name = "networks/presentation_form.html"

    def get_initial(self) -> dict[str, Any]:
        """What stands now."""
        return {name: getattr(self.standing.network, name) for name in services.PRESENTATION_FIELDS}

    def form_valid(self, form: PresentationForm) -> HttpResponse:
        """Keep what was decided."""
        self.attempt(
            lambda: services.save_presentation(self.standing.network, by=self.request.user, **form.cleaned_data),
            _("The presentation is saved."),
        )
        return self.to("space")
