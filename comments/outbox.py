"""The way out for mail: a row written in the transaction of its cause, sent after it, tried again until it leaves.

A mail is leased by a conditional UPDATE, so that two processes never send the same one, and settled once it left. While the
mail server is down nothing is tried but its door: the mails wait as they are, and leave in their order once it opens. A mail
that fails by itself (its template, its recipient) is tried again less and less often, and holds up no other.
The setting MAIL_DELIVERY says who sends: "thread" (a short-lived thread of the web process, the default), "worker" (only the
command `deliver_mail`) or "inline" (before the answer; for tests).
"""

import contextlib
import logging
import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connections, transaction
from django.db.models import CharField, F, Min, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat, Greatest
from django.utils import timezone

from comments import consultation_calls, mails, moderator_calls
from comments.background import Background, TryLater
from comments.conf import setting
from comments.models import OutgoingMail
from networks.models import Membership
from networks.prepared import PreparedInsert, insert_from

logger = logging.getLogger(__name__)

BATCH = 100
"""How many mails are sent over one connection to the mail server."""
LEASE = timedelta(minutes=5)
DELAYS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60)]
CALLS: dict[str, Callable[[list[OutgoingMail]], None]] = {
    moderator_calls.KIND: moderator_calls.pass_on,
    consultation_calls.KIND: consultation_calls.pass_on,
}
"""What becomes mails to people who are found when it is due."""
KEPT = timedelta(days=90)
"""How long the row of a mail that left stays, with its recipient."""


_INSERT = PreparedInsert(OutgoingMail, ignores_conflicts=True)


class ServerDown(TryLater):
    """The mail server does not let us in; no mail is at fault."""


def queue(
    kind: str,
    event: str,
    *,
    recipient: str = "",
    user_id: Any = None,
    language: str = "",
    data: dict[str, Any] | None = None,
    not_before: datetime | None = None,
) -> None:
    """Write a mail down, once for each event, to leave when the transaction is over, or at a moment after it.

    Either to an account, whose address and language are looked up when the mail leaves, or to a guest's address.
    """
    mail = OutgoingMail(kind=kind, event=event, recipient=recipient, user_id=user_id, language=language, data=data or {})
    mail.next_attempt_at = not_before or mail.next_attempt_at
    _INSERT.one(mail)
    transaction.on_commit(start_delivery, robust=True)


def queue_all(mails_to_leave: Sequence[OutgoingMail]) -> None:
    """Write many mails down in few statements, each once for its event, to leave when the transaction is over."""
    OutgoingMail.objects.bulk_create(mails_to_leave, batch_size=500, ignore_conflicts=True)
    transaction.on_commit(start_delivery, robust=True)


def queue_for_each(memberships: QuerySet[Membership], kind: str, event: str, *, data: dict[str, Any]) -> None:
    """Write the same mail down for everybody in these memberships, once for each event and person: in one statement for thousands."""
    of_person = Concat(Value(f"{event}:"), Cast("user_id", CharField()))
    insert_from(memberships, OutgoingMail, kind=kind, event=of_person, user_id=F("user_id"), data=data)
    transaction.on_commit(start_delivery, robust=True)


def start_delivery() -> None:
    """Have what waits sent, by whom the setting MAIL_DELIVERY names."""
    sender = setting("MAIL_DELIVERY")
    if sender == "inline":
        deliver_due()
    elif sender == "thread":
        _postman.ask()


def deliver_due(*, before_talking: Callable[[], object] = lambda: None) -> int:
    """Send every mail whose time has come and that nobody else is sending; return how many left.

    `before_talking` is called before each conversation with the mail server. Raises ServerDown where it cannot begin.
    """
    sent = 0
    while batch := list(_due().order_by("next_attempt_at", "pk")[:BATCH]):
        for kind in CALLS:
            _pass_on(kind, [mail for mail in batch if mail.kind == kind])
        with contextlib.closing(_Server(before_talking)) as server:
            sent += sum(_deliver(mail, server) for mail in batch if mail.kind not in CALLS and _lease(mail))
    return sent


def forget_old() -> int:
    """Delete the rows of mails that left, or lost their reason, long ago; return how many."""
    return OutgoingMail.objects.filter(settled_at__lt=timezone.now() - KEPT).delete()[0]


def next_attempt() -> datetime | None:
    """When there is a mail to be tried again."""
    moment = Greatest("next_attempt_at", Coalesce("leased_until", "next_attempt_at"))
    return OutgoingMail.objects.filter(settled_at=None).aggregate(soonest=Min(moment))["soonest"]


def _postmans_round() -> datetime | None:
    """Deliver without holding a connection to the database while the mail server talks; return when to come again."""
    deliver_due(before_talking=connections.close_all)
    return next_attempt()


_postman = Background(_postmans_round, name="palabre-mail")


class _Server:
    """The mail server, rung up once there is something to send, for as many mails as follow."""

    def __init__(self, before_talking: Callable[[], object]) -> None:
        self._before_talking = before_talking
        self._connection: Any = None

    def send(self, letter: EmailMultiAlternatives) -> None:
        """Hand a mail over; raises ServerDown where the server does not answer, and its own errors about this mail."""
        self._before_talking()
        if self._connection is None:
            connection = get_connection()
            try:
                connection.open()
            except Exception as error:
                raise ServerDown(f"the mail server does not answer ({type(error).__name__}: {error})") from error
            self._connection = connection
        try:
            self._connection.send_messages([letter])
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Hang up."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(OSError):
                connection.close()


def _pass_on(kind: str, calls: list[OutgoingMail]) -> None:
    """Let calls become mails, and be forgotten; where that fails, mails go on leaving without them."""
    rows = OutgoingMail.objects.filter(pk__in=[call.pk for call in calls])
    try:
        if calls:
            CALLS[kind](calls)
            rows.delete()
    except Exception as error:
        logger.exception("Calls wait: %s.", kind)
        rows.update(next_attempt_at=timezone.now() + DELAYS[1], last_error=f"{type(error).__name__}: {error}"[:300])


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


def _deliver(mail: OutgoingMail, server: _Server) -> bool:
    try:
        message = mails.compose(mail)
        if message is not None:
            server.send(_letter(message))
    except ServerDown as error:
        _give_back(mail, error)
        raise
    except smtplib.SMTPRecipientsRefused as refusal:
        if all(code >= 500 for code, _text in refusal.recipients.values()):
            return _settle(mail, error=str(refusal), left=False)
        return _keep(mail, refusal)
    except Exception as error:  # noqa: BLE001 (whatever went wrong, the mail stays and the next one is tried)
        return _keep(mail, error)
    return _settle(mail, left=message is not None)


def _letter(message: mails.Message) -> EmailMultiAlternatives:
    letter = EmailMultiAlternatives(message.subject, message.text, to=[message.to], headers=message.headers)
    letter.attach_alternative(message.html, "text/html")
    return letter


def _settle(mail: OutgoingMail, *, left: bool, error: str = "") -> bool:
    OutgoingMail.objects.filter(pk=mail.pk).update(settled_at=timezone.now(), leased_until=None, last_error=error[:300])
    return left


def _give_back(mail: OutgoingMail, error: Exception) -> None:
    """Leave a mail as it was before it was leased: the first in its turn."""
    OutgoingMail.objects.filter(pk=mail.pk).update(
        leased_until=None, attempts=mail.attempts, next_attempt_at=mail.next_attempt_at, last_error=str(error)[:300]
    )


def _keep(mail: OutgoingMail, error: Exception) -> bool:
    logger.warning("Mail %s did not leave: %s", mail.pk, error)
    OutgoingMail.objects.filter(pk=mail.pk).update(leased_until=None, last_error=f"{type(error).__name__}: {error}"[:300])
    return False
