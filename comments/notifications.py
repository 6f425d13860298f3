"""What is told to whom; mails are queued in the transaction of their cause."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from comments import consultation_calls, moderator_calls, outbox, permissions
from comments.addresses import fold
from comments.models import (
    Appeal,
    Consultation,
    Contribution,
    OutgoingMail,
    PublicProposal,
    Report,
    Statement,
    ThreadComment,
    people_behind,
)
from comments.moderator_calls import About
from comments.states import UNDO_WINDOW, ReportKind, Status
from networks.models import Announcement, Invitation, JoinRequest, Membership, Network, Role
from networks.services import recipients_of


def comment_posted(comment: ThreadComment, parent: ThreadComment | None) -> None:
    """A new comment: ask a guest to prove the address, call the moderators to what waits, or tell who is answered."""
    if comment.status == Status.AWAITING_EMAIL:
        _ask_for_proof(comment, event=f"confirm:{comment.pk}")
    elif comment.status == Status.PENDING:
        comment_waits(comment)
    elif comment.status == Status.PUBLISHED:
        _call_to_unread(comment)
        if parent is not None:
            _tell_of_reply(comment, parent)


def status_changed(comment: ThreadComment, previous: Status, *, by: Any = None) -> None:
    """A comment that waited is published: tell its author, where a moderator (`by`) read it first, and who is answered.

    One that comes back into sight (`restore`) was told of when it was published.
    """
    if previous != Status.PENDING or comment.status != Status.PUBLISHED:
        return
    _call_to_unread(comment)
    if by is not None and comment.user_id != by.pk:
        _tell_author("published", comment, about=comment)
    if not comment.is_root:
        _tell_of_reply(comment, ThreadComment.objects.get(pk=comment.parent_id))


def ask_for_proof_again(comment: ThreadComment, *, used_link: str) -> None:
    """Send a new link in place of one that expired: one for each expired link, however often it is asked for."""
    digest = hashlib.sha256(used_link.encode()).hexdigest()[:16]
    _ask_for_proof(comment, event=f"confirm:{comment.pk}:{digest}")


def _ask_for_proof(comment: ThreadComment, *, event: str) -> None:
    outbox.queue("confirm_address", event, recipient=comment.user_email, language=comment.language, data={"comment": comment.pk})


def new_links_asked(email: str) -> None:
    """Somebody asks for new links to an address: whether anything waits there is found out when the mail leaves, not while they look."""
    _write_to_guest("new_links", email)


def forgetting_asked(email: str) -> None:
    """Somebody asks that every browser forgets an address; whether one remembers it is found out when the mail leaves."""
    _write_to_guest("forget_guest", email)


def _write_to_guest(kind: str, email: str) -> None:
    """One mail in ten minutes for each address, however often it is asked for, and the same work for each."""
    moment = timezone.now().replace(second=0, microsecond=0)
    window = moment - timedelta(minutes=moment.minute % 10)
    address = salted_hmac("comments.notifications", email.lower()).hexdigest()[:32]
    outbox.queue(kind, f"{kind}:{address}:{window:%Y%m%d%H%M}", recipient=email, language=get_language() or "")


def _tell_of_reply(reply: ThreadComment, answered: ThreadComment) -> None:
    """Tell the author of the comment that is answered, and nobody further up, unless it is their own reply."""
    if (reply.user_id, fold(reply.user_email)) != (answered.user_id, fold(answered.user_email)):
        _tell_author("reply", answered, about=reply)


def _tell_author(kind: str, comment: ThreadComment, *, about: ThreadComment) -> None:
    """Mail a comment's author if they wish so; their right to read what it is about is asked when the mail leaves.

    Where a network speaks, these are the people who answer for it.
    """
    if comment.is_of_network:
        for person in _people_behind(comment):
            outbox.queue(kind, f"{kind}:{about.pk}:{person}", user_id=person, data={"comment": about.pk})
    elif comment.followup and (comment.user_id or comment.user_email):
        outbox.queue(
            kind,
            f"{kind}:{about.pk}",
            user_id=comment.user_id,
            recipient=comment.user_email,
            language=comment.language,
            data={"comment": about.pk},
        )


def comment_waits(comment: ThreadComment) -> None:
    """A comment waits: call the moderators to it."""
    _call(comment, About.WAITING)


def _call_to_unread(comment: ThreadComment) -> None:
    """The first comment of a discussion that is published before any moderator read it: call the moderators to it, in their own time."""
    if comment.unseen and comment.discussion.unseen_count == 1:
        _call(comment, About.UNREAD)


def _call(comment: ThreadComment, about: About) -> None:
    outbox.queue(moderator_calls.KIND, f"{moderator_calls.KIND}:{comment.pk}:{about}", data={"comment": comment.pk, "about": about})


def restricted(statement: Statement, *, not_before: datetime) -> None:
    """The author of what was restricted reads why, unless the restriction is over by then."""
    if statement.is_sent:
        _tell_restricted("restricted", statement, event=f"restricted:{statement.pk}", not_before=not_before)


def restricted_again(statement: Statement, *, ended_at: datetime) -> None:
    """A restriction holds again because its end, at that moment, was undone: its author reads why, unless they were told before.

    The mail that was to tell them had no reason to leave while the restriction was over, and is settled.
    """
    event = f"restricted:{statement.pk}"
    written = OutgoingMail.objects.filter(Q(event=event) | Q(event__startswith=f"{event}:")).order_by("-pk").first()
    if written is not None and written.settled_at is not None and written.settled_at >= ended_at:
        _tell_restricted("restricted", statement, event=f"{event}:{ended_at.isoformat()}")


def restriction_lifted(statement: Statement, *, not_before: datetime) -> None:
    """The author of what was restricted reads that it no longer is."""
    if statement.is_sent:
        moment = f"{not_before:%Y%m%d%H%M%S}"
        _tell_restricted("restriction_lifted", statement, event=f"restriction_lifted:{statement.pk}:{moment}", not_before=not_before)


def appeal_made(appeal: Appeal) -> None:
    """An author contests a decision: call those who may decide about it."""
    outbox.queue(moderator_calls.KIND, f"{moderator_calls.KIND}:appeal:{appeal.pk}", data={"appeal": appeal.pk})


def appeal_decided(appeal: Appeal) -> None:
    """Who contested a decision reads what came of it."""
    _tell_restricted("appeal_decided", appeal.statement, event=f"appeal_decided:{appeal.pk}", data={"appeal": appeal.pk})


def _tell_restricted(kind: str, statement: Statement, *, event: str, data: dict[str, Any] | None = None, not_before: Any = None) -> None:
    told = {"statement": statement.pk, **(data or {})}
    if statement.comment is not None and statement.comment.is_of_network:
        for person in _people_behind(statement.comment):
            outbox.queue(kind, f"{event}:{person}", user_id=person, data=told, not_before=not_before)
        return
    outbox.queue(
        kind,
        event,
        user_id=statement.user_id,
        recipient=statement.email,
        language=statement.language,
        data=told,
        not_before=not_before,
    )


def reported(report: Report, comment: ThreadComment) -> None:
    """A reader reports: acknowledge a notice of something illegal, and call the moderators, at once where it says so."""
    if report.kind != ReportKind.ILLEGAL:
        comment_waits(comment)
        return
    _call(comment, About.ILLEGAL)
    _answer_reporter("report_received", report, event=f"report_received:{report.pk}")
    for moderator in permissions.moderators_of(comment.discussion):
        outbox.queue(
            "illegal_reported",
            f"illegal_reported:{comment.pk}:{report.pk}:{moderator.pk}",
            user_id=moderator.pk,
            data={"report": report.pk},
        )


def report_decided(report: Report, *, decided_at: datetime) -> None:
    """Who sent a notice of something illegal reads what was decided, unless that is undone by then, or decided otherwise."""
    if report.kind == ReportKind.ILLEGAL:
        decision = decided_at.isoformat()
        event, due = f"report_decided:{report.pk}:{decision}", decided_at + UNDO_WINDOW
        _answer_reporter("report_decided", report, event=event, data={"decided_at": decision}, not_before=due)


def _answer_reporter(kind: str, report: Report, *, event: str, data: dict[str, Any] | None = None, not_before: Any = None) -> None:
    if report.user_id or report.email:
        outbox.queue(
            kind,
            event,
            user_id=report.user_id,
            recipient="" if report.user_id else report.email,
            language=report.language,
            data={"report": report.pk, **(data or {})},
            not_before=not_before,
        )


def join_requested(asked: JoinRequest) -> None:
    """Someone asks to join a network: tell its facilitators."""
    facilitators = Membership.objects.filter(network=asked.network, role=Role.FACILITATOR)
    outbox.queue_for_each(facilitators, "join_requested", f"join_requested:{asked.pk}", data={"request": asked.pk})


def join_decided(asked: JoinRequest) -> None:
    """A request to join was decided: tell who asked."""
    outbox.queue("join_decided", f"join_decided:{asked.pk}:{asked.user_id}", user_id=asked.user_id, data={"request": asked.pk})


def invitations_sent(invitations: Sequence[Invitation]) -> None:
    """People are invited: write to each address; the same invitation, sent once more, is another mail."""
    outbox.queue_all(
        [
            OutgoingMail(
                kind="invitation",
                event=f"invitation:{invitation.pk}:{invitation.sent_count}",
                recipient=invitation.email,
                language=invitation.language,
                data={"invitation": invitation.pk},
            )
            for invitation in invitations
        ]
    )


def announced(announcement: Announcement) -> None:
    """Facilitators write to all members: a mail to each, who sees no other address."""
    told = {"announcement": announcement.pk}
    outbox.queue_for_each(recipients_of(announcement.network), "announcement", f"announcement:{announcement.pk}", data=told)


def visibility_switched(network: Network, before: str, by: Any) -> None:
    """A space is for other readers: tell its members, who wrote for those before; but for who switched it."""
    told = {"network": network.pk, "before": str(before), "after": str(network.visibility)}
    members = recipients_of(network).exclude(user=by)
    outbox.queue_for_each(members, "space_switched", f"space_switched:{network.pk}:{timezone.now():%Y%m%d%H%M%S%f}", data=told)


def consultation_planned(consultation: Consultation) -> None:
    """A consultation has dates, or other ones: call the facilitators when they come."""
    outbox.queue_all(consultation_calls.calls_for(consultation))


def contribution_waits(contribution: Contribution) -> None:
    """A contribution waits for validation: tell the facilitators, but for who wrote it."""
    facilitators = Membership.objects.filter(network=contribution.network_id, role=Role.FACILITATOR).exclude(user=contribution.author_id)
    moment, told = _moment(), _told_of(contribution)
    outbox.queue_for_each(facilitators, "contribution_waits", f"contribution_waits:{contribution.pk}:{moment}", data=told)


def contribution_decided(contribution: Contribution) -> None:
    """A contribution was validated or sent back: tell who wrote it, unless they did it themselves."""
    if contribution.author_id is not None and contribution.author_id != contribution.decided_by_id:
        person, kind = contribution.author_id, "contribution_decided"
        outbox.queue(kind, f"{kind}:{contribution.pk}:{_moment()}:{person}", user_id=person, data=_told_of(contribution))


def _told_of(contribution: Contribution) -> dict[str, Any]:
    return {"contribution": contribution.pk, "version": contribution.version, "state": str(contribution.state)}


def _moment() -> str:
    return f"{timezone.now():%Y%m%d%H%M%S%f}"


def proposal_made(proposal: PublicProposal) -> None:
    """Somebody wishes that a comment stood under an article: ask its author."""
    author = proposal.comment.user_id
    outbox.queue("proposal_made", f"proposal_made:{proposal.pk}", user_id=author, data={"proposal": proposal.pk})


def proposal_decided(proposal: PublicProposal) -> None:
    """A comment's author said yes or no: tell who proposed it, unless it is the same person."""
    if proposal.proposed_by_id is not None and proposal.proposed_by_id != proposal.comment.user_id:
        event = f"proposal_decided:{proposal.pk}"
        outbox.queue("proposal_decided", event, user_id=proposal.proposed_by_id, data={"proposal": proposal.pk})


def _people_behind(comment: ThreadComment) -> list[Any]:
    return list(people_behind(comment).values_list("user", flat=True))
