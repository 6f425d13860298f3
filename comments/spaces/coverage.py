"""Who spoke about which chapter, and how much: networks by chapters, as far as one person may know.

A network speaks publicly by what its members write under the chapter in its name, by its positions and by its workshops. What is said
in its space about the chapter counts beside, for those alone who may read it: a number is told to nobody who may not read what it counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from wagtail.models import Page

from comments.models import Consultation, Discussion, ThreadComment, ThreadCommentQuerySet
from comments.states import Mode, Status
from comments.voices import Voice
from networks import chapters
from networks.models import Network, Topic
from networks.permissions import ties_of
from networks.states import Role

LEVELS = (1, 4, 10)
"""From how many comments a cell of the picture is drawn one shade darker: a voice, a few, a conversation."""
NETWORKS_PER_PAGE = 40
"""How many networks one picture shows: more are not told apart."""


@dataclass
class Cell:
    """What one network said about one chapter; `inside` is None where the person may not read its space."""

    public: int = 0
    positions: int = 0
    workshops: int = 0
    inside: int | None = None

    @property
    def total(self) -> int:
        """Everything that is known."""
        return self.public + (self.inside or 0)

    @property
    def level(self) -> int:
        """How dark it is drawn: 0 for silence, to 3."""
        return sum(self.total >= least for least in LEVELS)


@dataclass
class Line:
    """One network and its cells, in the order of the chapters."""

    network: Network
    cells: list[Cell]

    @property
    def public(self) -> int:
        """What it said publicly about all of them."""
        return sum(cell.public for cell in self.cells)

    @property
    def inside(self) -> int | None:
        """What was said in its space about all of them; None where the person may not know."""
        known = [cell.inside for cell in self.cells if cell.inside is not None]
        return sum(known) if known else None

    @property
    def silent(self) -> int:
        """About how many chapters nothing is known to have been said."""
        return sum(not cell.total for cell in self.cells)


@dataclass(frozen=True)
class Coverage:
    """The whole table, for one page of networks."""

    chapters: list[Page]
    lines: list[Line]
    next_key: str = ""
    """The address name of the last network shown, from which the next page goes on; empty on the last."""

    @property
    def spoken(self) -> list[int]:
        """For each chapter, how many of the networks shown spoke about it."""
        return [sum(bool(line.cells[place].total) for line in self.lines) for place in range(len(self.chapters))]


@dataclass
class _Counted:
    public: dict[tuple[int, int], Cell] = field(default_factory=lambda: defaultdict(Cell))
    inside: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))


def can_steer(user: Any) -> bool:
    """Whether a person sees who speaks and who is silent: who works in the admin, and facilitators."""
    if not user.is_authenticated or not user.is_active:
        return False
    return user.has_perm("wagtailadmin.access_admin") or any(tie.role == Role.FACILITATOR for tie in ties_of(user).memberships)


def coverage_for(user: Any, *, after: str = "", during: Consultation | None = None) -> Coverage:
    """The table for a person, of the networks whose address follows `after` in the alphabet; of one consultation, where it is
    named: its chapters, and what was said while it was under way. Seven or eight queries, whatever it holds."""
    pages = list(chapters_of(user, during))
    found = list(Network.objects.visible_to(user).filter(slug__gt=after).order_by("slug")[: NETWORKS_PER_PAGE + 1])
    networks = found[:NETWORKS_PER_PAGE]
    counted = _Counted()
    _count_public(counted, pages, networks, during)
    read = set(Network.objects.readable_by(user).filter(pk__in=[network.pk for network in networks]).values_list("pk", flat=True))
    _count_inside(counted, pages, read, user, during)
    lines = [Line(network, [_cell(counted, network, page, network.pk in read) for page in pages]) for network in networks]
    return Coverage(pages, lines, next_key=networks[-1].slug if len(found) > NETWORKS_PER_PAGE else "")


def chapters_of(user: Any, during: Consultation | None) -> QuerySet[Page]:
    """The chapters that a person reads; those of one consultation, where it is named."""
    pages = chapters.visible_to(user)
    if during is None:
        return pages
    return pages.filter(pk__in=[int(key) for key in during.discussions.values_list("object_id", flat=True)])


def _cell(counted: _Counted, network: Network, page: Page, is_read: bool) -> Cell:
    key = (network.pk, page.pk)
    public = counted.public.get(key, Cell())
    return Cell(public.public, public.positions, public.workshops, counted.inside.get(key, 0) if is_read else None)


def discussions_under(pages: Sequence[Page]) -> QuerySet[Discussion]:
    """The discussions of these chapters, but for hidden ones."""
    kinds = {page.content_type_id for page in pages}
    return Discussion.objects.filter(content_type__in=kinds, object_id__in=[str(page.pk) for page in pages]).exclude(mode=Mode.HIDDEN)


def _published(during: Consultation | None) -> ThreadCommentQuerySet:
    published = ThreadComment.objects.filter(status=Status.PUBLISHED).order_by()
    return published.filter(submit_date__gte=during.opens_at, submit_date__lt=during.closes_at) if during else published


def _count_public(counted: _Counted, pages: Sequence[Page], networks: Iterable[Network], during: Consultation | None) -> None:
    """What was published under each chapter in the name of each network."""
    places = {key: int(page) for key, page in discussions_under(pages).values_list("pk", "object_id")}
    rows = (
        _published(during)
        .filter(discussion__in=places, network__in=networks)
        .values("network", "discussion")
        .annotate(
            public=Count("pk"), positions=Count("pk", filter=Q(voice=Voice.POSITION)), workshops=Count("pk", filter=Q(voice=Voice.WORKSHOP))
        )
    )
    for row in rows:
        counted.public[row["network"], places[row["discussion"]]] = Cell(row["public"], row["positions"], row["workshops"])


def _count_inside(counted: _Counted, pages: Sequence[Page], read: set[int], user: Any, during: Consultation | None) -> None:
    """What was published in the spaces that the person reads, in the topics about each chapter."""
    topics = Topic.objects.visible_to(user).filter(network__in=read, chapter__in=[page.pk for page in pages])
    about = {str(key): (network, chapter) for key, network, chapter in topics.order_by().values_list("pk", "network", "chapter")}
    kind = ContentType.objects.get_for_model(Topic)
    discussions = Discussion.objects.filter(content_type=kind, network__in=read).exclude(mode=Mode.HIDDEN).exclude(published_count=0)
    numbers = dict(discussions.values_list("object_id", "published_count"))
    if during is not None:
        within = _published(during).filter(discussion__in=discussions.filter(object_id__in=about))
        numbers = dict(within.values_list("discussion__object_id").annotate(number=Count("pk")))
    for key, number in numbers.items():
        if key in about:
            counted.inside[about[key]] += number
