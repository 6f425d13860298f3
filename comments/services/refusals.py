"""What the rules refuse, in a sentence for the person who asked."""

from django.utils.translation import gettext

from comments.models import ThreadComment


class Refused(Exception):
    """An act that the rules refuse; its text is a sentence for the person, in their language."""


class StaleDecision(Refused):
    """A decision about a comment that meanwhile stands elsewhere, or says something else (`edited`); `comment` is as it stands now."""

    def __init__(self, comment: ThreadComment, *, seen: str | None = None) -> None:
        self.comment = comment
        self.edited = bool(seen) and seen != comment.standing and (seen or "").partition("@")[0] == comment.status
        if self.edited:
            sentence = gettext("Its author has changed this comment meanwhile: read it again before you decide.")
        else:
            sentence = gettext("This comment is now “%(status)s”: somebody has decided meanwhile.") % {
                "status": comment.get_status_display()
            }
        super().__init__(sentence)
