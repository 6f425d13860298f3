"""What is done in a space costs: statements and milliseconds of each act, which is then undone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from comments import services as discussions
from comments.services import Author
from config.benchmarks.federation import Federation
from networks import services
from networks.exposure import exposure_of
from networks.models import Role, Visibility


@dataclass(frozen=True)
class ActCost:
    """What one act cost, at its second time: what a process asks once in its life is nobody's cost."""

    act: str
    statements: int
    milliseconds: float


def measure(federation: Federation) -> Iterator[ActCost]:
    """The acts of members and facilitators, in the first network."""
    for name, act in _acts(federation).items():
        _undone(act)
        statements, took = _undone(act)
        yield ActCost(name, statements, took)


def _undone(act: Callable[[], object]) -> tuple[int, float]:
    with transaction.atomic():
        with CaptureQueriesContext(connection) as captured:
            began = perf_counter()
            act()
            took = perf_counter() - began
        transaction.set_rollback(True)
    return len(captured), took * 1000


def _acts(federation: Federation) -> dict[str, Callable[[], object]]:
    network, cast = federation.first, federation.cast
    run, member, reader = cast["facilitator"], cast["member"], cast["reader"]
    waiting = network.join_requests.waiting().select_related("user", "network").order_by("pk")[0]
    membership, link = network.memberships.filter(role=Role.MEMBER).order_by("pk")[0], network.invitation_links.order_by("pk")[0]
    topic, article = (discussions.discussion_of(target) for target in (federation.topic, federation.chapters[0]))
    said = Author(user=member, network_id=network.pk)
    seen = exposure_of(network, Visibility.PUBLIC).seen
    people = [(f"nouveau{number}@exemple.invalid", Role.MEMBER) for number in range(500)]
    return {
        "ask to join": lambda: services.request_to_join(network, by=reader),
        "accept a request": lambda: services.accept(waiting, by=run),
        "come in by a link": lambda: services.use_link(link, by=reader),
        "invite 500 people": lambda: services.invite_all(network, people, by=run, offered=services.Offered()),
        "write to all members": lambda: services.announce(network, by=run, subject="Rencontre", text="À Brest"),
        "give a role": lambda: services.set_role(membership, Role.MODERATOR, by=run),
        "end a membership": lambda: services.remove_member(membership, by=run),
        "leave": lambda: services.leave(network, by=member),
        "open a topic": lambda: services.open_topic(network, by=member, title="Un sujet", tags=["date"]),
        "switch the visibility": lambda: services.set_visibility(network, Visibility.PUBLIC, by=run, seen=seen),
        "post in a topic": lambda: discussions.post(topic, author=said, text="Un avis"),
        "post under a chapter": lambda: discussions.post(article, author=said, text="Un avis"),
    }
