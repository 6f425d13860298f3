"""One small federation where everything that somebody must not read holds a word found nowhere else."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.models import ArticlePage
from comments import services
from comments.models import Consultation, Contribution, PublicProposal, Statement, ThreadComment
from comments.models.identification import Act
from comments.origins import Origin
from comments.services import Author
from comments.services.identification import note_origin
from comments.states import Action, ReportKind, Status
from comments.voices import ContributionState
from networks.models import (
    AgendaDate,
    Announcement,
    Invitation,
    InvitationLink,
    JoinRequest,
    Membership,
    Network,
    SpaceDocument,
    Topic,
    TopicGuest,
)
from tests import cast
from tests.factories import (
    AnnouncementFactory,
    InvitationFactory,
    InvitationLinkFactory,
    JoinRequestFactory,
    TopicFactory,
    TopicGuestFactory,
    UserFactory,
    guide_index,
    published_article,
)
from users.models import User

COMMON = "baobab"
"""Stands in every text, so that one search could find them all."""

EVERYBODY = frozenset(
    ["visitor", "reader", "editor", "guest", "member", "facilitator", "network_moderator", "other_moderator", "moderator", "admin"]
)
OVERSEERS = frozenset({"moderator", "admin"})
INSIDE_MEMBERS = OVERSEERS | {"member", "facilitator", "network_moderator"}
IN_THE_TOPIC = INSIDE_MEMBERS | {"guest"}
"""Who reads the topic of the members' space that has a guest."""
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
    documents: dict[tuple[str, bool], SpaceDocument] = field(default_factory=dict)
    dates: dict[str, AgendaDate] = field(default_factory=dict)
    invitations: dict[str, Invitation] = field(default_factory=dict)
    links: dict[str, InvitationLink] = field(default_factory=dict)
    guests: dict[str, TopicGuest] = field(default_factory=dict)
    announcements: dict[str, Announcement] = field(default_factory=dict)
    contributions: dict[str, Contribution] = field(default_factory=dict)
    proposals: dict[str, PublicProposal] = field(default_factory=dict)
    consultation: Consultation | None = None

    def word(self, word: str, readers: frozenset[str]) -> str:
        """Note who may read a word, and return it among others."""
        assert word not in self.readers_of
        self.readers_of[word] = readers
        return f"{COMMON.capitalize()} {word}"

    def forbidden_to(self, person: str) -> list[str]:
        """The words that a person must never be shown."""
        return [word for word, readers in self.readers_of.items() if person not in readers]


@pytest.fixture(scope="module")
def world_of_module(rows_of_module, django_db_blocker):
    with django_db_blocker.unblock():
        return _world()


@pytest.fixture
def world(world_of_module, db):
    """The federation, built once for all tests of a module: each of them leaves it as it was."""
    return world_of_module


def _world() -> World:
    network, other_network = cast.network(), cast.other_network()
    people = {
        "visitor": AnonymousUser(),
        "reader": cast.reader(),
        "editor": cast.editor(),
        "guest": UserFactory(email="invitee@example.org", display_name="Invitée"),
        "member": cast.member(network),
        "facilitator": cast.facilitator(network),
        "network_moderator": cast.network_moderator(network),
        "other_moderator": cast.other_moderator(other_network),
        "moderator": cast.moderator(),
        "admin": cast.admin(),
    }
    world = World(people)
    _articles(world)
    _networks(world, network, other_network)
    _doors(world)
    _comments(world)
    _addresses(world)
    _decisions(world)
    _contributions(world)
    _consultation(world)
    return world


def _consultation(world):
    """About every article that is published, for whomever."""
    now = timezone.now()
    dates = {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=20)}
    plan = services.Plan("Consultation de tous", chapters=tuple(page for page in world.articles.values() if page.live), **dates)
    world.consultation = services.plan(plan, by=world.people["admin"])


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
        ("members", "Cardamome", "Citronnelle", IN_THE_TOPIC),
        ("secret", "Esperluette", "Galimatias", INSIDE_SECRET),
    ]:
        network = world.networks[kind]
        shown = world.word(text, readers)
        author = Membership.objects.create(network=network, user=UserFactory()).user
        world.topics[kind] = TopicFactory(
            network=network, author=author, title=world.word(title, readers), text=shown, html=f"<p>{shown}</p>"
        )
        world.memberships[kind] = network.memberships.first()
        _of_a_space(world, kind, readers)
    asked_of = {"public": OVERSEERS & {"admin"}, "members": frozenset({"facilitator", "admin"}), "secret": frozenset({"admin"})}
    for (kind, readers), message in zip(asked_of.items(), ["Hurluberlu", "Kaléidoscope", "Libellule"], strict=True):
        world.requests[kind] = JoinRequestFactory(network=world.networks[kind], message=world.word(message, readers))


def _of_a_space(world, kind, readers):
    """What a space keeps beside its topics: documents, a date, a tag, links and a contact."""
    network, topic = world.networks[kind], world.topics[kind]
    inside = {"public": OVERSEERS, "members": INSIDE_MEMBERS, "secret": INSIDE_SECRET}[kind]
    known = INSIDE_SECRET if kind == "secret" else EVERYBODY
    for for_members in (True, False):
        title = world.word(f"{kind}zzdocument{for_members}", inside if for_members else known)
        content = world.word(f"{kind}zzfile{for_members}", inside if for_members else known).encode()
        world.documents[kind, for_members] = SpaceDocument.objects.create(
            network=network, title=title, file=ContentFile(content, "notes.txt"), name="notes.txt", size=1, for_members=for_members
        )
    now = timezone.now()
    title, place = (world.word(f"{kind}zz{part}", EVERYBODY if kind == "public" else inside) for part in ("date", "place"))
    world.dates[kind] = AgendaDate.objects.create(network=network, title=title, place=place, starts_at=now, ends_at=now + timedelta(days=1))
    topic.tags.add(network.topic_tags.create(name=world.word(f"{kind}zztag", readers)[:40], slug=f"{kind}zztag"))
    topic.chapter = world.articles["restricted"]
    topic.save()
    network.links.create(label=world.word(f"{kind}zzaddress", known), url="https://example.org/")
    network.contact = world.word(f"{kind}zzcontact", known)
    network.own_logo.save("logo.png", ContentFile(world.word(f"{kind}zzlogo", known).encode()))
    network.save()


def _doors(world):
    """Who is invited to each space, and its guests; what was written to its members; and a topic beside the one that has a guest."""
    TopicGuestFactory(topic=world.topics["members"], user=world.people["guest"])
    TopicFactory(network=world.networks["members"], title=world.word("Ornithorynque", INSIDE_MEMBERS))
    runs = {"public": frozenset({"admin"}), "members": frozenset({"facilitator", "admin"}), "secret": frozenset({"admin"})}
    inside = {"public": OVERSEERS, "members": INSIDE_MEMBERS, "secret": INSIDE_SECRET}
    for kind, network in world.networks.items():
        address = f"{kind}zzinvited@example.org"
        world.readers_of[address] = runs[kind]
        world.invitations[kind] = InvitationFactory(network=network, email=address, message=world.word(f"{kind}zzmessage", frozenset()))
        world.links[kind] = InvitationLinkFactory(network=network, label=world.word(f"{kind}zzdoor", runs[kind]))
        visitor = UserFactory(display_name=world.word(f"{kind}zzguest", runs[kind]))
        world.guests[kind] = TopicGuestFactory(topic=world.topics[kind], user=visitor)
        subject, text = (world.word(f"{kind}zz{part}", inside[kind]) for part in ("subject", "letter"))
        world.announcements[kind] = AnnouncementFactory(network=network, subject=subject, text=text)


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
        "members": (world.topics["members"], IN_THE_TOPIC, OVERSEERS | {"network_moderator"}),
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
