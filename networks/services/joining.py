"""Asking to join a network, and the answer."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from networks.markup import clean_text
from networks.models import JoinRequest, Membership, Network
from networks.permissions import standing_of
from networks.services.entering import let_in
from networks.services.locking import lock_network, record
from networks.services.refusals import AlreadyDecided, Refused, require
from networks.signals import join_decided, join_requested
from networks.states import RequestOutcome

ASK_AGAIN_AFTER = timedelta(days=7)
"""How long after a refusal somebody may ask again."""


@transaction.atomic
def request_to_join(network: Network, *, by: Any, message: str = "") -> JoinRequest:
    """Ask to join a network and return the request; one that already waits is returned as it is.

    Raises Refused for who may not ask (no account, already a member) or was refused less than ASK_AGAIN_AFTER ago.
    """
    locked = lock_network(network)
    if not standing_of(by, locked).can_ask_to_join:
        raise Refused(gettext("You cannot ask to join this network."))
    latest = locked.join_requests.filter(user=by).order_by("-pk").first()
    if latest and latest.outcome == RequestOutcome.WAITING:
        return latest
    if moment := may_ask_again_at(latest):
        raise Refused(gettext("You can ask again from %(date)s.") % {"date": moment.strftime("%d/%m/%Y")})
    join_request = JoinRequest.objects.create(network=locked, user=by, message=clean_text(message))
    record(locked, "request_to_join", by, person=by)
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
    membership = let_in(decided.network, decided.user)
    join_decided.send(sender=JoinRequest, join_request=decided)
    return membership


@transaction.atomic
def refuse(join_request: JoinRequest, *, by: Any, answer: str = "") -> JoinRequest:
    """Refuse a request, with words for its author. Raises Refused, or AlreadyDecided when somebody was quicker."""
    decided = _decide(join_request, RequestOutcome.REFUSED, by=by, answer=answer)
    join_decided.send(sender=JoinRequest, join_request=decided)
    return decided


def _decide(join_request: JoinRequest, outcome: RequestOutcome, *, by: Any, answer: str) -> JoinRequest:
    network = lock_network(join_request.network)
    require(standing_of(by, network).can_manage_members)
    current = JoinRequest.objects.select_related("user").get(pk=join_request.pk)
    current.network = network
    if current.outcome != RequestOutcome.WAITING:
        raise AlreadyDecided(current)
    current.outcome, current.answer = outcome, clean_text(answer)
    current.decided_at, current.decided_by = timezone.now(), by
    current.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
    record(network, "accept" if outcome == RequestOutcome.ACCEPTED else "refuse", by, person=current.user)
    return current
