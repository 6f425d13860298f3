"""Better words for a comment whose author was asked for them."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from comments.models import CommentRevision, ThreadComment
from comments.models.identification import Act
from comments.origins import Origin
from comments.rows import Author, fingerprint_again
from comments.services.identification import note_origin
from comments.services.locking import lock_with
from comments.services.refusals import Refused, StaleDecision
from comments.services.sanctions import why_silenced
from comments.services.statuses import resubmit
from comments.states import Status
from networks.markup import clean_text, is_blank, render


def rephrase(comment: ThreadComment, *, text: str, by: Any = None, origin: Origin | None = None) -> ThreadComment:
    """Replace the words of a comment that waits for better ones, and bring it back to the moderators; return it.

    `text` is the Markdown subset of networks.markup. The right to it is the caller's to ask: being its author, or the link that its
    author was sent; `origin` goes into the identification log. Raises Refused for an empty or unchanged text and for an author who may
    not write here now, StaleDecision where the comment waits for no words any more.
    """
    text = clean_text(text)
    if is_blank(text):
        raise Refused(gettext("Write something before sending."))
    html = render(text)
    with transaction.atomic():
        current = lock_with(comment)
        if current.status != Status.REPHRASING:
            raise StaleDecision(current)
        author = Author(user=current.user, email=current.user_email, proven=True)
        if silenced := why_silenced(author, current.discussion.network_id):
            raise Refused(silenced)
        if text == current.comment:
            raise Refused(gettext("These are the same words: change what the moderator asks you to."))
        CommentRevision.objects.create(comment=current, text=current.comment)
        current.comment, current.html, current.edited_at = text, html, timezone.now()
        current.fingerprint = fingerprint_again(current)
        current.save(update_fields=["comment", "html", "edited_at", "fingerprint"])
        note_origin(current, Act.EDITED, origin)
        return resubmit(current, by=by)
