"""What the demo's networks do in their spaces, written through the services; nobody is told by mail, for these people are made up."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.files import File
from django.utils import timezone

from articles.models import ArticlePage
from comments import services
from comments.models import Contribution, OutgoingMail
from comments.services import Plan, Told
from comments.states import Action
from comments.voices import ContributionKind
from demo.content.spaces import (
    CONSULTATION,
    CONTACTS,
    DATES,
    DOCUMENTS,
    LINKS,
    POSITION,
    WAITING,
    WORKSHOP,
)
from demo.people import facilitator
from networks.models import Network
from networks.services import add_document, save_date, save_presentation
from users.models import User

MEDIA = Path(__file__).parent / "media"


def load(people: dict[str, User], networks: dict[str, Network], articles: dict[str, ArticlePage]) -> int:
    """Furnish the spaces, let two networks speak and ask all of them; return how many contributions there are."""
    for acronym, network in networks.items():
        _present(acronym, network)
    for acronym, title, days, hour, hours, place in DATES:
        first = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), time(hour)))
        told = {"title": title, "starts_at": first, "ends_at": first + timedelta(hours=hours), "place": place}
        save_date(networks[acronym], by=facilitator(networks[acronym]), **told)
    for acronym, title, name, for_members in DOCUMENTS:
        with (MEDIA / name).open("rb") as file:
            kept = File(file, name=name)
            add_document(networks[acronym], by=facilitator(networks[acronym]), title=title, upload=kept, for_members=for_members)
    _consult(people, articles)
    _speak(people, networks, articles)
    OutgoingMail.objects.filter(settled_at=None).delete()
    return Contribution.objects.count()


def _present(acronym: str, network: Network) -> None:
    if acronym in LINKS:
        name, email = CONTACTS[acronym]
        save_presentation(network, by=facilitator(network), links=LINKS[acronym], contact=name, contact_email=email)


def _consult(people: dict[str, User], articles: dict[str, ArticlePage]) -> None:
    now = timezone.now()
    plan = Plan(
        CONSULTATION["title"],
        now - timedelta(days=CONSULTATION["opened_days_ago"]),
        now + timedelta(days=CONSULTATION["closes_in_days"]),
        tuple(articles[slug] for slug in CONSULTATION["chapters"]),
        words=CONSULTATION["words"],
        remind_days=7,
    )
    services.plan(plan, by=people["editrice"])


def _speak(people: dict[str, User], networks: dict[str, Network], articles: dict[str, ArticlePage]) -> None:
    """A position and a workshop, validated, and a position that waits."""
    acronym, who, slug, text = POSITION
    _published(networks[acronym], _told(articles[slug], text), people[who], people["moderation"])
    acronym, who, slug, text, number, place, name = WORKSHOP
    with (MEDIA / name).open("rb") as file:
        held = {"held_on": timezone.localdate() - timedelta(days=9), "people": number, "place": place, "upload": File(file, name=name)}
        _published(networks[acronym], _told(articles[slug], text, ContributionKind.WORKSHOP, **held), people[who], people["moderation"])
    acronym, who, slug, text = WAITING
    _submitted(networks[acronym], _told(articles[slug], text), people[who])


def _told(article: ArticlePage, text: str, kind: str = ContributionKind.POSITION, **facts: Any) -> Told:
    return Told(kind=kind, discussion=services.discussion_of(article), text=text, **facts)


def _submitted(network: Network, told: Told, by: User) -> Contribution:
    contribution = services.draft(network, by=by, told=told)
    return services.submit(contribution, by=by, seen=contribution.version)


def _published(network: Network, told: Told, by: User, moderator: User) -> None:
    waiting = _submitted(network, told, by)
    comment = services.validate(waiting, by=facilitator(network), seen=waiting.version).comment
    services.moderate(comment, Action.APPROVE, by=moderator)
