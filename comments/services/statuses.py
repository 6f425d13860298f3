"""The one writer of `status`."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django_comments.models import CommentFlag
from wagtail.models import ModelLogEntry

from comments import audit, notifications, permissions
from comments.models import Ending, Reason, Restriction, Statement, ThreadComment
from comments.models.identification import Act
from comments.origins import Origin
from comments.reasons import REPORTED, SPAM
from comments.rows import NOTHING_LEFT, Author
from comments.rules.findings import SILENCED, Finding
from comments.services import claims, highlighting, statements, verdicts
from comments.services.handling import forget_handled, note_handled
from comments.services.identification import note_origin
from comments.services.locking import count, lock_with, save_counters
from comments.services.refusals import Refused, StaleDecision, refuse_if_stale
from comments.services.sanctions import why_silenced
from comments.signals import comment_changed
from comments.states import MODERATION_ACTIONS, TRANSITIONS, UNDO_WINDOW, Action, Moderation, Status, Verdict

_ENDINGS = {
    Action.APPROVE: Ending.LIFTED,
    Action.RESTORE: Ending.LIFTED,
    Action.RESUBMIT: Ending.REPHRASED,
    Action.REMOVE: Ending.REMOVED,
    Action.UNDO: Ending.UNDONE,
}
"""How an action ends the restriction that held; a new restriction replaces it."""


@dataclass(frozen=True)
class _Act:
    """What is done to a comment, by whom and why."""

    action: Action
    by: Any = None
    reason: str = ""
    words: str = ""
    note: str = ""
    seen_status: str | None = None
    authorise: bool = False
    target: Status | None = None
    since: datetime | None = None
    """Since when the comment stands where the act leads, where that is not now."""
    ending: Ending | None = None

    @property
    def leads_to(self) -> Status:
        """Where the comment stands afterwards."""
        target = self.target or TRANSITIONS[self.action].target
        assert target is not None, "an action that leads back says where"  # noqa: S101 (a mistake of ours, not of a person)
        return target


def moderate(
    comment: ThreadComment,
    action: Action,
    *,
    by: Any,
    reason: str = "",
    words: str = "",
    note: str = "",
    seen_status: str | None = None,
    ending: Ending | None = None,
) -> ThreadComment:
    """Apply a moderator's decision and return the comment as it stands now.

    `reason` is the code of a Reason, `words` what the author is told beside it, `note` what other moderators read;
    `seen_status` is the `standing` the moderator was looking at; `ending` says how the restriction before it ended, where that is
    not by another moderator's decision. Raises Refused for a person who does not moderate the discussion, for a comment that
    another moderator works on, for one's own comment that is restricted, and for a restriction without a reason; StaleDecision when
    the comment has moved or was edited meanwhile.
    """
    act = _Act(action, by=by, reason=reason, words=words, note=note, seen_status=seen_status, authorise=True, ending=ending)
    return _change_status(comment, act)


def prove_email(comment: ThreadComment, *, origin: Origin | None = None) -> ThreadComment:
    """Take a guest's address as proven: the comment goes to the moderators, or is published where they read afterwards.

    What a rule held when it was posted, and what somebody writes who may not, goes to the moderators everywhere; `origin` goes into the
    identification log. Raises StaleDecision when the link was used before.
    """
    with transaction.atomic():
        proven = _change_status(comment, _Act(Action.PROVE_EMAIL))
        note_origin(proven, Act.CONFIRMED, origin)
        _hold_if_silenced(proven)
        if proven.discussion.moderation == Moderation.AFTER and not proven.findings:
            proven = _change_status(proven, _Act(Action.APPROVE, note="moderation after publication"))
        else:
            notifications.comment_waits(proven)
        return proven


def _hold_if_silenced(comment: ThreadComment) -> None:
    """Have a moderator read what a guest who may not write here wrote before the address was proven: until then nobody was told."""
    author = Author(name=comment.user_name, email=comment.user_email, proven=True)
    if why_silenced(author, comment.discussion.network_id):
        comment.findings = [*comment.findings, Finding(SILENCED).as_data()]
        comment.save(update_fields=["findings"])


def hold_reported(comment: ThreadComment) -> ThreadComment:
    """Take a comment back that several readers report, until a moderator has read it again; raises StaleDecision where it moved."""
    with transaction.atomic():
        held = _change_status(comment, _Act(Action.HOLD, reason=REPORTED))
        notifications.comment_waits(held)
        return held


def resubmit(comment: ThreadComment, *, by: Any) -> ThreadComment:
    """Bring a comment back to the moderators once its author has found better words; raises StaleDecision where it waits for none."""
    with transaction.atomic():
        sent = _change_status(comment, _Act(Action.RESUBMIT, by=by))
        notifications.comment_waits(sent)
        return sent


def remove(comment: ThreadComment, *, by: Any) -> ThreadComment:
    """Remove a comment at its author's wish: words and personal data are blanked, replies stay under a tombstone.

    Raises Refused for anybody but the author.
    """
    return _change_status(comment, _Act(Action.REMOVE, by=by, authorise=True))


def withdraw_of_network(comment: ThreadComment, *, by: Any) -> ThreadComment:
    """Remove what a network said, at its own wish: the caller has asked who speaks for it. Raises StaleDecision where it is gone."""
    return _change_status(comment, _Act(Action.REMOVE, by=by, note="withdrawn by the network"))


def withdraw_unconfirmed(comment: ThreadComment) -> ThreadComment:
    """Remove a comment whose guest never proved the address; raises StaleDecision when that happened meanwhile."""
    return _change_status(comment, _Act(Action.REMOVE, note="address never confirmed", seen_status=Status.AWAITING_EMAIL))


def undo(comment: ThreadComment, *, by: Any) -> ThreadComment:
    """Take back one's own decision within UNDO_WINDOW: the comment, its reports and its restrictions stand as before it.

    Raises Refused where there is nothing of one's own to undo, or where something happened since.
    """
    with transaction.atomic():
        current = lock_with(comment)
        decision = audit.newest_decision(current)
        if decision is None or not _is_undoable(decision, current, by):
            raise Refused(gettext("There is nothing to undo here any more."))
        if decision.action == audit.DISMISSED:
            audit.record(current, f"comments.{Action.UNDO}", by=by, data={"from": current.status, "to": current.status})
        else:
            target, since = Status(decision.data["from"]), datetime.fromisoformat(decision.data["since"])
            current = _change_status(current, _Act(Action.UNDO, by=by, authorise=True, target=target, since=since))
            highlighting.put_back(current, decision.data)
            statements.revive_statement(current, ended_since=decision.timestamp)
        forget_handled(current, since=decision.timestamp)
        verdicts.reopen(current, since=decision.timestamp)
        save_counters(current.discussion)
        return current


def _is_undoable(decision: ModelLogEntry, comment: ThreadComment, by: Any) -> bool:
    own = decision.user_id == by.pk and permissions.can_moderate(by, comment.discussion)
    return own and decision.timestamp >= timezone.now() - UNDO_WINDOW and comment.changed_at <= decision.timestamp


@transaction.atomic
def _change_status(comment: ThreadComment, act: _Act) -> ThreadComment:
    """The one writer of `status`: checks the table, keeps counters and tombstones, writes the audit row and the statement."""
    current = lock_with(comment)
    reason = _allowed(current, act, read=comment)
    waited_since = current.changed_at if current.status == Status.PENDING else current.reported_at
    history = _told_in_history(current, act, reason)
    previous, current.status = Status(current.status), act.leads_to
    _save(current, act)
    count(current.discussion, current, previous, act.leads_to)
    audit.record(current, f"comments.{act.action}", by=act.by, data=history)
    note_handled(current, act.action, by=act.by, waited_since=waited_since)
    statement = _restate(current, act, reason, waited_since)
    _settle_reports(current, act, statement)
    if act.action in MODERATION_ACTIONS and act.by is not None:
        claims.done_with(current)
    save_counters(current.discussion)
    comment_changed.send(sender=ThreadComment, comment=current, previous=previous)
    notifications.status_changed(current, previous, by=act.by)
    return current


def _allowed(current: ThreadComment, act: _Act, *, read: ThreadComment) -> Reason | None:
    """The reason of an act that may be done now; raises what `moderate` says for any other."""
    transition = TRANSITIONS[act.action]
    refuse_if_stale(current, read=read, seen=act.seen_status)
    if current.status not in transition.sources:
        raise StaleDecision(current)
    if act.authorise and not permissions.can_act(act.by, current, act.action):
        raise Refused(gettext("You cannot decide about this comment."))
    if act.authorise and permissions.is_judge_of_themselves(act.by, current, act.action):
        raise Refused(gettext("This was decided about your own comment: somebody else decides what becomes of it."))
    if act.action in MODERATION_ACTIONS and act.by is not None:
        claims.refuse_if_taken(current, by=act.by)
    if not transition.restricts:
        return None
    return statements.reason_called(SPAM if act.action == Action.SPAM else act.reason, act.words)


def _save(current: ThreadComment, act: _Act) -> None:
    current.is_public = current.status == Status.PUBLISHED
    current.is_removed = current.status == Status.REMOVED
    current.shown = current.is_public or current.published_descendants > 0
    current.changed_at = act.since or timezone.now()
    changed = ["status", "is_public", "is_removed", "shown", "changed_at"]
    if not current.is_public:
        current.pinned = current.featured = False
        changed += ["pinned", "featured"]
    if current.unseen or (current.is_public and act.by is None):
        current.discussion.unseen_count -= current.unseen
        current.unseen = current.is_public and act.by is None
        current.discussion.unseen_count += current.unseen
        changed.append("unseen")
    if current.is_removed:
        changed += _blank(current)
    current.save(update_fields=changed)


def _told_in_history(current: ThreadComment, act: _Act, reason: Reason | None) -> dict[str, Any]:
    """The data of the audit row: where and how the comment stood, and since when; a reason that the site named itself with its name."""
    code = reason.code if reason and reason.code != SPAM else ""
    named = {"label": reason.label} if reason and reason.label else {}
    words = {"words": act.words} if act.words else {}
    stood = {"from": current.status, "since": current.changed_at.isoformat(), "to": act.leads_to, **highlighting.marks_of(current)}
    return {**stood, "reason": code, "note": act.note, **named, **words}


def _restate(current: ThreadComment, act: _Act, reason: Reason | None, waited_since: Any) -> Statement | None:
    """End the restriction that held, and state the new one's reasons."""
    because = act.ending or _ENDINGS.get(act.action, Ending.REPLACED)
    statements.end_statements(Statement.objects.in_effect_on(current), because, by=act.by)
    if reason is None:
        return None
    restriction = Restriction(act.action)
    return statements.state_about_comment(current, restriction, reason=reason, words=act.words, by=act.by, waited_since=waited_since)


def _settle_reports(current: ThreadComment, act: _Act, statement: Statement | None) -> None:
    """A decision about a comment is one about its reports; what holds it until somebody decides is none."""
    if not current.open_reports or act.action in {Action.HOLD, Action.RESUBMIT, Action.UNDO}:
        return
    verdict = Verdict.GONE if act.action == Action.REMOVE else Verdict.UPHELD if statement else Verdict.DISMISSED
    verdicts.settle(current, verdict, by=act.by, statement=statement)


def _blank(comment: ThreadComment) -> list[str]:
    """Leave nothing of a removed comment but its place: no words, earlier words, votes or author; return the columns that changed."""
    comment.revisions.all().delete()
    CommentFlag.objects.filter(comment_id=comment.pk).delete()
    Statement.objects.filter(comment=comment).update(email="")
    for column, value in NOTHING_LEFT.items():
        setattr(comment, column, value)
    return list(NOTHING_LEFT)
