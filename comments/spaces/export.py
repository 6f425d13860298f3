"""What was said in a space, to take away: published words, and of people nothing but that they differ from each other.

Names and addresses are other people's: "Person 3" is the same one throughout a file, and another in the next. What is hidden, refused or
waits is not there; a removed comment above published answers stands as a gap.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby, islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext

from comments import paths
from comments.addresses import author_key
from comments.conf import absolute
from comments.models import Discussion, ThreadComment
from comments.states import Status
from networks import chapters
from networks.models import Network, Topic

BATCH = 2_000
"""How many topics are read at once."""
MOST_ON_A_PAGE = 2_000
"""How many topics and comments together the page to print shows: more is for the files."""


@dataclass(frozen=True)
class ExportedComment:
    """One comment; `number` is its place (1, 1.1, 1.2, 2), `answers` that of the comment it answers, empty for none."""

    number: str
    answers: str
    date: str
    person: str
    role: str
    text: str
    useful: int
    url: str
    html: str = ""


@dataclass(frozen=True)
class ExportedTopic:
    """One topic with what was said about it."""

    title: str
    state: str
    chapter: str
    tags: list[str]
    date: str
    person: str
    text: str
    url: str
    comments: list[ExportedComment]
    html: str = ""


class SpaceExport:
    """The topics of a network with their comments, oldest first, for one person who may take them away."""

    def __init__(self, network: Network, user: Any) -> None:
        self.network = network
        self._user = user
        self._people: dict[str, int] = {}
        self.is_cut = False
        """Whether comments beyond those asked for were left out."""

    def topics(self, *, most: int | None = None) -> Iterator[ExportedTopic]:
        """Each topic in turn with its comments, `most` of both together at most; a few queries for each BATCH of topics."""
        readable = dict(chapters.visible_to(self._user).values_list("pk", "title"))
        tags, left = self._tags(), most
        for topic, comments in self._discussed():
            if left is not None and left <= 0:
                self.is_cut = True
                return
            opened_by = self._person(author_key(topic.author_id, "") if topic.author_id else "")
            taken = list(self._numbered(comments if left is None else islice(comments, left)))
            if left is not None:
                left -= len(taken) + 1
                self.is_cut = self.is_cut or next(comments, None) is not None
            yield ExportedTopic(
                title=topic.title,
                state=topic.state,
                chapter=readable.get(topic.chapter_id, ""),
                tags=tags[topic.pk],
                date=_moment(topic.created_at),
                person=opened_by,
                text=topic.text,
                url=absolute(topic.get_absolute_url()),
                comments=taken,
                html=topic.html,
            )

    def _discussed(self) -> Iterator[tuple[Topic, Iterator[ThreadComment]]]:
        """Each topic with its comments, which are read before the next one is asked for."""
        last = 0
        every = Topic.objects.visible_to(self._user).filter(network=self.network).select_related("author", "network").order_by("pk")
        while topics := list(every.filter(pk__gt=last)[:BATCH]):
            last = topics[-1].pk
            discussions = dict(self._discussions_of(topics).values_list("object_id", "pk"))
            of_topic = Cast("discussion__object_id", BigIntegerField())
            comments = ThreadComment.objects.filter(discussion__in=discussions.values()).shown().order_by(of_topic, "path")
            groups = groupby(comments.iterator(chunk_size=500), key=lambda comment: comment.discussion_id)
            waiting = next(groups, None)
            for topic in topics:
                key = discussions.get(str(topic.pk))
                if waiting is not None and waiting[0] == key:
                    yield topic, waiting[1]
                    waiting = next(groups, None)
                else:
                    yield topic, iter(())
            if len(topics) < BATCH:
                return

    def _tags(self) -> Mapping[int, list[str]]:
        """The tags of every topic of the network, by the topic's key."""
        tags: dict[int, list[str]] = defaultdict(list)
        carried = Topic.tags.through.objects.filter(topic__network=self.network).order_by("topictag__slug")
        for topic, name in carried.values_list("topic", "topictag__name"):
            tags[topic].append(name)
        return tags

    def _discussions_of(self, topics: list[Topic]) -> QuerySet[Discussion]:
        kind = ContentType.objects.get_for_model(Topic)
        return Discussion.objects.visible_to(self._user).filter(content_type=kind, object_id__in=[str(topic.pk) for topic in topics])

    def _numbered(self, comments: Iterable[ThreadComment]) -> Iterator[ExportedComment]:
        counted: dict[str, int] = {}
        numbers: dict[str, str] = {}
        for comment in comments:
            above = comment.path[: -paths.WIDTH]
            counted[above] = counted.get(above, 0) + 1
            number = f"{numbers[above]}.{counted[above]}" if above in numbers else str(counted[above])
            numbers[comment.path] = number
            yield self._exported(comment, number, numbers.get(above, ""))

    def _exported(self, comment: ThreadComment, number: str, answers: str) -> ExportedComment:
        stands = comment.status == Status.PUBLISHED
        return ExportedComment(
            number=number,
            answers=answers,
            date=_moment(comment.submit_date),
            person=self._person(comment.author_key) if stands else "",
            role=comment.get_author_role_display() if stands else "",
            text=comment.comment if stands else gettext("(no longer here)"),
            useful=comment.useful_count if stands else 0,
            url=absolute(comment.get_absolute_url()) if stands else "",
            html=comment.html if stands else "",
        )

    def _person(self, key: str) -> str:
        """What stands for somebody in this file."""
        if not key:
            return gettext("Somebody")
        return gettext("Person %(number)s") % {"number": self._people.setdefault(key, len(self._people) + 1)}


def as_data(topic: ExportedTopic) -> dict[str, Any]:
    """A topic as JSON can hold it, words as they were typed."""
    data = asdict(topic)
    del data["html"]
    for comment in data["comments"]:
        del comment["html"]
    return data


def _moment(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
