"""The identification log: what is written into it, who looks into it, how long it is kept."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from comments import audit, permissions
from comments.models import IdentificationLook, IdentificationRecord, ThreadComment
from comments.models.identification import Act, LookKind
from comments.origins import Origin
from comments.services.refusals import Refused
from networks.prepared import PreparedInsert

KEPT = timedelta(days=365)
"""How long the law has hosts keep what identifies who wrote something: one year (docs/identification.md)."""
BATCH = 500
"""Records deleted in one transaction: nobody who posts meanwhile waits long."""

_INSERT = PreparedInsert(IdentificationRecord)


def note_origin(comment: ThreadComment, act: Act, origin: Origin | None, *, by: Any = None) -> None:
    """Write down from where something was done to a comment, with one INSERT, in the transaction of the act; nothing without an address.

    `by` is the account that did it, where that is not the comment's own: who let a network speak.
    """
    if origin is not None and origin.ip:
        _INSERT.one(
            IdentificationRecord(comment_id=comment.pk, user_id=by.pk if by else comment.user_id, act=act, ip=origin.ip, port=origin.port)
        )


@transaction.atomic
def look_into(comment: ThreadComment, *, by: Any, reason: str) -> list[IdentificationRecord]:
    """Return what the log keeps about a comment, and write down who asked for it and why.

    Raises Refused for anybody but those whom `permissions.can_identify` names, and without a reason.
    """
    _write_down(comment, LookKind.LOOKED, by=by, reason=reason)
    return list(IdentificationRecord.objects.about(comment))


@transaction.atomic
def hold(comment: ThreadComment, *, by: Any, reason: str) -> int:
    """Keep what the log says about a comment until the hold is lifted, and return how many records that is.

    Raises Refused as `look_into` does, and where nothing is kept about the comment.
    """
    _write_down(comment, LookKind.HELD, by=by, reason=reason)
    held = IdentificationRecord.objects.about(comment).order_by().update(held=True)
    if not held:
        raise Refused(gettext("Nothing is kept about this comment: there is nothing to hold."))
    return held


@transaction.atomic
def release(comment: ThreadComment, *, by: Any, reason: str) -> int:
    """Lift the hold on a comment's records: the next purge takes those older than a year. Raises Refused as `look_into` does."""
    _write_down(comment, LookKind.RELEASED, by=by, reason=reason)
    return IdentificationRecord.objects.about(comment).order_by().update(held=False)


def purge_identification(older_than: timedelta = KEPT) -> int:
    """Delete the records older than this that no legal hold keeps, a few hundred in each transaction; return how many."""
    before = timezone.now() - older_than
    return sum(iter(lambda: _purge_batch(before), 0))


@transaction.atomic
def _purge_batch(before: datetime) -> int:
    over = IdentificationRecord.objects.over(before).select_for_update().order_by("at")
    return IdentificationRecord.objects.filter(pk__in=list(over.values_list("pk", flat=True)[:BATCH])).delete()[0]


def _write_down(comment: ThreadComment, kind: LookKind, *, by: Any, reason: str) -> None:
    if not permissions.can_identify(by):
        raise Refused(gettext("You cannot look into the identification log."))
    if not reason.strip():
        raise Refused(gettext("Say why: it is written down beside your name."))
    look = IdentificationLook.objects.create(comment=comment, user=by, kind=kind, reason=reason.strip())
    audit.record(look, f"comments.identification_{kind}", by=by)
