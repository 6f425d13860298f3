"""Changing the words of one's own comment."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from comments import audit, permissions, spam
from comments.models import CommentRevision, ThreadComment
from comments.models.identification import Act
from comments.origins import Origin
from comments.rows import Author, fingerprint_again
from comments.rules import findings
from comments.rules.verdicts import Verdict, verdict_on_words
from comments.services.identification import note_origin
from comments.services.locking import lock_with, save_counters, show_change
from comments.services.refusals import Refused
from comments.services.sanctions import why_silenced
from comments.signals import comment_changed
from comments.states import Status
from networks.markup import clean_text, is_blank, render


def edit(comment: ThreadComment, *, by: Any, text: str, origin: Origin | None = None) -> ThreadComment:
    """Replace a comment's words at its author's wish, keep the earlier ones for moderators, and return it as it stands now.

    `text` is the Markdown subset of networks.markup; the text that stands already changes nothing. Raises Refused for anybody
    but the author, once the rule of `permissions.can_edit` ended (the time is over, somebody replied, a moderator let it
    pass, the discussion closed), and for words that the rules refuse, or would hold where the comment is published already;
    `origin` goes into the identification log.
    """
    text = clean_text(text)
    if is_blank(text):
        raise Refused(gettext("Write something before sending."))
    html = render(text)
    verdict = _verdict(comment, html, by=by)
    with transaction.atomic():
        current = lock_with(comment)
        if text == current.comment and permissions.is_author(by, current):
            return current
        if not permissions.can_edit(by, current):
            raise Refused(gettext("This comment can no longer be changed. Your text is kept: you can post it as a new comment."))
        if silenced := why_silenced(Author(user=current.user, email=current.user_email, proven=True), current.discussion.network_id):
            raise Refused(silenced)
        found = _new_findings(current, verdict)
        CommentRevision.objects.create(comment=current, text=current.comment)
        current.comment, current.html, current.edited_at = text, html, timezone.now()
        current.fingerprint = fingerprint_again(current)
        current.findings = [*current.findings, *found]
        current.spam_score = spam.score_of(text, is_guest=current.user_id is None)
        current.save(update_fields=["comment", "html", "edited_at", "fingerprint", "findings", "spam_score"])
        _leave_unread(current, by)
        if current.shown:
            show_change(current.discussion)
        audit.record(current, "comments.edit", by=by)
        note_origin(current, Act.EDITED, origin)
        comment_changed.send(sender=ThreadComment, comment=current, previous=current.status)
        return current


def _leave_unread(comment: ThreadComment, by: Any) -> None:
    """Nobody has read the new words of a comment that readers see, unless their author moderates here, or has another role."""
    if comment.status == Status.PUBLISHED and not (comment.unseen or comment.author_role or _moderates(by, comment)):
        comment.unseen = True
        comment.save(update_fields=["unseen"])
        comment.discussion.unseen_count += 1
        save_counters(comment.discussion)


def _moderates(by: Any, comment: ThreadComment) -> bool:
    return by.is_authenticated and permissions.has_duties(by) and permissions.can_moderate(by, comment.discussion)


def _verdict(comment: ThreadComment, html: str, *, by: Any) -> Verdict:
    """What the rules say of the new words; nothing of a moderator's."""
    if _moderates(by, comment):
        return Verdict()
    author = Author(user=comment.user, name=comment.user_name, email=comment.user_email)
    return verdict_on_words(author, html, comment.discussion.network_id)


def _new_findings(comment: ThreadComment, verdict: Verdict) -> list[dict[str, Any]]:
    """What the rules find in the new words and did not find when the comment was written.

    Raises Refused for what they refuse, and where readers see the comment already: a moderator would have had to read it first.
    """
    if verdict.refusal:
        raise Refused(verdict.refusal)
    fresh = [finding for finding in verdict.findings if finding.as_data() not in comment.findings]
    if fresh and comment.status == Status.PUBLISHED:
        why = ", ".join(map(findings.for_author, fresh))
        raise Refused(
            gettext("A moderator would have to read this first: %(why)s. Your text is kept: change that, or post it as a new comment.")
            % {"why": why}
        )
    return findings.stored(fresh)
