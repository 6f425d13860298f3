"""App configurations of libraries whose start-up behaviour Palabre replaces."""

from django_comments_xtd.apps import CommentsXtdConfig
from wagtail.users.apps import WagtailUsersAppConfig


class XtdWithoutReceivers(CommentsXtdConfig):
    """django-comments-xtd's tables without its `pre_save` receiver, which publishes the pending replies of any saved parent."""

    def ready(self) -> None:
        """Connect nothing: a comment's status has one writer, `comments.services`."""


class WagtailUsersWithAccounts(WagtailUsersAppConfig):
    """Wagtail's pages for accounts, with the fields that our accounts have."""

    user_viewset = "users.admin_views.AccountViewSet"
