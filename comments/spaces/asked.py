"""What a consultation asks about and what came of it, as far as one person may know: the same few queries, whatever it holds."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Count, Q

from comments.models import Consultation, Discussion, ThreadComment
from comments.spaces.consulted import silent_networks
from comments.spaces.coverage import can_steer
from comments.states import Status
from comments.targets import registered_models, target_of
from networks.models import Network, Visibility
from networks.permissions import ties_of

MOST_NETWORKS = 50
"""How many networks of one person are named."""


@dataclass(frozen=True)
class Chapter:
    """A chapter, how much was published under it meanwhile, and by how many networks that the person may know."""

    discussion: Discussion
    said: int
    networks: int


@dataclass(frozen=True)
class OwnNetwork:
    """A network of the person, and whether something was said in its name."""

    network: Network
    has_spoken: bool


class Asked:
    """One consultation for one person."""

    def __init__(self, consultation: Consultation, user: Any) -> None:
        self.consultation = consultation
        self.user = user

    @property
    def chapters(self) -> list[Chapter]:
        """The chapters that the person reads, in the order of their titles."""
        found = Discussion.objects.visible_to(self.user).filter(pk__in=self.consultation.discussions.values("pk"))
        targets = [target_of(model).visible_to(model, self.user) for model in registered_models()]
        chapters = list(found.order_by("title", "pk").prefetch_related(GenericPrefetch("target", targets)))
        counted = self._counted([chapter.pk for chapter in chapters])
        return [Chapter(chapter, *counted.get(chapter.pk, (0, 0))) for chapter in chapters if chapter.target]

    def _counted(self, keys: list[int]) -> dict[int, tuple[int, int]]:
        said = ThreadComment.objects.filter(discussion__in=keys, status=Status.PUBLISHED).order_by()
        within = said.filter(submit_date__gte=self.consultation.opens_at, submit_date__lt=self.consultation.closes_at)
        known = Q(network__in=Network.objects.visible_to(self.user).values("pk"))
        rows = within.values_list("discussion").annotate(said=Count("pk"), networks=Count("network", distinct=True, filter=known))
        return {key: (said, networks) for key, said, networks in rows}

    @property
    def networks(self) -> list[OwnNetwork]:
        """The person's networks that can speak publicly, those that have not spoken first; asks nothing of who is in none."""
        ties = ties_of(self.user).memberships if self.user.is_authenticated else []
        mine = [tie.network_id for tie in ties if tie.visibility != Visibility.SECRET]
        if not mine:
            return []
        silent = set(silent_networks(self.consultation).filter(pk__in=mine).values_list("pk", flat=True))
        joined = Network.objects.joined_by(self.user).filter(pk__in=mine).with_logos()
        networks = [OwnNetwork(network, network.pk not in silent) for network in joined]
        return sorted(networks, key=lambda own: own.has_spoken)[:MOST_NETWORKS]

    @property
    def can_steer(self) -> bool:
        """Whether the person sees which networks spoke."""
        return can_steer(self.user)
