"""Calling facilitators to a consultation: a row that waits for its moment, mails to each of them made of it then.

Whoever moves the dates writes rows for the new moments; those of the old ones find that their moment is another, and do nothing.
Doing so twice changes nothing: calls need no lease.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import TextChoices
from django.utils import timezone

from comments.models import Consultation, OutgoingMail
from comments.spaces.consulted import silent_networks
from networks.models import Membership, Role

KIND = "call_to_consultation"


class About(TextChoices):
    """What a call is about; the kind of the mail that it becomes."""

    OPENS = "consultation_opens", "it opens"
    ENDS = "consultation_ends", "it ends soon, and some have not spoken"


def calls_for(consultation: Consultation) -> list[OutgoingMail]:
    """The rows to write when a consultation is planned, or its dates are."""
    moments = {About.OPENS: consultation.opens_at, About.ENDS: consultation.reminds_at}
    return [_call(consultation, about, moment) for about, moment in moments.items() if moment is not None]


def pass_on(calls: Iterable[OutgoingMail]) -> None:
    """Write down the mails of the calls whose moment is still the consultation's, while it is under way."""
    for call in calls:
        consultation = Consultation.objects.running().filter(pk=call.data["consultation"]).first()
        about = About(call.data["about"])
        if consultation is not None and _moment(consultation, about) == datetime.fromisoformat(call.data["due"]):
            mails = [_mail(consultation, about, user, call.data["due"]) for user in _who_is_called(consultation, about)]
            OutgoingMail.objects.bulk_create(mails, batch_size=500, ignore_conflicts=True)


def _moment(consultation: Consultation, about: About) -> datetime | None:
    return consultation.opens_at if about == About.OPENS else consultation.reminds_at


def _who_is_called(consultation: Consultation, about: About) -> list[Any]:
    runs = Membership.objects.filter(role=Role.FACILITATOR, user__is_active=True)
    if about == About.ENDS:
        runs = runs.filter(network__in=silent_networks(consultation))
    return list(runs.order_by("user").values_list("user", flat=True).distinct())


def _call(consultation: Consultation, about: About, moment: datetime) -> OutgoingMail:
    """Each time it is planned has its own rows: a date that is put off and taken back calls again who was not called."""
    due, planned = moment.isoformat(), timezone.now().timestamp()
    data = {"consultation": consultation.pk, "about": about.value, "due": due}
    return OutgoingMail(kind=KIND, event=f"{KIND}:{consultation.pk}:{about}:{due}:{planned}", data=data, next_attempt_at=moment)


def _mail(consultation: Consultation, about: About, user: Any, due: str) -> OutgoingMail:
    """One opening for each person, wherever its date is moved; a reminder for each date that it leaves at."""
    event = f"{about}:{consultation.pk}:{user}" + (f":{due}" if about == About.ENDS else "")
    return OutgoingMail(kind=about.value, event=event, user_id=user, data={"consultation": consultation.pk})
