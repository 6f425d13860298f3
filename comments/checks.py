"""What a site that installs the discussions may have forgotten, each said in a sentence by `manage.py check`."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error
from django.urls import NoReverseMatch, reverse
from django.utils.module_loading import import_string

from comments.conf import base_url
from comments.xtd import XtdWithoutReceivers

_LIBRARIES = ("django_comments_xtd", "django_comments")
_MUST_BE = {
    "COMMENTS_APP": "comments",
    "COMMENTS_XTD_MODEL": "comments.models.ThreadComment",
    "COMMENTS_XTD_FORM_CLASS": "comments.forms.CommentForm",
}
_INCLUDED = [
    ("comments:start", [], "comments.urls"),
    ("networks:list", [], "networks.urls"),
    ("contributions:list", ["a"], "comments.space_urls"),
]
_HTMX = "django_htmx.middleware.HtmxMiddleware"
_CLOSED_ROOMS = "comments.middleware.NetworkModeratorsMiddleware"
_MODERATORS_ENTER = "networks.auth.NetworkModeratorBackend"


def check_installation(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Return a message for each thing without which discussions would fail, or mail, or let people in, otherwise than said."""
    return [*_apps(), *_settings(), *_database(), *_middleware(), *_addresses()]


def _apps() -> Iterator[CheckMessage]:
    names = [config.name for config in apps.get_app_configs()]
    if not isinstance(apps.get_app_config("django_comments_xtd"), XtdWithoutReceivers):
        hint = "Write 'comments.xtd.XtdWithoutReceivers' in INSTALLED_APPS instead of 'django_comments_xtd'."
        yield Error("django-comments-xtd would publish replies that wait for a moderator.", hint=hint, id="comments.E001")
    if names.index("comments") > min(map(names.index, _LIBRARIES)):
        hint = "In INSTALLED_APPS, write 'comments' above 'django_comments' and django-comments-xtd."
        yield Error("The libraries' templates would be shown instead of those of the discussions.", hint=hint, id="comments.E002")


def _settings() -> Iterator[CheckMessage]:
    for name, value in _MUST_BE.items():
        if getattr(settings, name, None) != value:
            yield Error(f"{name} must be {value!r}.", hint="See docs/plugin.md.", id="comments.E003")
    if not isinstance(getattr(settings, "SITE_ID", None), int):
        hint = "Set SITE_ID = 1, the row that django.contrib.sites creates."
        yield Error("Comments are stored under a site of django.contrib.sites.", hint=hint, id="comments.E004")
    if not base_url():
        hint = "Set WAGTAILADMIN_BASE_URL, or BASE_URL where the public address is another."
        yield checks.Warning("The links in mails would have no host name.", hint=hint, id="comments.W001")


def _database() -> Iterator[CheckMessage]:
    """A read that becomes a write fails at once on SQLite while somebody else writes; IMMEDIATE makes it wait."""
    database = settings.DATABASES.get("default", {})
    immediate = str(database.get("OPTIONS", {}).get("transaction_mode")).upper() == "IMMEDIATE"
    if database.get("ENGINE") == "django.db.backends.sqlite3" and not immediate:
        hint = "Set 'OPTIONS': {'transaction_mode': 'IMMEDIATE'} in DATABASES."
        yield checks.Warning("Two people who write at once on SQLite would see an error.", hint=hint, id="comments.W003")


def _middleware() -> Iterator[CheckMessage]:
    if not _installed(_HTMX):
        yield Error("The discussions need django-htmx.", hint=f"Add {_HTMX!r} to MIDDLEWARE.", id="comments.E005")
    enter = _MODERATORS_ENTER in settings.AUTHENTICATION_BACKENDS
    if enter and not _installed(_CLOSED_ROOMS):
        hint = f"Add {_CLOSED_ROOMS!r} to MIDDLEWARE, below the authentication."
        yield Error("Moderators of a network would see drafts and restricted pages in the admin.", hint=hint, id="comments.E006")
    if not enter:
        hint = f"Add {_MODERATORS_ENTER!r} to AUTHENTICATION_BACKENDS and {_CLOSED_ROOMS!r} to MIDDLEWARE."
        yield checks.Warning("Moderators of a network are told of comments that they cannot reach.", hint=hint, id="comments.W002")


def _installed(path: str) -> bool:
    """Whether a middleware, or one that extends it, is in MIDDLEWARE."""
    wanted = import_string(path)
    return any(isinstance(found, type) and issubclass(found, wanted) for found in map(import_string, settings.MIDDLEWARE))


def _addresses() -> Iterator[CheckMessage]:
    for name, arguments, module in _INCLUDED:
        try:
            reverse(name, args=arguments)
        except NoReverseMatch:
            hint = f"Add path('…', include('{module}')) to the site's urls, above Wagtail's."
            yield Error(f"No address leads to the pages of '{module}'.", hint=hint, id="comments.E007")
