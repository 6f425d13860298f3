"""In whose name comments speak and where they were written first, as their readers may know it: the same few queries for a page of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from comments.models import Contribution, Discussion, PublicProposal, ThreadComment
from comments.states import Status
from comments.voices import Voice
from networks.models import Network, Visibility


@dataclass(frozen=True)
class Spoken:
    """What stands beside a comment: a sentence, and where it leads, if anywhere."""

    sentence: str
    url: str = ""
    link: str = ""
    """What the link is called; empty where the sentence itself leads on."""


def spoken_of(comments: Iterable[ThreadComment], user: Any) -> dict[int, Spoken]:
    """What is to be said of those comments that did not simply begin where they stand, by their keys; no query where there are none."""
    said = {comment.pk: comment for comment in comments if comment.voice and comment.status == Status.PUBLISHED}
    networks = [pk for pk, comment in said.items() if comment.is_of_network]
    echoes = [pk for pk, comment in said.items() if comment.voice == Voice.ECHO]
    return {**(_contributions(networks) if networks else {}), **(_echoes(echoes, user) if echoes else {})}


def _contributions(keys: list[int]) -> dict[int, Spoken]:
    facts = Contribution.objects.filter(comment__in=keys).only("comment", "kind", "held_on", "people", "place", "file", "file_name")
    return {contribution.comment_id: describe(contribution) for contribution in facts if contribution.comment_id is not None}


def describe(contribution: Contribution) -> Spoken:
    """What stands beside a network's words: that they are its position, or which workshop they come from, with the workshop's file."""
    if contribution.kind != Voice.WORKSHOP:
        return Spoken(gettext("Position of the network"))
    people = contribution.people or 0
    facts = [
        date_format(contribution.held_on, "DATE_FORMAT") if contribution.held_on else "",
        contribution.place,
        ngettext("%(count)d person", "%(count)d people", people) % {"count": people} if people else "",
    ]
    sentence = gettext("Contribution of a workshop (%(facts)s)") % {"facts": ", ".join(filter(None, facts))}
    if not contribution.file or contribution.comment_id is None:
        return Spoken(sentence)
    return Spoken(sentence, reverse("comments:file", args=[contribution.comment_id]), contribution.file_name)


def _echoes(keys: list[int], user: Any) -> dict[int, Spoken]:
    """Which space it was written in, for those who may know of the space; where, for those who may read there."""
    proposals = list(PublicProposal.objects.filter(posted__in=keys).select_related("comment__discussion__network"))
    secret = {proposal.comment.discussion.network_id for proposal in proposals if _is_secret(proposal)}
    known: set[Any] = set()
    if secret:
        known = set(Network.objects.visible_to(user).filter(pk__in=secret).values_list("pk", flat=True))
    discussions = {proposal.comment.discussion_id for proposal in proposals}
    readable = set(Discussion.objects.visible_to(user).filter(pk__in=discussions).values_list("pk", flat=True))
    return {
        proposal.posted_id: _echo(proposal, readable)
        for proposal in proposals
        if proposal.posted_id and (not _is_secret(proposal) or proposal.comment.discussion.network_id in known)
    }


def _is_secret(proposal: PublicProposal) -> bool:
    network = proposal.comment.discussion.network
    return network is None or network.visibility == Visibility.SECRET


def _echo(proposal: PublicProposal, readable: set[int]) -> Spoken:
    here = proposal.comment
    sentence = gettext("First written in the space of %(network)s") % {"network": here.discussion.network}
    leads = here.discussion_id in readable and here.status == Status.PUBLISHED
    return Spoken(sentence, here.get_absolute_url() if leads else "")
