"""The doors of a space: each fetches and authorises in the same call, so that no view can do one without the other.

A secret space answers its strangers exactly as an address that does not exist. Of any other space the existence is
public: who may not go further gets one and the same refusal, whether what they asked for exists or not.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from networks.models import Announcement, Invitation, InvitationLink, Membership, Network, Topic, TopicGuest
from networks.permissions import Standing, standing_of


class NotAdmitted(PermissionDenied):
    """Someone who knows of the space may not go where they asked; `standing` says where they stand, `needs` what they lack."""

    def __init__(self, standing: Standing, needs: str) -> None:
        self.standing = standing
        self.needs = needs
        super().__init__(f"{needs} in {standing.network.slug}")


def enter(user: Any, slug: str, *, needs: str = "can_know") -> Standing:
    """Return a person's standing in the space at `slug`.

    `needs` names the property of Standing that opens the door. Raises Http404 where the space does not exist for the
    person, NotAdmitted where it does and they lack what is needed. One question tells a secret space from none: nobody measures a second.
    """
    network = get_object_or_404(Network.objects.visible_to(user).select_related("logo", "page"), slug=slug)
    standing = standing_of(user, network)
    if not standing.can_know:
        raise Http404
    if not getattr(standing, needs):
        raise NotAdmitted(standing, needs)
    return standing


def topic_in(standing: Standing, pk: int) -> Topic:
    """Return a topic of the space entered; raises Http404 for any other, NotAdmitted who may not read it.

    To a guest of one topic, any other answers alike, whether it exists or not.
    """
    if not standing.can_read_topic(pk):
        raise NotAdmitted(standing, "can_read")
    topic = get_object_or_404(standing.network.topics.select_related("author").prefetch_related("tags"), pk=pk)
    topic.network = standing.network
    return topic


def invitation_in(standing: Standing, pk: int) -> Invitation:
    """Return an open invitation to the space entered; raises Http404 for any other, NotAdmitted who may not invite."""
    if not standing.can_manage_members:
        raise NotAdmitted(standing, "can_manage_members")
    return get_object_or_404(standing.network.invitations.unanswered(), pk=pk)


def link_in(standing: Standing, pk: int) -> InvitationLink:
    """Return a link into the space entered; raises Http404 for any other, NotAdmitted who may not invite."""
    if not standing.can_manage_members:
        raise NotAdmitted(standing, "can_manage_members")
    return get_object_or_404(standing.network.invitation_links, pk=pk)


def guest_in(standing: Standing, topic: Topic, pk: int) -> TopicGuest:
    """Return a guest of a topic of the space entered; raises Http404 for any other, NotAdmitted who may not end their visit."""
    if not standing.can_manage_members:
        raise NotAdmitted(standing, "can_manage_members")
    return get_object_or_404(topic.guests.select_related("user"), pk=pk)


def announcement_in(standing: Standing, pk: int) -> Announcement:
    """Return what was written to the members of the space entered; raises Http404 for anything else, NotAdmitted who is no member."""
    if not standing.can_see_members:
        raise NotAdmitted(standing, "can_see_members")
    return get_object_or_404(standing.network.announcements.select_related("sent_by"), pk=pk)


def membership_in(standing: Standing, pk: int) -> Membership:
    """Return a membership of the space entered; raises Http404 for any other, NotAdmitted who may not see members."""
    if not standing.can_see_members:
        raise NotAdmitted(standing, "can_see_members")
    return get_object_or_404(standing.network.memberships.select_related("user"), pk=pk)
