"""The list of networks, and a space."""

from typing import Any

from django.views.generic import TemplateView
from wagtail.models import Page

from networks.chapters import readable_pages
from networks.models import AgendaDate, JoinRequest, Membership, Network, SpaceDocument, Topic
from networks.models.networks import NetworkQuerySet
from networks.services import MAX_PINNED
from networks.states import TopicState
from networks.views.filters import TopicFilter, choices_in
from networks.views.inside import InsideSpace, page_key

NETWORKS_PER_PAGE = 48
TOPICS_PER_PAGE = 20
DATES_BESIDE = 3
DOCUMENTS_BESIDE = 5


class NetworkListView(TemplateView):
    """The networks somebody may know of, their own first, or those that a word finds (`?q=`).

    Both lists have pages of their own: `?miens=` goes on with the first, `?after=` with the second.
    """

    template_name = "networks/network_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of each list, or the next page of one of them."""
        user, asked = self.request.user, self.request.GET
        word, own_after, others_after = (asked.get(name, "").replace("\x00", "")[:80] for name in ("q", "miens", "after"))
        known = Network.objects.visible_to(user).called(word).with_logos()
        own, others = known.joined_by(user), known.not_joined_by(user)
        own_networks, own_next = _page(own, own_after) if user.is_authenticated and not others_after else ([], "")
        other_networks, others_next = _page(others, others_after) if not own_after else ([], "")
        _tell(user, [*own_networks, *other_networks])
        return super().get_context_data(
            own_networks=own_networks,
            own_next=own_next,
            other_networks=other_networks,
            others_next=others_next,
            word=word,
            is_first=not own_after and not others_after,
            **kwargs,
        )


def _page(networks: NetworkQuerySet, after: str) -> tuple[list[Network], str]:
    """A page of networks, in the order of their addresses, and from which address the next one goes on."""
    found = list(networks.filter(slug__gt=after).order_by("slug")[: NETWORKS_PER_PAGE + 1])
    shown = found[:NETWORKS_PER_PAGE]
    return shown, shown[-1].slug if len(found) > NETWORKS_PER_PAGE else ""


def _tell(user: Any, networks: list[Network]) -> None:
    """Let each network know the person's role in it, and the number of topics they may read there."""
    keys = [network.pk for network in networks]
    roles = {membership.network_id: membership.get_role_display() for membership in Membership.objects.of(user).filter(network__in=keys)}
    counts = Topic.objects.visible_to(user).filter(network__in=keys).count_by_network()
    for network in networks:
        network.role_here, network.topic_count = roles.get(network.pk), counts.get(network.pk, 0)


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
            choices=choices_in(self.standing.network, self.request.user, asked) if self.standing.can_read else None,
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
        if key is None:
            listed = list(every.order_by("-pinned", "-pk")[: MAX_PINNED + TOPICS_PER_PAGE + 1])
        else:
            listed = list(every.filter(pinned=False).newest_first().before(key)[: TOPICS_PER_PAGE + 1])
        pinned, found = [topic for topic in listed if topic.pinned], [topic for topic in listed if not topic.pinned]
        topics = found[:TOPICS_PER_PAGE]
        return pinned, topics, topics[-1].pk if len(found) > TOPICS_PER_PAGE else None

    def _join_request(self) -> JoinRequest | None:
        if not self.standing.can_ask_to_join:
            return None
        return JoinRequest.objects.latest_of(self.request.user, self.standing.network)
