"""The list of networks, and a space."""

from typing import Any

from django.views.generic import TemplateView
from wagtail.models import Page

from networks.chapters import readable_pages
from networks.models import AgendaDate, JoinRequest, Membership, Network, SpaceDocument, Topic
from networks.states import TopicState
from networks.views.filters import TopicFilter, choices_in
from networks.views.inside import InsideSpace, page_key

TOPICS_PER_PAGE = 20
DATES_BESIDE = 3
DOCUMENTS_BESIDE = 5


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
        key, asked = page_key(self.request), TopicFilter.of(self.request.GET)
        reads = self.standing.can_read or self.standing.guest_topics
        pinned, topics, next_key = self._topics(key, asked) if reads else ([], [], None)
        return super().get_context_data(
            after=key,
            asked=asked,
            choices=choices_in(self.standing.network, self.request.user) if self.standing.can_read else None,
            states=TopicState.choices,
            pinned=pinned,
            topics=topics,
            listed=[*pinned, *topics],
            next_key=next_key,
            join_request=self._join_request(),
            documents=SpaceDocument.objects.readable_with(self.standing).select_related("network").following(None)[:DOCUMENTS_BESIDE],
            dates=self._dates(),
            links=self.standing.network.links.all(),
            page=self._page(),
            **kwargs,
        )

    def _page(self) -> Page | None:
        """The page that says more about the network, where the person may read it."""
        page = self.standing.network.page
        return page and readable_pages(page.specific_class or Page, self.request.user).filter(pk=page.pk).first()

    def _dates(self) -> list[AgendaDate]:
        return list(self.standing.network.dates.upcoming()[:DATES_BESIDE]) if self.standing.can_read else []

    def _topics(self, key: int | None, asked: TopicFilter) -> tuple[list[Topic], list[Topic], int | None]:
        user = self.request.user
        every = asked.applied_to(Topic.objects.visible_to(user).filter(network=self.standing.network), user).listed()
        pinned = list(every.filter(pinned=True).newest_first()) if key is None else []
        found = list(every.filter(pinned=False).newest_first().before(key)[: TOPICS_PER_PAGE + 1])
        topics = found[:TOPICS_PER_PAGE]
        return pinned, topics, topics[-1].pk if len(found) > TOPICS_PER_PAGE else None

    def _join_request(self) -> JoinRequest | None:
        if not self.standing.can_ask_to_join:
            return None
        return JoinRequest.objects.latest_of(self.request.user, self.standing.network)
