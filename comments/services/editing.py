"""Changing the words of one's own comment."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from comments import audit, permissions, spam
from comments.models import CommentRevision, ThreadComment
from comments.models.identification import Act
from comments.origins import Origin
from comments.rows import fingerprint_again
from comments.services.identification import note_origin
from comments.services.locking import lock_with, show_change
from comments.services.refusals import Refused
from comments.signals import comment_changed
from networks.markup import clean_text, is_blank, render


def edit(comment: ThreadComment, *, by: Any, text: str, origin: Origin | None = None) -> ThreadComment:
    """Replace a comment's words at its author's wish, keep the earlier ones for moderators, and return it as it stands now.

    `text` is the Markdown subset of networks.markup; the text that stands already changes nothing; `origin` goes into the
    identification log. Raises Refused for anybody
    but the author, and once the rule of `permissions.can_edit` ended: the time is over, somebody replied, a moderator let it
    pass, the discussion closed.
    """
    text = clean_text(text)
    if is_blank(text):
        raise Refused(gettext("Write something before sending."))
    html = render(text)
    with transaction.atomic():
        current = lock_with(comment)
        if text == current.comment and permissions.is_author(by, current):
            return current
        if not permissions.can_edit(by, current):
            raise Refused(gettext("This comment can no longer be changed. Your text is kept: you can post it as a new comment."))
        CommentRevision.objects.create(comment=current, text=current.comment)
        current.comment, current.html, current.edited_at = text, html, timezone.now()
        current.fingerprint = fingerprint_again(current)
        current.spam_score = spam.score_of(text, is_guest=current.user_id is None)
        current.save(update_fields=["comment", "html", "edited_at", "fingerprint", "spam_score"])
        if current.shown:
            show_change(current.discussion)
        audit.record(current, "comments.edit", by=by)
        note_origin(current, Act.EDITED, origin)
        comment_changed.send(sender=ThreadComment, comment=current, previous=current.status)
        return current
