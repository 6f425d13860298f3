"""What the rules refuse, in a sentence for the person who asked."""

from django.utils.translation import gettext

from comments.models import ThreadComment


class Refused(Exception):
    """An act that the rules refuse; its text is a sentence for the person, in their language."""


class StaleDecision(Refused):
    """A decision about a comment that meanwhile stands elsewhere; `comment` is as it stands now."""

    def __init__(self, comment: ThreadComment) -> None:
        self.comment = comment
        super().__init__(
            gettext("This comment is now “%(status)s”: somebody has decided meanwhile.") % {"status": comment.get_status_display()}
        )
