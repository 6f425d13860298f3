"""The dates of a space."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from networks.markup import clean_text
from networks.models import AgendaDate, Network
from networks.permissions import standing_of
from networks.services.locking import lock_network, record
from networks.services.refusals import Refused, require


@transaction.atomic
def save_date(
    network: Network,
    *,
    by: Any,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    whole_days: bool = False,
    text: str = "",
    place: str = "",
    url: str = "",
    date: AgendaDate | None = None,
) -> AgendaDate:
    """Add a date to the agenda, or rewrite one (`date`). Raises Refused for who does not run the space, and for a date that is gone."""
    locked = lock_network(network)
    require(standing_of(by, locked).can_keep_agenda)
    current = locked.dates.filter(pk=date.pk).first() if date else AgendaDate(network=locked, added_by=by)
    if current is None:
        raise Refused(gettext("This date was taken out of the agenda meanwhile."))
    said = {"starts_at": starts_at, "ends_at": ends_at, "whole_days": whole_days, "place": place, "url": url}
    said |= {"title": clean_text(title), "text": clean_text(text)}
    if date and all(getattr(current, name) == value for name, value in said.items()):
        return current
    if date is None and (twin := locked.dates.filter(added_by=by, **said).first()):
        return twin
    for name, value in said.items():
        setattr(current, name, value)
    current.changed_at = timezone.now()
    current.save()
    record(locked, "edit_date" if date else "add_date", by, date=current.pk)
    return current


@transaction.atomic
def remove_date(date: AgendaDate, *, by: Any) -> None:
    """Take a date out of the agenda; nothing happens to one that is gone. Raises Refused for who does not run the space."""
    locked = lock_network(date.network)
    require(standing_of(by, locked).can_keep_agenda)
    if locked.dates.filter(pk=date.pk).delete()[0]:
        record(locked, "remove_date", by, date=date.pk)
