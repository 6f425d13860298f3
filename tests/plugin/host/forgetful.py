"""The host, if it had forgotten everything that docs/plugin.md asks."""

from tests.plugin.host.settings import AUTHENTICATION_BACKENDS, SECRET_KEY, STATIC_URL, TEMPLATES
from tests.plugin.host.settings import INSTALLED_APPS as WHOLE
from tests.plugin.host.settings import MIDDLEWARE as EVERY_MIDDLEWARE

__all__ = ["AUTHENTICATION_BACKENDS", "SECRET_KEY", "STATIC_URL", "TEMPLATES"]

INSTALLED_APPS = [*(name for name in WHOLE if not name.startswith("comments")), "django_comments_xtd", "comments"]
MIDDLEWARE = [name for name in EVERY_MIDDLEWARE if not name.startswith(("comments.", "django_htmx."))]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
ROOT_URLCONF = "tests.plugin.host.no_urls"
WAGTAIL_SITE_NAME = "Host"
