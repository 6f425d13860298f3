"""App configurations of libraries whose start-up behaviour Palabre replaces."""

from django_comments_xtd.apps import CommentsXtdConfig


class XtdWithoutReceivers(CommentsXtdConfig):
    """django-comments-xtd's tables without its `pre_save` receiver, which publishes the pending replies of any saved parent."""

    def ready(self) -> None:
        """Connect nothing: a comment's status has one writer, `comments.services`."""
