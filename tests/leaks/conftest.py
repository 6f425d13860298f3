"""One small federation where everything that somebody must not read holds a word found nowhere else."""

from dataclasses import dataclass, field

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage
from comments import services
from comments.models import Contribution, PublicProposal, Statement, ThreadComment
from comments.models.identification import Act
from comments.origins import Origin
from comments.services import Author
from comments.services.identification import note_origin
from comments.states import Action, ReportKind, Status
from comments.voices import ContributionState
from networks.models import JoinRequest, Membership, Network, Topic
from tests.factories import JoinRequestFactory, TopicFactory, UserFactory, guide_index, published_article
from users.models import User

COMMON = "baobab"
"""Stands in every text, so that one search could find them all."""

EVERYBODY = frozenset(
    ["visitor", "reader", "editor", "member", "facilitator", "network_moderator", "other_moderator", "moderator", "admin"]
)
OVERSEERS = frozenset({"moderator", "admin"})
INSIDE_MEMBERS = OVERSEERS | {"member", "facilitator", "network_moderator"}
INSIDE_SECRET = OVERSEERS | {"other_moderator"}
EDITORS = frozenset({"editor", "admin"})


@dataclass
class World:
    """The objects, the people, and who may read which word."""

    people: dict[str, User | AnonymousUser]
    readers_of: dict[str, frozenset[str]] = field(default_factory=dict)
    networks: dict[str, Network] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    articles: dict[str, ArticlePage] = field(default_factory=dict)
    comments: dict[tuple[str, str], ThreadComment] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    requests: dict[str, JoinRequest] = field(default_factory=dict)
    memberships: dict[str, Membership] = field(default_factory=dict)
    contributions: dict[str, Contribution] = field(default_factory=dict)
    proposals: dict[str, PublicProposal] = field(default_factory=dict)

    def word(self, word: str, readers: frozenset[str]) -> str:
        """Note who may read a word, and return it among others."""
        assert word not in self.readers_of
        self.readers_of[word] = readers
        return f"{COMMON.capitalize()} {word}"

    def forbidden_to(self, person: str) -> list[str]:
        """The words that a person must never be shown."""
        return [word for word, readers in self.readers_of.items() if person not in readers]


@pytest.fixture
def world(network, other_network, reader, editor, member, facilitator, network_moderator, other_moderator, moderator, admin):
    people = {
        "visitor": AnonymousUser(),
        "reader": reader,
        "editor": editor,
        "member": member,
        "facilitator": facilitator,
        "network_moderator": network_moderator,
        "other_moderator": other_moderator,
        "moderator": moderator,
        "admin": admin,
    }
    world = World(people)
    _networks(world, network, other_network)
    _articles(world)
    _comments(world)
    _addresses(world)
    _decisions(world)
    _contributions(world)
    return world


def _networks(world, members, secret):
    secret.name = world.word("Frangipane", INSIDE_SECRET)
    secret.acronym = "Frangipane"
    secret.presentation = world.word("Dulcinée", INSIDE_SECRET)
    secret.presentation_html = f"<p>{secret.presentation}</p>"
    secret.save()
    public = Network.objects.create(name="Réseau ouvert", slug="ouvert", visibility="public")
    world.networks = {"public": public, "members": members, "secret": secret}
    for kind, title, text, readers in [
        ("public", "Anémone", "Bigarade", EVERYBODY),
        ("members", "Cardamome", "Citronnelle", INSIDE_MEMBERS),
        ("secret", "Esperluette", "Galimatias", INSIDE_SECRET),
    ]:
        network = world.networks[kind]
        shown = world.word(text, readers)
        author = Membership.objects.create(network=network, user=UserFactory()).user
        world.topics[kind] = TopicFactory(
            network=network, author=author, title=world.word(title, readers), text=shown, html=f"<p>{shown}</p>"
        )
        world.memberships[kind] = network.memberships.first()
    asked_of = {"public": OVERSEERS & {"admin"}, "members": frozenset({"facilitator", "admin"}), "secret": frozenset({"admin"})}
    for (kind, readers), message in zip(asked_of.items(), ["Hurluberlu", "Kaléidoscope", "Libellule"], strict=True):
        world.requests[kind] = JoinRequestFactory(network=world.networks[kind], message=world.word(message, readers))


def _articles(world):
    world.articles["public"] = published_article("Article ouvert")
    restricted = published_article(world.word("Mirabelle", EDITORS | OVERSEERS), slug="restreint")
    restriction = PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.create(name="Cercle"))
    draft = guide_index().add_child(instance=ArticlePage(title=world.word("Nénuphar", EDITORS), slug="brouillon", live=False))
    draft.save_revision()
    world.articles |= {"restricted": restricted, "draft": draft}


def _comments(world):
    """One comment of each status under each thing that carries a discussion."""
    targets = {
        "article": (world.articles["public"], EVERYBODY, OVERSEERS),
        "restricted": (world.articles["restricted"], OVERSEERS, OVERSEERS),
        "public": (world.topics["public"], EVERYBODY, OVERSEERS),
        "members": (world.topics["members"], INSIDE_MEMBERS, OVERSEERS | {"network_moderator"}),
        "secret": (world.topics["secret"], INSIDE_SECRET, INSIDE_SECRET),
    }
    for kind, (target, readers, moderators) in targets.items():
        discussion = services.discussion_of(target)
        for status in set(Status) - {Status.REMOVED}:
            who = {Status.PUBLISHED: readers, Status.AWAITING_EMAIL: frozenset()}.get(status, moderators)
            world.comments[kind, status] = services.add_as_found(
                discussion,
                author=Author(name="Ève", email=f"{kind}-{status.value}@guest.example.org"),
                text=world.word(f"{kind}zz{status.value.replace('_', '')}", who),
                status=status,
                submitted_at=timezone.now(),
            )


def _decisions(world):
    """What was decided in each space, what was reported and contested there; who reported is nobody's to read."""
    overseer = world.people["admin"]
    for kind, readers in {"members": OVERSEERS | {"network_moderator"}, "secret": INSIDE_SECRET}.items():
        comment = world.comments[kind, Status.PUBLISHED]
        reporter = f"temoin-{kind}@guest.example.org"
        world.readers_of[reporter] = frozenset()
        services.report(
            comment,
            by=services.Reporter(key=reporter, email=reporter),
            kind=ReportKind.ABUSE,
            words=world.word(f"{kind}zzreport", readers),
        )
        hidden = services.moderate(
            world.comments[kind, Status.REPHRASING],
            Action.REJECT,
            by=overseer,
            reason="abuse",
            words=world.word(f"{kind}zzreason", readers),
        )
        statement = Statement.objects.get(comment=hidden)
        services.appeal(statement, text=world.word(f"{kind}zzappeal", readers))
        world.statements[kind] = statement


def _contributions(world):
    """What each network could say, in every state, about an article not all its members read; and wishes about what was said there."""
    article = services.discussion_of(world.articles["restricted"])
    for kind, inside in {"public": OVERSEERS, "members": INSIDE_MEMBERS, "secret": INSIDE_SECRET}.items():
        network, author = world.networks[kind], world.topics[kind].author
        running = frozenset({"facilitator", "admin"}) if kind == "members" else frozenset({"admin"})
        readers = {ContributionState.DRAFT: frozenset(), ContributionState.SUBMITTED: inside, ContributionState.PUBLISHED: inside}
        for state in ContributionState:
            world.contributions[kind] = Contribution.objects.create(
                network=network,
                discussion=article,
                author=author,
                state=state,
                text=world.word(f"{kind}zzcontribution{state}", readers.get(state, running)),
                submitted_at=None if state == ContributionState.DRAFT else timezone.now(),
            )
        world.contributions[kind] = Contribution.objects.filter(network=network, state=ContributionState.DRAFT).get()
        said = services.add_as_found(
            services.discussion_of(world.topics[kind]),
            author=Author(user=author),
            text=world.word(f"{kind}zzsaid", world.readers_of[world.comments[kind, Status.PUBLISHED].comment.split()[-1]]),
            status=Status.PUBLISHED,
            submitted_at=timezone.now(),
        )
        world.proposals[kind] = PublicProposal.objects.create(
            comment=said, discussion=article, proposed_by=author, words=world.word(f"{kind}zzproposal", frozenset())
        )


def _addresses(world):
    """From where each comment was written: nobody finds it by following addresses, administrators neither."""
    for number, comment in enumerate(world.comments.values()):
        address = f"198.51.100.{100 + number}"
        world.readers_of[address] = frozenset()
        note_origin(comment, Act.POSTED, Origin(address, 40000))
