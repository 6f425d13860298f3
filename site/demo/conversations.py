"""The demo's topics and comments: written through the services, then set back in time."""

from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.text import slugify

from articles.models import ArticlePage
from comments import services
from comments.models import Discussion, ThreadComment
from comments.rows import Author
from comments.states import Action, Status
from demo.content import script
from demo.people import facilitator
from networks.models import Network, Topic
from networks.services import archive_topic, close_topic, open_topic, pin_topic
from users.models import User

TALK = Path(__file__).parent / "content" / "talk.txt"
DECISIONS = {Status.REJECTED: Action.REJECT, Status.SPAM: Action.SPAM, Status.HIDDEN: Action.HIDE, Status.REPHRASING: Action.REPHRASE}
ENDINGS = {"closed": close_topic, "archived": archive_topic}
BETWEEN_COMMENTS = timedelta(hours=5)
BETWEEN_TALKS = timedelta(days=2)
FIRST_TALK = 3
SCATTER = 7
"""Each talk begins so many places before the next one in the file, so that articles and spaces were talked about at all times."""


def load(people: dict[str, User], networks: dict[str, Network], articles: dict[str, ArticlePage]) -> tuple[int, int]:
    """Write every discussion of talk.txt; return how many topics and how many comments there are now."""
    talks = script.read(TALK)
    for number, talk in enumerate(talks):
        start = timezone.now() - BETWEEN_TALKS * (number * SCATTER % len(talks) + FIRST_TALK)
        target = articles[talk.heading[0]] if talk.kind == "article" else _open_topic(talk, people, networks, articles, start)
        discussion = services.discussion_of(target)
        _write(discussion, talk, people, start)
        if talk.kind == "article":
            _point_out(discussion, people)
        for word, act in ENDINGS.items():
            if word in talk.heading:
                act(target, by=facilitator(target.network))
    return Topic.objects.count(), ThreadComment.objects.count()


def _open_topic(
    talk: script.Talk, people: dict[str, User], networks: dict[str, Network], articles: dict[str, ArticlePage], at: datetime
) -> Topic:
    acronym, who = talk.heading[:2]
    about = [articles[slug] for slug in talk.named("about")]
    tags = [tag.replace("_", " ") for tag in talk.named("tag")]
    chapter = about[0] if about else None
    topic = open_topic(networks[acronym], by=people[who], title=talk.title, text=talk.text, chapter=chapter, tags=tags)
    Topic.objects.filter(pk=topic.pk).update(created_at=at)
    if "pinned" in talk.heading:
        pin_topic(topic, by=facilitator(topic.network))
    return Topic.objects.get(pk=topic.pk)


def _write(discussion: Discussion, talk: script.Talk, people: dict[str, User], start: datetime) -> None:
    above: list[ThreadComment] = []
    for number, line in enumerate(talk.lines, 1):
        comment = services.add_as_found(
            discussion,
            author=_author(line.who, people, discussion),
            text=line.text,
            parent_id=above[line.depth - 1].pk if line.depth else None,
            status=_first_status(Status(line.status)),
            submitted_at=start + BETWEEN_COMMENTS * number,
        )
        _decide(comment, Status(line.status), people)
        above[line.depth :] = [comment]


def _point_out(discussion: Discussion, people: dict[str, User]) -> None:
    """What readers find useful in an article's discussion, and what its editor points them to."""
    published = list(ThreadComment.objects.filter(discussion=discussion, status=Status.PUBLISHED).order_by("sequence"))
    voters = list(people.values())
    for number, comment in enumerate(published[:12]):
        for voter in voters[: number * 5 % 4]:
            if comment.user != voter:
                services.mark_useful(comment, by=voter)
    if len(published) > 8:
        services.pin(published[7], by=people["editrice"])
        services.feature(published[1], by=people["editrice"])


def _author(who: str, people: dict[str, User], discussion: Discussion) -> Author:
    if who.startswith("~"):
        return Author(name=who[1:], email=f"{slugify(who)}@demo.palabre.test", language="fr")
    user = people[who]
    memberships = user.memberships.exclude(network__visibility="secret").order_by("network__name")
    membership = memberships.filter(network_id=discussion.network_id).first() or memberships.first()
    return Author(user=user, language="fr", network_id=membership.network_id if membership else None)


def _first_status(status: Status) -> Status:
    """Where a comment stood before it was decided upon, so that the demo's history has decisions in it."""
    return {
        Status.REJECTED: Status.PENDING,
        Status.SPAM: Status.PENDING,
        Status.HIDDEN: Status.PUBLISHED,
        Status.REPHRASING: Status.PUBLISHED,
        Status.REMOVED: Status.PUBLISHED,
    }.get(status, status)


def _decide(comment: ThreadComment, status: Status, people: dict[str, User]) -> None:
    if status in DECISIONS:
        services.moderate(
            comment, DECISIONS[status], by=people["moderation"], reason="advertising" if status == Status.REJECTED else "abuse"
        )
    elif status == Status.REMOVED:
        services.remove(comment, by=comment.user)
