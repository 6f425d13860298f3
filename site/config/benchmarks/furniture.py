"""What the space of a network holds, written in bulk: as many of each kind as are asked for, within what the product lets in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone

from articles.models import ArticlePage
from comments import bulk, services
from comments.models import Contribution, Discussion, PublicProposal, ReadingMark, ThreadComment
from comments.rows import Author
from comments.voices import ContributionState
from networks.models import (
    MAX_DOCUMENTS,
    MAX_LINKS,
    AgendaDate,
    Announcement,
    Invitation,
    InvitationLink,
    JoinRequest,
    Network,
    Participation,
    RequestOutcome,
    SpaceDocument,
    SpaceLink,
    Topic,
    TopicGuest,
    TopicTag,
)
from search import indexing
from users.models import User

LONG_AGO = timedelta(days=9)
"""What was sent before then counts for no limit by the day."""
PINNED = 2
"""How many of the first topics are pinned."""
PROPOSED = 20
"""How many comments of a space at most somebody would like to see under an article."""


@dataclass(frozen=True)
class Around:
    """Whom and what the things of a space refer to: accounts by their keys, and the guide's chapters."""

    writers: Sequence[int]
    askers: Sequence[int]
    """Those who are in no network, and ask to join."""
    readers: Sequence[User]
    """Those who have read every other topic; the first of them drafts contributions, and is asked for comments."""
    chapters: Sequence[ArticlePage]


def furnish(network: Network, numbers: range, around: Around) -> None:
    """Put the things of these numbers into a space."""
    if numbers:
        _present(network, numbers)
        _open_topics(network, numbers, around)
        _invite(network, numbers, around)
        _speak(network, numbers, around)


def _present(network: Network, numbers: range) -> None:
    now, stored = timezone.now(), _stored_file()
    links = _within(numbers, MAX_LINKS)
    SpaceLink.objects.bulk_create(SpaceLink(network=network, label=f"Lien {n}", url="https://example.org/") for n in links)
    SpaceDocument.objects.bulk_create(
        SpaceDocument(network=network, title=f"Document {n}", file=stored, name="bench.txt", size=5, for_members=bool(n % 2))
        for n in _within(numbers, MAX_DOCUMENTS)
    )
    AgendaDate.objects.bulk_create(
        AgendaDate(network=network, title=f"Date {n}", starts_at=now + _day(n), ends_at=now + _day(n) + timedelta(hours=2)) for n in numbers
    )
    Announcement.objects.bulk_create(
        Announcement(network=network, subject=f"Message {n}", text="Bonjour", recipient_count=9, sent_at=now - LONG_AGO) for n in numbers
    )


def _day(number: int) -> timedelta:
    """Every other day of those to come, and of those that are past."""
    return timedelta(days=number if number % 2 else -number - 1)


def _open_topics(network: Network, numbers: range, around: Around) -> None:
    now = timezone.now()
    topics = Topic.objects.bulk_create(
        Topic(
            network=network,
            title=f"Sujet {n}",
            text="De quoi parlons-nous ?",
            html="<p>De quoi parlons-nous ?</p>",
            author_id=around.writers[n % len(around.writers)],
            chapter=around.chapters[n % len(around.chapters)] if n % 3 else None,
            pinned=n < PINNED,
        )
        for n in numbers
    )
    tags = TopicTag.objects.bulk_create(TopicTag(network=network, name=f"mot {n}", slug=f"mot-{n}") for n in numbers)
    Topic.tags.through.objects.bulk_create(
        Topic.tags.through(topic=topic, topictag=tag) for topic, (tag, _next) in zip(topics, pairwise([*tags, *tags[:1]]), strict=True)
    )
    TopicGuest.objects.bulk_create(TopicGuest(topic=topics[0], user_id=person) for person in around.writers[: len(numbers)])
    kind = ContentType.objects.get_for_model(Topic)
    discussions = Discussion.objects.bulk_create(
        Discussion(
            content_type=kind,
            object_id=str(topic.pk),
            network=network,
            title=topic.title,
            posters="members",
            moderation="after",
            last_published_at=now,
        )
        for topic in topics
    )
    ReadingMark.objects.bulk_create(
        ReadingMark(user=reader, discussion=discussion, seen_at=now) for reader in around.readers for discussion in discussions[::2]
    )
    indexing.index_many(Topic.objects.filter(pk__in=[topic.pk for topic in topics]))


def _invite(network: Network, numbers: range, around: Around) -> None:
    now = timezone.now()
    week = {"sent_at": now - LONG_AGO, "expires_at": now + LONG_AGO, "invited_by_id": around.writers[0]}
    Invitation.objects.bulk_create(
        Invitation(network=network, email=address, address=address, **week) for address in (f"invite{n}@exemple.invalid" for n in numbers)
    )
    InvitationLink.objects.bulk_create(
        InvitationLink(
            network=network, label=f"Lien {n}", max_uses=50, expires_at=now + timedelta(days=30), created_by_id=around.writers[0]
        )
        for n in numbers
    )
    JoinRequest.objects.bulk_create(
        JoinRequest(network=network, user_id=around.askers[n], message="Bonjour", **_answer(n, around.writers[0]))
        for n in numbers
        if n < len(around.askers)
    )


def _answer(number: int, decider: int) -> dict[str, object]:
    """Every other request is refused, the others wait."""
    return {"outcome": RequestOutcome.REFUSED, "decided_at": timezone.now(), "decided_by_id": decider} if number % 2 else {}


def _speak(network: Network, numbers: range, around: Around) -> None:
    """What the network brings to the chapters, and comments of its newest topic that somebody would like to see there."""
    discussions = [services.discussion_of(chapter) for chapter in around.chapters]
    states = list(ContributionState)
    Contribution.objects.bulk_create(
        Contribution(
            network=network,
            discussion=discussions[n % len(discussions)],
            author_id=around.writers[n % len(around.writers)] if n % len(states) else around.readers[0].pk,
            state=states[n % len(states)],
            text="Notre position",
            submitted_at=timezone.now(),
        )
        for n in numbers
    )
    if network.visibility != "secret":
        Participation.objects.bulk_create(Participation(page=around.chapters[0], network=network) for n in numbers if n == 0)
    topic = network.topics.order_by("-pk")[0]
    author = Author(user=around.readers[0], network_id=network.pk)
    discussion = services.discussion_of(topic)
    drafts = [bulk.Draft(author=author, text=f"Avis {n}", submitted_at=timezone.now()) for n in numbers[:PROPOSED]]
    said = bulk.load(discussion, drafts)
    comments = ThreadComment.objects.filter(discussion=discussion, sequence__gte=said.start).order_by("sequence")
    PublicProposal.objects.bulk_create(
        PublicProposal(comment=comment, discussion=discussions[0], proposed_by=reader)
        for reader, comment in zip(around.readers[1:], comments, strict=False)
    )


def _within(numbers: Iterable[int], most: int) -> Iterator[int]:
    return (number for number in numbers if number < most)


def _stored_file() -> str:
    """The one file that all documents are."""
    storage = SpaceDocument._meta.get_field("file").storage
    return "banc.txt" if storage.exists("banc.txt") else storage.save("banc.txt", ContentFile(b"Bonjour"))
