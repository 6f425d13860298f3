"""A federation of any size: networks, their members, and all that their spaces hold. Written in bulk, and grown in place.

The first network is the one whose pages are asked: it holds as much of everything as it may, the others a fraction of that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Max
from django.utils import timezone
from wagtail.models import ModelLogEntry

from articles.models import ArticlePage, GuideIndexPage
from articles.services import plant_site
from comments import bulk, generation, services
from comments.models import Consultation
from comments.services import Plan
from config.benchmarks import furniture
from networks.models import Membership, Network, Role, Topic
from users.models import User

CHAPTERS = 6
OUTSIDERS = 2_000
"""How many belong to no network."""
STEP = 97
"""How far the members of one network stand from those of the next in the row of all people: neighbours share most of theirs."""
ONE_IN = 100
"""One person in so many is a facilitator wherever they are, and another a moderator."""


@dataclass(frozen=True)
class Size:
    """How many networks, the members of each, the things of each kind that the first space holds, the comments under each chapter."""

    networks: int = 0
    members: int = 0
    things: int = 0
    comments: int = 0

    def things_of(self, place: int) -> int:
        """How many things of each kind the network at this place holds."""
        return self.things if place == 0 else min(self.things, max(3, self.things // 100))


class Federation:
    """Networks numbered from 0, among which `people` are spread; `grow` adds what is missing to a size."""

    def __init__(self, people: int) -> None:
        self.size = Size()
        self.chapters = _chapters()
        self.people = _accounts("membre", people)
        self.outsiders = _accounts("passant", OUTSIDERS)
        self.cast = _cast()
        self.networks: list[Network] = []
        now = timezone.now()
        dates = {"opens_at": now - timedelta(days=9), "closes_at": now + timedelta(days=9)}
        self.consultation = services.plan(Plan("Consultation", chapters=tuple(self.chapters), **dates), by=self.cast["admin"])

    def grow(self, size: Size) -> None:
        """Add what is missing to this size."""
        before, self.size = self.size, size
        new = Network.objects.bulk_create(_network(place) for place in range(before.networks, size.networks))
        self.networks += new
        self._seat_the_cast(new)
        self._spread_the_people(size.members)
        around = furniture.Around(self.people[:50], self.outsiders, list(self.cast.values()), self.chapters)
        for place, network in enumerate(self.networks):
            held = before.things_of(place) if place < before.networks else 0
            furniture.furnish(network, range(held, size.things_of(place)), around)
        self._talk(size.comments - before.comments)
        self._consult(range(before.things, size.things))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as a server does by itself in time

    def _consult(self, numbers: range) -> None:
        """Consultations that are over, each about one chapter."""
        now = timezone.now()
        over = {"opens_at": now - timedelta(days=60), "closes_at": now - timedelta(days=30)}
        past = Consultation.objects.bulk_create(Consultation(title=f"Consultation {n}", **over) for n in numbers)
        asked = [services.discussion_of(chapter).pk for chapter in self.chapters]
        through = Consultation.discussions.through
        through.objects.bulk_create(
            through(consultation=one, discussion_id=asked[n % len(asked)]) for n, one in zip(numbers, past, strict=True)
        )

    @property
    def first(self) -> Network:
        """The network whose pages are asked."""
        return self.networks[0]

    @property
    def topic(self) -> Topic:
        """The topic that is read: the oldest of the first network."""
        return self.first.topics.order_by("pk")[0]

    def _seat_the_cast(self, networks: Sequence[Network]) -> None:
        """Those who belong to every network, and those who belong to the first alone."""
        for name, role in _ROLES.items():
            theirs = [Membership(network=network, user=self.cast[f"{name} of all"], role=role) for network in networks]
            alone = [Membership(network=network, user=self.cast[name], role=role) for network in networks if network == self.first]
            Membership.objects.bulk_create([*theirs, *alone])

    def _spread_the_people(self, members: int) -> None:
        """Memberships, and the audit row that each leaves: 1.5 million of both are not carried through Python.

        A person joins all of their networks before the next one does, so that no network finds its rows side by side.
        """
        last = Membership.objects.aggregate(last=Max("pk"))["last"] or 0
        people, networks = self.people, self.networks
        with connection.cursor() as cursor:
            team = [ONE_IN, Role.FACILITATOR, ONE_IN, ONE_IN // 2, Role.MODERATOR, Role.MEMBER]
            row = [people[0], len(people) * STEP, networks[0].pk, STEP, len(people), members]
            cursor.execute(_SPREAD, [*team, timezone.now(), people[0], people[-1], networks[0].pk, *row])
            kind = ContentType.objects.get_for_model(Network).pk
            cursor.execute(_LOG.format(json=ModelLogEntry._meta.get_field("data").db_type(connection)), [kind, False, False, last])

    def _talk(self, count: int) -> None:
        """Comments under every chapter and in the topic that is read, by members in the name of one of their networks."""
        writers = list(User.objects.filter(pk__in=self.people[:200]).order_by("pk"))
        for seed, target in enumerate([*self.chapters, self.topic]):
            for drafts in generation.drafts(count, seed, until=timezone.now()):
                bulk.load(services.discussion_of(target), [self._spoken(draft, place, writers) for place, draft in enumerate(drafts)])

    def _spoken(self, draft: bulk.Draft, place: int, writers: list[User]) -> bulk.Draft:
        network, writer = self.networks[place % len(self.networks)], writers[place % len(writers)]
        return replace(draft, author=replace(draft.author, user=writer, name="", email="", network_id=network.pk))


_ROLES = {"member": Role.MEMBER, "facilitator": Role.FACILITATOR, "network moderator": Role.MODERATOR}

_SPREAD = """
INSERT INTO networks_membership (network_id, user_id, role, joined_at)
SELECT network.id, account.id,
    CASE WHEN account.id %% %s = 0 THEN %s WHEN account.id %% %s = %s THEN %s ELSE %s END,
    %s
FROM users_user account CROSS JOIN networks_network network
WHERE account.id BETWEEN %s AND %s AND network.id >= %s
    AND (account.id - %s + %s - (network.id - %s) * %s) %% %s < %s
ORDER BY account.id, network.id
ON CONFLICT DO NOTHING
"""
_LOG = """
INSERT INTO wagtailcore_modellogentry
    (content_type_id, object_id, label, action, data, timestamp, user_id, content_changed, deleted)
SELECT %s, CAST(network.id AS varchar(255)), network.name, 'networks.accept_invitation',
    CAST('{{"person": ' || membership.user_id || '}}' AS {json}), membership.joined_at, membership.user_id, %s, %s
FROM networks_membership membership JOIN networks_network network ON network.id = membership.network_id
WHERE membership.id > %s
ORDER BY membership.id
"""


def _chapters() -> list[ArticlePage]:
    guide = GuideIndexPage.objects.child_of(plant_site()).get()
    words = [{"type": "text", "value": "<p>Les réseaux associatifs pèsent sur la vie publique au grand jour.</p>"}]
    chapters = [guide.add_child(instance=ArticlePage(title=f"Chapitre {number}", body=words)) for number in range(1, CHAPTERS + 1)]
    for chapter in chapters:
        chapter.save_revision().publish()
    return chapters


def _accounts(name: str, count: int) -> list[int]:
    """Accounts whose keys follow each other."""
    accounts = (User(email=f"{name}{number}@exemple.invalid", display_name=f"{name.capitalize()} {number}") for number in range(count))
    return [account.pk for account in User.objects.bulk_create(accounts, batch_size=1000)]


def _cast() -> dict[str, User]:
    """Those who ask: of one network, of all, of none; and who keeps the whole site lawful."""
    names = [*_ROLES, *(f"{name} of all" for name in _ROLES), "reader", "moderator", "admin"]
    cast = {name: User.objects.create(email=f"{name.replace(' ', '.')}@exemple.invalid", display_name=name.capitalize()) for name in names}
    lawful = Permission.objects.filter(codename__in=["moderate_threadcomment", "access_admin"])
    cast["moderator"].user_permissions.add(*lawful)
    cast["admin"].is_staff = cast["admin"].is_superuser = True
    cast["admin"].save()
    return cast


def _network(place: int) -> Network:
    visibility = ("members", "public", "secret")[place % 3]
    return Network(name=f"Réseau {place}", acronym=f"R{place}", slug=f"reseau-{place:04}", visibility=visibility, tagline="Une phrase.")
