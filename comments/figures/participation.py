"""What is said over a time: under the chapters and by whom, and in the spaces that one person reads."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, CharField, Count, Q, QuerySet, TextChoices, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from comments.figures.counting import in_parts
from comments.figures.periods import Period
from comments.models import Consultation, ThreadComment
from comments.spaces.coverage import chapters_of, discussions_under
from comments.states import Mode, Status
from comments.voices import Voice
from networks.models import Network, Topic


class Speaker(TextChoices):
    """In whose name something was said under a chapter."""

    POSITION = "position", _("positions of networks")
    WORKSHOP = "workshop", _("workshops of networks")
    MEMBER = "member", _("members, in their network’s name")
    PERSON = "person", _("others, in their own name")


@dataclass(frozen=True)
class Participation:
    """The numbers of a time, in lists with a value for each of its parts."""

    period: Period
    public: dict[str, list[int]]
    """What was published under the chapters, by `Speaker`."""
    networks: list[int]
    """How many networks published something under a chapter."""
    inside: dict[bool, list[int]]
    """What was said in the spaces that the person reads: in topics about a chapter, and in the others."""


def participation(user: Any, period: Period, *, network: Network | None = None, during: Consultation | None = None) -> Participation:
    """Count for a person, of one network and of one consultation's chapters where they are named. Five or six queries, whatever there is.

    Numbers of what the person may not read are no part of it: a network that they may not know counts as its people.
    """
    parts = range(len(period.parts))
    pages = list(chapters_of(user, during))
    places = list(discussions_under(pages).values_list("pk", flat=True))
    known = Network.objects.visible_to(user)
    public, networks = _public(places, known, period, network)
    inside = _inside(user, [page.pk for page in pages] if during else None, period, network)
    return Participation(
        period=period,
        public={speaker: [public[part, speaker] for part in parts] for speaker in Speaker.values},
        networks=[len(networks[part]) for part in parts],
        inside={about: [inside[part, about] for part in parts] for about in (True, False)},
    )


def _public(places: list[int], known: QuerySet[Network], period: Period, network: Network | None) -> tuple[Counter, dict[int, set[int]]]:
    """How much was published in each part by which speaker, and which networks spoke in it; one query."""
    rows = in_parts(ThreadComment.objects.filter(discussion__in=places, status=Status.PUBLISHED), "submit_date", period)
    if network is not None:
        rows = rows.filter(network=network)
    of_network = Q(network__in=known.order_by().values("pk"))
    speaker = Case(
        When(of_network & Q(voice=Voice.POSITION), then=Value(Speaker.POSITION.value)),
        When(of_network & Q(voice=Voice.WORKSHOP), then=Value(Speaker.WORKSHOP.value)),
        When(of_network, then=Value(Speaker.MEMBER.value)),
        default=Value(Speaker.PERSON.value),
        output_field=CharField(),
    )
    counted: Counter = Counter()
    heard: dict[int, set[int]] = defaultdict(set)
    for row in rows.order_by().annotate(speaker=speaker).values("part", "speaker", "network").annotate(number=Count("*")):
        counted[row["part"], row["speaker"]] += row["number"]
        if row["speaker"] != Speaker.PERSON:
            heard[row["part"]].add(row["network"])
    return counted, heard


def _inside(user: Any, chapters: list[int] | None, period: Period, network: Network | None) -> Counter:
    """How much was said in each part in the spaces that the person reads: about a chapter, or free; about these alone, where named."""
    spaces = Network.objects.readable_by(user)
    topics = Topic.objects.visible_to(user).filter(network__in=spaces.filter(pk=network.pk) if network else spaces)
    if chapters is not None:
        topics = topics.filter(chapter__in=chapters)
    in_spaces = ThreadComment.objects.filter(
        discussion__content_type=ContentType.objects.get_for_model(Topic),
        discussion__object_id__in=_keys(topics),
        status=Status.PUBLISHED,
    )
    is_about = Case(
        When(discussion__object_id__in=_keys(topics.exclude(chapter=None)), then=True), default=False, output_field=BooleanField()
    )
    rows = in_parts(in_spaces.exclude(discussion__mode=Mode.HIDDEN), "submit_date", period)
    counted = rows.order_by().annotate(about=is_about).values("part", "about").annotate(number=Count("*"))
    return Counter({(row["part"], row["about"]): row["number"] for row in counted})


def _keys(topics: QuerySet[Topic]) -> QuerySet:
    """The keys of topics, as their discussions hold them."""
    return topics.order_by().annotate(key=Cast("pk", CharField(max_length=64))).values("key")
