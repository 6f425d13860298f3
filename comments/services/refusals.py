"""What the rules refuse, in a sentence for the person who asked."""

from django.utils.translation import gettext

from comments.models import ThreadComment


class Refused(Exception):
    """An act that the rules refuse; its text is a sentence for the person, in their language."""


class StaleDecision(Refused):
    """A decision about a comment that meanwhile has another status, says something else (`edited`) or stands in another discussion
    (`moved`); `comment` is as it stands now."""

    def __init__(self, comment: ThreadComment, *, seen: str | None = None, moved: bool = False) -> None:
        self.comment = comment
        self.moved = moved
        self.edited = bool(seen) and seen != comment.standing and (seen or "").partition("@")[0] == comment.status
        if moved:
            sentence = gettext("This thread was moved meanwhile.")
        elif self.edited:
            sentence = gettext("Its author has changed this comment meanwhile: read it again before you decide.")
        else:
            sentence = gettext("This comment is now “%(status)s”: somebody has decided meanwhile.") % {
                "status": comment.get_status_display()
            }
        super().__init__(sentence)


def refuse_if_stale(current: ThreadComment, *, read: ThreadComment, seen: str | None) -> None:
    """Raise StaleDecision unless a comment stands as who decides has `read` it and `seen` it (its `standing`; empty: not asked)."""
    if not seen:
        return
    moved = current.discussion_id != read.discussion_id
    if moved or seen != current.standing:
        raise StaleDecision(current, seen=seen, moved=moved)
