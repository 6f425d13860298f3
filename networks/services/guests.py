"""The guests of a single topic."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from networks.models import TopicGuest
from networks.permissions import standing_of
from networks.services.locking import lock_topic, record
from networks.services.refusals import Refused, require


@transaction.atomic
def end_visit(guest: TopicGuest, *, by: Any) -> None:
    """End a guest's visit, which a guest may do as well; what they wrote stays. Raises Refused for anybody else, or where it ended."""
    topic = lock_topic(guest.topic)
    current = topic.guests.select_related("user").filter(pk=guest.pk).first()
    if current is None:
        raise Refused(gettext("This visit has ended meanwhile."))
    require(current.user_id == by.pk or standing_of(by, topic.network).can_manage_members)
    current.delete()
    record(topic, "end_visit", by, person=current.user)
