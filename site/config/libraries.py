"""App configurations of libraries whose start-up behaviour Palabre replaces."""

from wagtail.users.apps import WagtailUsersAppConfig


class WagtailUsersWithAccounts(WagtailUsersAppConfig):
    """Wagtail's pages for accounts, with the fields that our accounts have."""

    user_viewset = "users.admin_views.AccountViewSet"
