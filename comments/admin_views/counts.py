"""How many comments stand where, for one moderator: from the discussions' own counters, read once for each request."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from comments.models import Discussion, ThreadComment
from comments.services.locking import COUNTERS


@dataclass
class Counts:
    """The sums of the discussions' counters, by column, what the person works on ("mine"), and the networks of the discussions."""

    sums: Counter[str] = field(default_factory=Counter)
    networks: dict[int, str] = field(default_factory=dict)


def counts_for(user: Any) -> Counts:
    """The counts of where a person moderates: one query."""
    found = Counts()
    mine = ThreadComment.objects.moderatable_by(user).claimed_by(user).order_by().values("claim__moderator").annotate(number=Count("pk"))
    sums = {counter: Sum(counter) for counter in COUNTERS}
    for row in (
        Discussion.objects.moderatable_by(user)
        .order_by()
        .values("network_id", "network__name")
        .annotate(**sums, mine=Coalesce(Subquery(mine.values("number")), 0))
    ):
        key, name = row.pop("network_id"), row.pop("network__name")
        found.sums["mine"] = row.pop("mine")
        found.sums.update(row)
        if key is not None:
            found.networks[key] = name
    return found


def counts_of(request: HttpRequest) -> Counts:
    """The same for who asks, however often a page asks."""
    known = getattr(request, "_moderation_counts", None)
    if known is None:
        known = counts_for(request.user)
        setattr(request, "_moderation_counts", known)  # noqa: B010 (an attribute of ours on Django's request)
    return known
