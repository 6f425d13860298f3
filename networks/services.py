"""The only writers of networks, memberships, requests and topics.

Every act is one transaction and one audit row, its actor is `by`. What concerns the people of a network locks the
network's row, what concerns a topic locks the topic's. The locks are taken without the key (`no_key`): comments being
written refer to the network meanwhile, and must not wait for it while they hold their own discussion.
"""

from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from networks.markup import clean_text
from networks.models import JoinRequest, Membership, Network, Topic
from networks.permissions import Standing, standing_of
from networks.signals import join_decided, join_requested, topic_being_written
from networks.states import RequestOutcome, Role, TopicState

ASK_AGAIN_AFTER = timedelta(days=7)
"""How long after a refusal somebody may ask again."""

DOUBLE_SUBMIT_WINDOW = timedelta(hours=1)
"""The same topic of the same author in the same network within this time is one topic sent twice."""

MAX_PINNED = 10
"""How many topics of a network are pinned at most: pinned topics stand above every page of the list."""

PRESENTATION_FIELDS = ("tagline", "presentation", "website", "colour")
"""What facilitators decide of their space."""


class Refused(Exception):
    """An act that the rules refuse; its text is a sentence for the person, in their language."""


class AlreadyDecided(Refused):
    """Somebody else decided about a request meanwhile; `join_request` is as it stands now."""

    def __init__(self, join_request: JoinRequest) -> None:
        self.join_request = join_request
        super().__init__(
            gettext("This request was decided meanwhile: it is %(outcome)s.") % {"outcome": join_request.get_outcome_display()}
        )


class LastFacilitator(Refused):
    """The network would be left without a facilitator."""

    def __init__(self) -> None:
        super().__init__(gettext("A space needs a facilitator: name another one first."))


# Members --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def request_to_join(network: Network, *, by: Any, message: str = "") -> JoinRequest:
    """Ask to join a network and return the request; one that already waits is returned as it is.

    Raises Refused for who may not ask (no account, already a member) or was refused less than ASK_AGAIN_AFTER ago.
    """
    locked = _lock_network(network)
    if not standing_of(by, locked).can_ask_to_join:
        raise Refused(gettext("You cannot ask to join this network."))
    latest = locked.join_requests.filter(user=by).order_by("-pk").first()
    if latest and latest.outcome == RequestOutcome.WAITING:
        return latest
    if moment := may_ask_again_at(latest):
        raise Refused(gettext("You can ask again from %(date)s.") % {"date": moment.strftime("%d/%m/%Y")})
    join_request = JoinRequest.objects.create(network=locked, user=by, message=clean_text(message))
    _log(locked, "request_to_join", by, person=by)
    join_requested.send(sender=JoinRequest, join_request=join_request)
    return join_request


def may_ask_again_at(latest: JoinRequest | None) -> Any:
    """From when somebody may ask again after their latest request; None when nothing keeps them."""
    if latest is None or latest.outcome != RequestOutcome.REFUSED or latest.decided_at is None:
        return None
    moment = latest.decided_at + ASK_AGAIN_AFTER
    return timezone.localtime(moment) if moment > timezone.now() else None


@transaction.atomic
def accept(join_request: JoinRequest, *, by: Any, answer: str = "") -> Membership:
    """Accept a request: its author becomes a member. Raises Refused, or AlreadyDecided when somebody was quicker."""
    decided = _decide(join_request, RequestOutcome.ACCEPTED, by=by, answer=answer)
    membership, _ = Membership.objects.get_or_create(network=decided.network, user=decided.user)
    join_decided.send(sender=JoinRequest, join_request=decided)
    return membership


@transaction.atomic
def refuse(join_request: JoinRequest, *, by: Any, answer: str = "") -> JoinRequest:
    """Refuse a request, with words for its author. Raises Refused, or AlreadyDecided when somebody was quicker."""
    decided = _decide(join_request, RequestOutcome.REFUSED, by=by, answer=answer)
    join_decided.send(sender=JoinRequest, join_request=decided)
    return decided


def _decide(join_request: JoinRequest, outcome: RequestOutcome, *, by: Any, answer: str) -> JoinRequest:
    network = _lock_network(join_request.network)
    _require(standing_of(by, network).can_manage_members)
    current = JoinRequest.objects.select_related("user").get(pk=join_request.pk)
    current.network = network
    if current.outcome != RequestOutcome.WAITING:
        raise AlreadyDecided(current)
    current.outcome, current.answer = outcome, clean_text(answer)
    current.decided_at, current.decided_by = timezone.now(), by
    current.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
    _log(network, "accept" if outcome == RequestOutcome.ACCEPTED else "refuse", by, person=current.user)
    return current


@transaction.atomic
def set_role(membership: Membership, role: Role, *, by: Any) -> Membership:
    """Give a member another role. Raises Refused, or LastFacilitator when the network would be left without one."""
    network, current = _lock_membership(membership)
    _require(standing_of(by, network).can_manage_members)
    if current.role == role:
        return current
    _keep_a_facilitator(current)
    previous, current.role = current.role, role
    current.save(update_fields=["role"])
    _log(network, "set_role", by, person=current.user, **{"from": previous, "to": role})
    return current


@transaction.atomic
def remove_member(membership: Membership, *, by: Any) -> None:
    """End somebody's membership. Raises Refused, or LastFacilitator when the network would be left without one."""
    network, current = _lock_membership(membership)
    _require(standing_of(by, network).can_manage_members)
    _keep_a_facilitator(current)
    current.delete()
    _log(network, "remove_member", by, person=current.user)


@transaction.atomic
def leave(network: Network, *, by: Any) -> None:
    """End one's own membership; nothing happens to who is no member. Raises LastFacilitator for the last one."""
    locked = _lock_network(network)
    current = Membership.objects.filter(network=locked, user=by).first()
    if current is None:
        return
    _keep_a_facilitator(current)
    current.delete()
    _log(locked, "leave", by, person=by)


def _keep_a_facilitator(changing: Membership) -> None:
    others = Membership.objects.filter(network=changing.network_id, role=Role.FACILITATOR, user__is_active=True).exclude(pk=changing.pk)
    if changing.role == Role.FACILITATOR and not others.exists():
        raise LastFacilitator


# The space ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def save_presentation(network: Network, *, by: Any, **values: str) -> Network:
    """Keep what a facilitator decided of the space (PRESENTATION_FIELDS). Raises Refused for who does not run it."""
    locked = _lock_network(network)
    _require(standing_of(by, locked).can_edit_presentation)
    changed = [name for name in PRESENTATION_FIELDS if name in values and getattr(locked, name) != values[name]]
    if not changed:
        return locked
    for name in changed:
        setattr(locked, name, values[name])
    locked.save(update_fields=changed)
    _log(locked, "save_presentation", by, changed=changed)
    return locked


# Topics ---------------------------------------------------------------------------------------------------------------


@transaction.atomic
def open_topic(network: Network, *, by: Any, title: str, text: str = "") -> Topic:
    """Open a topic and return it; sent twice, it is one. Raises Refused for who is no member."""
    locked = _lock_network(network)
    _require(standing_of(by, locked).can_open_topic)
    topic_being_written.send(sender=Topic, network=locked, by=by)
    said = {"title": clean_text(title), "text": clean_text(text)}
    if twin := locked.topics.filter(author=by, created_at__gte=timezone.now() - DOUBLE_SUBMIT_WINDOW, **said).first():
        return twin
    topic = Topic.objects.create(network=locked, author=by, **said)
    _log(topic, "open_topic", by)
    return topic


@transaction.atomic
def edit_topic(topic: Topic, *, by: Any, title: str, text: str) -> Topic:
    """Rewrite a topic's title and text. Raises Refused for who may not."""
    current = _lock_topic(topic)
    _require(_standing(by, current).can_edit_topic(current))
    topic_being_written.send(sender=Topic, network=current.network, by=by)
    said = {"title": clean_text(title), "text": clean_text(text)}
    if all(getattr(current, name) == value for name, value in said.items()):
        return current
    return _change(current, "edit_topic", by, **said, updated_at=timezone.now())


@transaction.atomic
def close_topic(topic: Topic, *, by: Any) -> Topic:
    """Close a topic: what was said stays, its discussion takes nothing more. Raises Refused for who may not."""
    return _set(topic, "close_topic", by, state=TopicState.CLOSED)


@transaction.atomic
def reopen_topic(topic: Topic, *, by: Any) -> Topic:
    """Open a closed topic again. Raises Refused for who may not."""
    return _set(topic, "reopen_topic", by, state=TopicState.OPEN)


@transaction.atomic
def pin_topic(topic: Topic, *, by: Any) -> Topic:
    """Put a topic above the others. Raises Refused for who may not, or past MAX_PINNED topics."""
    network = _lock_network(topic.network)
    if network.topics.filter(pinned=True).exclude(pk=topic.pk).count() >= MAX_PINNED:
        raise Refused(gettext("%(count)s topics are pinned already: unpin one first.") % {"count": MAX_PINNED})
    return _set(topic, "pin_topic", by, pinned=True)


@transaction.atomic
def unpin_topic(topic: Topic, *, by: Any) -> Topic:
    """Put a pinned topic back among the others. Raises Refused for who may not."""
    return _set(topic, "unpin_topic", by, pinned=False)


def _set(topic: Topic, act: str, by: Any, **values: Any) -> Topic:
    current = _lock_topic(topic)
    _require(_standing(by, current).can_close_topic)
    if all(getattr(current, name) == value for name, value in values.items()):
        return current
    return _change(current, act, by, **values)


def _change(topic: Topic, act: str, by: Any, **values: Any) -> Topic:
    for name, value in values.items():
        setattr(topic, name, value)
    topic.save(update_fields=list(values))
    _log(topic, act, by)
    return topic


# What they share ------------------------------------------------------------------------------------------------------


def _lock_network(network: Network) -> Network:
    return Network.objects.select_for_update(no_key=True).get(pk=network.pk)


def _lock_membership(membership: Membership) -> tuple[Network, Membership]:
    """The network locked and the membership as it stands; Refused when it ended meanwhile."""
    network = Network.objects.select_for_update(no_key=True).get(pk=membership.network_id)
    current = Membership.objects.select_related("user").filter(pk=membership.pk).first()
    if current is None:
        raise Refused(gettext("This membership has ended meanwhile."))
    return network, current


def _lock_topic(topic: Topic) -> Topic:
    return Topic.objects.select_for_update(no_key=True, of=("self",)).select_related("network").get(pk=topic.pk)


def _standing(user: Any, topic: Topic) -> Standing:
    return standing_of(user, topic.network)


def _require(allowed: bool) -> None:
    if not allowed:
        raise Refused(gettext("You may not do this in this space."))


def _log(instance: models.Model, act: str, by: Any, *, person: Any = None, **data: Any) -> None:
    """One audit row; of the person concerned it keeps the key only, so that a closed account leaves no name behind."""
    log(instance=instance, action=f"networks.{act}", user=by, data={**data, **({"person": person.pk} if person else {})})
