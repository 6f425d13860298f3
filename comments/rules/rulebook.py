"""What moderators decided beforehand, read once and kept in the process until any of it changes.

Each post asks with one query for the edition of the rules and for what is known of its author. Every change of a rule writes another
edition in its transaction, so that all processes read the rules anew with their next post. The edition is read before the rules: what
is kept is never older than it says.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Subquery

from comments.models import AuthorStanding, AuthorTrust, BlockedSender, ListedWord, ModerationSettings, SpaceModeration, ThreadComment
from comments.rules.senders import BlockList
from comments.rules.wordlist import WordList
from comments.states import Status
from networks.prepared import Parameter, PreparedQuery


@dataclass(frozen=True)
class Rulebook:
    """The rules of one edition."""

    edition: UUID | None
    numbers: ModerationSettings
    words: WordList
    senders: BlockList
    spaces: frozenset[int]


@dataclass(frozen=True)
class Consulted:
    """The rules as they stand, and how their author's comments are met here."""

    book: Rulebook
    trust: str = ""

    @property
    def is_trusted(self) -> bool:
        """Trusted here or everywhere, and watched in neither."""
        return self.trust == AuthorTrust.TRUSTED


def consult(author: str, network_id: Any) -> Consulted:
    """Return the rules and the standing of an author (`author_key`) in a network (None: outside of any), in one query."""
    row = _ASK.first(author=author, network=network_id)
    if row is None:
        return Consulted(_read(None))
    edition, *standings = row
    trust = next((standing for standing in (AuthorTrust.WATCHED, AuthorTrust.TRUSTED) if standing in standings), "")
    return Consulted(current(edition), trust)


def current(edition: UUID | None = None) -> Rulebook:
    """The rules of an edition, or of the one that stands; read from the database where this process has not read it yet."""
    wanted = edition or ModerationSettings.objects.filter(pk=ModerationSettings.ONLY).values_list("edition", flat=True).first()
    known = _kept.get("book")
    if known is None or known.edition != wanted or wanted is None:
        known = _kept["book"] = _read(wanted)
    return known


def has_published(author: str, number: int) -> bool:
    """Whether an author has at least so many published comments, anywhere; costs no more for one who has thousands."""
    return bool(author) and _published(number).first(author=author) is not None


_kept: dict[str, Rulebook] = {}


def _read(edition: UUID | None) -> Rulebook:
    numbers = ModerationSettings.objects.filter(pk=ModerationSettings.ONLY).first() or ModerationSettings()
    return Rulebook(
        edition,
        numbers,
        WordList(ListedWord.objects.filter(active=True).order_by("pk")),
        BlockList(BlockedSender.objects.in_force().order_by("pk")),
        frozenset(SpaceModeration.objects.values_list("network_id", flat=True)),
    )


def _ask() -> QuerySet:
    here = AuthorStanding._meta.get_field("network")
    of_author = AuthorStanding.objects.filter(author_key=Parameter("author")).values("trust")
    everywhere, in_network = of_author.filter(network=None)[:1], of_author.filter(network_id=Parameter("network", here.target_field))[:1]
    only = ModerationSettings.objects.filter(pk=ModerationSettings.ONLY)
    return only.values_list("edition", Subquery(everywhere), Subquery(in_network))


_ASK = PreparedQuery(_ask)


@cache
def _published(number: int) -> PreparedQuery:
    place = number - 1
    return PreparedQuery(
        lambda: (
            ThreadComment.objects.filter(author_key=Parameter("author"), status=Status.PUBLISHED)
            .order_by()
            .values_list("pk")[place : place + 1]
        )
    )
