"""How django-comments-xtd is installed: `comments.xtd.XtdWithoutReceivers` in INSTALLED_APPS, instead of its own name."""

from django_comments_xtd.apps import CommentsXtdConfig


class XtdWithoutReceivers(CommentsXtdConfig):
    """django-comments-xtd's tables without its `pre_save` receiver, which publishes the pending replies of any saved parent."""

    def ready(self) -> None:
        """Connect nothing: a comment's status has one writer, `comments.services`."""
