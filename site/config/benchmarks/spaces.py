"""What every page of the networks costs everybody who asks for it: in a small federation, and in a large one."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from comments.models import PublicProposal
from comments.visitors import pages
from comments.voices import ContributionState
from config.benchmarks.federation import Federation
from config.benchmarks.in_process import BACKEND
from networks.invitation_tokens import path_of
from networks.models import Membership, Role

VISITOR = "visitor"


@dataclass(frozen=True)
class Cost:
    """What one page cost one person: queries, milliseconds of the slowest and in all, bytes; and how it answered."""

    page: str
    person: str
    status: int
    queries: int
    slowest: float
    milliseconds: float
    size: int


def measure(federation: Federation, people: Collection[str] = ()) -> Iterator[Cost]:
    """Every page, asked by everybody, or by the administrator and these people of the cast."""
    clients = {VISITOR: _client(), **{name: _client() for name in federation.cast if not people or name in {*people, "admin"}}}
    for name, client in clients.items():
        if name != VISITOR:
            client.force_login(federation.cast[name], BACKEND)
    found = addresses(federation)
    for path in found.values():
        clients["admin"].get(path)  # what a process asks once in its life is nobody's cost
    for page, path in found.items():
        for name, client in clients.items():
            yield _cost(page, path, name, client)


def _cost(page: str, path: str, person: str, client: Client) -> Cost:
    pages.forget_all()
    with CaptureQueriesContext(connection) as captured:
        began = perf_counter()
        answer = client.get(path)
        size = len(answer.getvalue())
        took = perf_counter() - began
    slowest = max((float(query["time"]) for query in captured.captured_queries), default=0.0)
    return Cost(page, person, answer.status_code, len(captured), slowest * 1000, took * 1000, size)


def _client() -> Client:
    return Client(headers={"host": "127.0.0.1", "origin": "http://127.0.0.1"})


def addresses(federation: Federation) -> dict[str, str]:
    """The pages, each by the name of its address and, where one address has several, by what else is asked of it."""
    return {
        "article": federation.chapters[0].url,
        "search:results": f"{reverse('search:results')}?q=parlons",
        "comments:home": reverse("comments:home"),
        "comments:coverage": reverse("comments:coverage"),
        "comments:coverage, table": f"{reverse('comments:coverage')}?format=csv",
        "comments:coverage, a consultation": f"{reverse('comments:coverage')}?consultation={federation.consultation.pk}",
        "comments:evolution": f"{reverse('comments:evolution')}?period=365",
        "comments:evolution, a consultation": f"{reverse('comments:evolution')}?consultation={federation.consultation.pk}",
        "comments:consultations": reverse("comments:consultations"),
        "comments:consultation": federation.consultation.get_absolute_url(),
        **_of_space(federation),
        **_of_admin(federation),
    }


def _of_space(federation: Federation) -> dict[str, str]:
    network, topic = federation.first, federation.topic
    member = network.memberships.filter(role=Role.MEMBER).order_by("pk")[0]
    document, date = network.documents.filter(for_members=False).order_by("pk")[0], network.dates.order_by("pk")[0]
    contributions, proposal = network.contributions.order_by("pk"), PublicProposal.objects.order_by("pk")[0]
    draft, submitted = (contributions.filter(state=state)[0] for state in (ContributionState.DRAFT, ContributionState.SUBMITTED))
    plain = ["space", "presentation", "run", "visibility", "documents", "agenda", "date_new", "join", "leave", "requests", "members"]
    plain += ["invite", "invite_list", "invitations", "announcements", "announce", "journal", "topic_new"]

    def at(name: str, *arguments: object) -> str:
        return reverse(name, args=[network.slug, *arguments])

    after = network.topics.order_by("-pk")[0].pk
    return {
        "networks:list": reverse("networks:list"),
        "networks:invitation": path_of(network.invitations.order_by("pk")[0]),
        "networks:invitation, a link": path_of(network.invitation_links.order_by("pk")[0]),
        **{f"networks:{name}": at(f"networks:{name}") for name in plain},
        "networks:space, further on": f"{at('networks:space')}?after={after}",
        "networks:space, by tag": f"{at('networks:space')}?mot=mot-1",
        "networks:visibility, a switch": f"{at('networks:visibility')}?after=secret",
        "networks:agenda, past": f"{at('networks:agenda')}?passees=1",
        "networks:members, further on": f"{at('networks:members')}?after={member.pk}",
        "networks:document_new": at("networks:document_new"),
        "networks:document": at("networks:document", document.pk),
        "networks:document_remove": at("networks:document_remove", document.pk),
        "networks:date_edit": at("networks:date_edit", date.pk),
        "networks:date_remove": at("networks:date_remove", date.pk),
        "networks:date_file": at("networks:date_file", date.pk),
        "networks:remove_member": at("networks:remove_member", member.pk),
        "networks:announcement": at("networks:announcement", network.announcements.order_by("pk")[0].pk),
        "networks:topic": at("networks:topic", topic.pk, topic.slug),
        "networks:topic_short": at("networks:topic_short", topic.pk),
        "networks:topic_edit": at("networks:topic_edit", topic.pk),
        "networks:guests": at("networks:guests", topic.pk),
        "contributions:list": at("contributions:list"),
        "contributions:new": at("contributions:new"),
        "contributions:one": at("contributions:one", submitted.pk),
        "contributions:rewrite": at("contributions:rewrite", draft.pk),
        "comments:space_export": at("comments:space_export"),
        "comments:space_export, to print": f"{at('comments:space_export')}?format=html",
        "comments:propose": reverse("comments:propose", args=[proposal.comment_id]),
        "comments:proposal": reverse("comments:proposal", args=[proposal.pk]),
    }


def _of_admin(federation: Federation) -> dict[str, str]:
    network = federation.first
    membership = Membership.objects.filter(network=network).order_by("pk")[0]
    of_network = ("edit", "delete", "history", "usage", "copy")
    of_membership = ("edit", "delete", "history", "usage")
    plain = [
        "networks_admin:index",
        "networks_admin:add",
        "memberships:index",
        "memberships:add",
        "consultations:index",
        "consultations:add",
    ]
    plain += [f"moderation:{name}" for name in ("index", "discussions")]
    return {
        **{name: reverse(name) for name in plain},
        "networks_admin:index, a word": f"{reverse('networks_admin:index')}?q=réseau",
        "memberships:index, a word": f"{reverse('memberships:index')}?q=membre1",
        "memberships:index, one network": f"{reverse('memberships:index')}?network={network.pk}",
        "memberships:index, the last page": f"{reverse('memberships:index')}?p=9",
        **{f"networks_admin:{name}": reverse(f"networks_admin:{name}", args=[network.pk]) for name in of_network},
        **{f"memberships:{name}": reverse(f"memberships:{name}", args=[membership.pk]) for name in of_membership},
    }
