"""What becomes readable to whom when a space changes whom it is for: shown before it happens, and the same when it does.

The apps above say what else of theirs stands in a space (`register`), so that a switch counts what networks know nothing of.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Count, Max, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from networks.models import Network
from networks.states import Visibility


class Readers(TextChoices):
    """Who reads something of a space."""

    EVERYONE = "everyone", _("everyone, without an account, and search engines")
    MEMBERS = "members", _("the members")


class Follows(Enum):
    """What decides who reads something of a space."""

    PRESENTATION = "presentation"
    """Everyone, unless the space is secret."""
    TOPICS = "topics"
    """Everyone where the space is public."""
    NEVER = "never"
    """The members, whatever the space is."""

    def readers_in(self, visibility: str) -> Readers:
        """Who reads it in a space of this visibility."""
        opening = {
            Follows.PRESENTATION: {Visibility.PUBLIC, Visibility.MEMBERS},
            Follows.TOPICS: {Visibility.PUBLIC},
            Follows.NEVER: set(),
        }
        return Readers.EVERYONE if visibility in opening[self] else Readers.MEMBERS


@dataclass(frozen=True)
class Counted:
    """Things of one kind in a space: what they are called, with their number, and what decides who reads them.

    `newest` is the key of the newest of them: where one took the place of another, the number is the same and the things are not.
    """

    words: str
    follows: Follows
    number: int = 1
    newest: int = 0


@dataclass(frozen=True)
class Line:
    """One kind of things before and after the switch."""

    words: str
    before: Readers
    after: Readers

    @property
    def opens(self) -> bool:
        """Whether people who could not read it now can."""
        return self.before != self.after == Readers.EVERYONE

    @property
    def closes(self) -> bool:
        """Whether people who could read it no longer can."""
        return self.before != self.after == Readers.MEMBERS


@dataclass(frozen=True)
class Exposure:
    """A switch of a network from what it is to `after`, as it would happen now."""

    network: Network
    after: Visibility
    counted: tuple[Counted, ...]

    @property
    def before(self) -> Visibility:
        """What the space is now."""
        return Visibility(self.network.visibility)

    @property
    def lines(self) -> list[Line]:
        """What there is in the space, one line for each kind, what changes first."""
        lines = [
            Line(thing.words, thing.follows.readers_in(self.before), thing.follows.readers_in(self.after))
            for thing in self.counted
            if thing.number
        ]
        return sorted(lines, key=lambda line: line.before == line.after)

    @property
    def opens(self) -> bool:
        """Whether somebody reads what they could not read before."""
        return any(line.opens for line in self.lines)

    @property
    def seen(self) -> str:
        """What stands for having seen exactly this: another number of anything, or something newer, and it is another."""
        things = ((thing.follows.value, thing.number, thing.newest) for thing in self.counted)
        told = [self.network.pk, self.before, self.after, *things]
        return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


Source = Callable[[Network], Iterable[Counted]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let an app say what of its things stands in a space; registering again changes nothing."""
    if source not in _sources:
        _sources.append(source)


def exposure_of(network: Network, after: Visibility) -> Exposure:
    """What a switch of this network to `after` would change, as things stand now."""
    counted = [*_own(network), *(thing for source in _sources for thing in source(network))]
    return Exposure(network, after, tuple(counted))


def _own(network: Network) -> Iterator[Counted]:
    yield Counted(_("That the space exists, its name, its logo, its presentation and its links"), Follows.PRESENTATION)
    documents = network.documents
    for for_members, follows, words in _DOCUMENTS:
        yield _counted(documents.filter(for_members=for_members), follows, words)
    yield _counted(network.topics, Follows.TOPICS, lambda count: ngettext("%(count)s topic", "%(count)s topics", count))
    yield _counted(
        network.dates, Follows.TOPICS, lambda count: ngettext("%(count)s date of the agenda", "%(count)s dates of the agenda", count)
    )
    yield Counted(_("The list of the members and the requests to join"), Follows.NEVER)


_DOCUMENTS: tuple[tuple[bool, Follows, Callable[[int], str]], ...] = (
    (False, Follows.PRESENTATION, lambda count: ngettext("%(count)s document", "%(count)s documents", count)),
    (True, Follows.NEVER, lambda count: ngettext("%(count)s document for members only", "%(count)s documents for members only", count)),
)


def _counted(things: Any, follows: Follows, words: Callable[[int], str]) -> Counted:
    found = things.aggregate(number=Count("pk"), newest=Max("pk"))
    return Counted(words(found["number"]) % {"count": found["number"]}, follows, found["number"], found["newest"] or 0)
