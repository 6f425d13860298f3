"""The way out for mail: written in the transaction of its cause, sent after it, tried again until it leaves.

A mail is leased by a conditional UPDATE, so that two processes never send the same one, and settled once it left. A mail
server that is down costs nothing but time: the row stays, and is tried again after a minute, then less and less often,
daily at last. The setting MAIL_DELIVERY says who sends: "thread" (a short-lived thread of the web process, the default),
"worker" (only the command `deliver_mail`) or "inline" (before the answer; for tests).
"""

import logging
import smtplib
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from comments import background, mails
from comments.conf import setting
from comments.models import OutgoingMail

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=5)
DELAYS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60)]


def queue(
    kind: str,
    event: str,
    *,
    recipient: str,
    user: Any = None,
    language: str = "",
    data: dict[str, Any] | None = None,
    not_before: datetime | None = None,
) -> None:
    """Write a mail down, once for each event, to leave when the transaction is over."""
    mail = OutgoingMail(
        kind=kind,
        event=event,
        recipient=recipient,
        user=user,
        language=language,
        data=data or {},
        next_attempt_at=not_before or timezone.now(),
    )
    OutgoingMail.objects.bulk_create([mail], ignore_conflicts=True)
    transaction.on_commit(start_delivery, robust=True)


def start_delivery() -> None:
    """Have what waits sent, by whom the setting MAIL_DELIVERY names."""
    sender = setting("MAIL_DELIVERY")
    if sender == "inline":
        deliver_due()
    elif sender == "thread":
        background.run(deliver_due, then_at=next_attempt)


def deliver_due() -> int:
    """Send every mail whose time has come and that nobody else is sending; return how many left."""
    sent = 0
    for mail in _due().order_by("next_attempt_at").iterator(chunk_size=100):
        if _lease(mail):
            sent += _deliver(mail)
    return sent


def next_attempt() -> datetime | None:
    """When the next waiting mail is to be tried."""
    waiting = OutgoingMail.objects.filter(settled_at=None).order_by("next_attempt_at")
    return waiting.values_list("next_attempt_at", flat=True).first()


def _due() -> QuerySet[OutgoingMail]:
    now = timezone.now()
    return OutgoingMail.objects.filter(Q(leased_until=None) | Q(leased_until__lte=now), settled_at=None, next_attempt_at__lte=now)


def _lease(mail: OutgoingMail) -> bool:
    """Take a mail for oneself; whoever dies with it leaves it to others when the lease ends."""
    now = timezone.now()
    delay = DELAYS[min(mail.attempts, len(DELAYS) - 1)]
    return bool(
        _due()
        .filter(pk=mail.pk, attempts=mail.attempts)
        .update(leased_until=now + LEASE, attempts=F("attempts") + 1, next_attempt_at=now + delay)
    )


def _deliver(mail: OutgoingMail) -> bool:
    try:
        message = mails.compose(mail)
        if message is not None:
            _send(mail, message)
    except smtplib.SMTPRecipientsRefused as refusal:
        if all(code >= 500 for code, _text in refusal.recipients.values()):
            return _settle(mail, error=str(refusal), left=False)
        return _keep(mail, refusal)
    except Exception as error:  # noqa: BLE001 (whatever went wrong, the mail stays and the next one is tried)
        return _keep(mail, error)
    return _settle(mail, left=message is not None)


def _send(mail: OutgoingMail, message: mails.Message) -> None:
    letter = EmailMultiAlternatives(message.subject, message.text, to=[mail.recipient], headers=message.headers)
    letter.attach_alternative(message.html, "text/html")
    letter.send()


def _settle(mail: OutgoingMail, *, left: bool, error: str = "") -> bool:
    OutgoingMail.objects.filter(pk=mail.pk).update(settled_at=timezone.now(), leased_until=None, last_error=error[:300])
    return left


def _keep(mail: OutgoingMail, error: Exception) -> bool:
    logger.warning("Mail %s did not leave: %s", mail.pk, error)
    OutgoingMail.objects.filter(pk=mail.pk).update(leased_until=None, last_error=f"{type(error).__name__}: {error}"[:300])
    return False
