"""Which topics of a space are asked for: the words of an address, and the choices that a page offers."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import QueryDict
from wagtail.models import Page

from networks import chapters
from networks.keys import key_in
from networks.models import Network, Topic, TopicTag
from networks.models.topics import TopicQuerySet
from networks.states import TopicState

TAGS_OFFERED = 100
FREE = "libre"
"""What stands for "no chapter" in an address."""


@dataclass(frozen=True)
class TopicFilter:
    """What an address asks for: a state (none: everything but the archive), a chapter's key or FREE, and a tag's slug."""

    state: str = ""
    chapter: str = ""
    tag: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> "TopicFilter":
        """What is asked for; what makes no sense asks for nothing."""
        state, chapter = asked.get("etat", ""), asked.get("chapitre", "")
        return cls(
            state=state if state in TopicState.values else "",
            chapter=chapter if chapter == FREE or key_in(chapter) is not None else "",
            tag=asked.get("mot", "").replace("\x00", "")[:60],
        )

    def __bool__(self) -> bool:
        return bool(self.state or self.chapter or self.tag)

    def applied_to(self, topics: TopicQuerySet, user: Any) -> TopicQuerySet:
        """The topics that are asked for; of a chapter that the person may not read, none: which are about it is not told."""
        topics = topics.filter(state=self.state) if self.state else topics.current()
        if self.chapter:
            about = chapters.visible_to(user).filter(pk=int(self.chapter)) if self.chapter != FREE else None
            topics = topics.filter(chapter=None) if about is None else topics.filter(chapter__in=about.order_by().values("pk"))
        return topics.filter(tags__slug=self.tag) if self.tag else topics

    @property
    def query(self) -> str:
        """The same, as the end of an address that goes on (`&etat=…`); empty for nothing."""
        asked = {name: value for name, value in (("etat", self.state), ("chapitre", self.chapter), ("mot", self.tag)) if value}
        return f"&{urlencode(asked)}" if asked else ""


@dataclass(frozen=True)
class Choices:
    """What a space's topics can be filtered by."""

    chapters: list[Page]
    tags: list[TopicTag]

    def __bool__(self) -> bool:
        return bool(self.chapters or self.tags)


def choices_in(network: Network, user: Any, asked: TopicFilter) -> Choices:
    """The chapters of a network's topics and its latest tags, and what is asked for; chapters the person may not read are none of them.

    Two queries.
    """
    about = Topic.objects.visible_to(user).filter(network=network).exclude(chapter=None).order_by().values("chapter")
    is_asked = ExpressionWrapper(Q(slug=asked.tag), output_field=BooleanField())
    tags = sorted(network.topic_tags.order_by(is_asked.desc(), "-pk")[:TAGS_OFFERED], key=lambda tag: tag.slug)
    return Choices(list(chapters.visible_to(user).filter(pk__in=about)), tags)
