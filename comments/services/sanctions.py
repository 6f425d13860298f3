"""What moderators decide about authors: a warning, a time without writing, or none any more."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from comments import audit, permissions
from comments.addresses import fold, same_address
from comments.models import Ending, Sanction, SanctionKind, Statement, ThreadComment
from comments.rows import Author
from comments.services.refusals import Refused
from comments.services.statements import end_statements, reason_called, state_about_author
from networks.prepared import Parameter, PreparedQuery

LONGEST = timedelta(days=3653)
"""How long a suspension lasts at most: ten years; what is longer is a ban."""
_ACCOUNT = Parameter("user", Sanction._meta.get_field("user").target_field)
_ADDRESS = Parameter("email", Sanction._meta.get_field("email"))
_GUEST_WITH_ADDRESS = Q(email=_ADDRESS, user=None) & ~Q(email="")
_OF_ACCOUNT = PreparedQuery(lambda: Sanction.objects.filter(Q(user_id=_ACCOUNT) | _GUEST_WITH_ADDRESS, lifted_at=None))
_OF_GUEST = PreparedQuery(lambda: Sanction.objects.filter(_GUEST_WITH_ADDRESS | Q(same_address("user__email", _ADDRESS)), lifted_at=None))
"""An account and a guest with its address are one person."""


def sanction(
    comment: ThreadComment,
    kind: SanctionKind,
    *,
    by: Any,
    reason: str,
    words: str = "",
    note: str = "",
    until: datetime | None = None,
    everywhere: bool = False,
) -> Sanction:
    """Decide about the author of a comment: everywhere, or in the space the comment stands in; return the decision.

    Raises Refused for who may not (moderators of a network decide in its space only), for authors who moderate themselves, without a
    reason, and for a suspension whose end is past or more than ten years away.
    """
    with transaction.atomic():
        discussion = comment.discussion
        everywhere = everywhere or discussion.network_id is None
        _refuse_unless_allowed(comment, by, everywhere=everywhere)
        if kind == SanctionKind.SUSPEND and (until is None or until <= timezone.now()):
            raise Refused(gettext("Say until when: a moment to come."))
        if until is not None and until > longest():
            raise Refused(gettext("A suspension lasts ten years at most."))
        grounds = reason_called(reason, words)
        imposed = Sanction.objects.create(
            kind=kind,
            user_id=comment.user_id,
            email="" if comment.user_id else fold(comment.user_email),
            name=comment.author_name,
            everywhere=everywhere,
            network_id=None if everywhere else discussion.network_id,
            until=until if kind == SanctionKind.SUSPEND else None,
            imposed_by=by,
        )
        statement = state_about_author(imposed, reason=grounds, words=words, language=comment.language, reported=comment.reports.exists())
        data = {"reason": reason, "words": words, "note": note, "statement": statement.pk, "until": until and until.isoformat()}
        audit.record(comment, f"comments.{kind}", by=by, data=data)
        return imposed


def longest() -> datetime:
    """When the longest suspension ends that could begin now."""
    return timezone.now() + LONGEST


def lift(imposed: Sanction, *, by: Any, note: str = "", because: Ending = Ending.LIFTED) -> Sanction:
    """Let an author write again; lifting twice changes nothing. Raises Refused for who may not decide about it, and for its author."""
    with transaction.atomic():
        current = lock(imposed.pk)
        if not Sanction.objects.moderatable_by(by).filter(pk=current.pk).exists():
            raise Refused(gettext("You cannot decide about this author."))
        if current.user_id == by.pk:
            raise Refused(gettext("This was decided about you: somebody else lifts it."))
        if current.lifted_at is None:
            current.lifted_at = timezone.now()
            current.save(update_fields=["lifted_at"])
            end_statements(Statement.objects.filter(sanction=current, ended_at=None), because, by=by)
            audit.record(current, "comments.lift", by=by, data={"note": note})
        return current


def lock(sanction_id: Any) -> Sanction:
    """Return a decision about an author as it stands, its row locked until the transaction ends."""
    return Sanction.objects.select_for_update().get(pk=sanction_id)


def why_silenced(author: Author, network_id: int | None) -> str:
    """The sentence for who may not write in a network’s space now (None: outside of any); empty for everybody else. One query at most.

    Of a guest nothing is asked until the address is proven: who types somebody's address learns nothing about them.
    """
    decided: list[Sanction] = []
    if author.user is not None:
        decided = _OF_ACCOUNT.all(user=author.user.pk, email=fold(author.user.email))
    elif author.email and author.proven:
        decided = _OF_GUEST.all(email=fold(author.email))
    holding = [each for each in decided if each.holds and (each.everywhere or each.network_id == network_id is not None)]
    return _sentence(holding) if holding else ""


def _sentence(holding: list[Sanction]) -> str:
    if any(each.kind == SanctionKind.BAN for each in holding):
        return gettext("The moderators have decided that you no longer write here. The mail they sent you says why, and how to contest it.")
    until = max(each.until for each in holding if each.until)
    return gettext("The moderators have suspended you until %(moment)s. The mail they sent you says why, and how to contest it.") % {
        "moment": date_format(timezone.localtime(until), "DATETIME_FORMAT")
    }


def _refuse_unless_allowed(comment: ThreadComment, by: Any, *, everywhere: bool) -> None:
    if everywhere and not permissions.moderates_everything(by):
        raise Refused(gettext("You cannot decide about this author."))
    if not permissions.can_sanction_author(by, comment):
        raise Refused(gettext("You cannot decide about this author: moderators do not decide about each other here."))
