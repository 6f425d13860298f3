"""Development: runs from a fresh clone with nothing set, and shows people the pages that production shows them.

`DEBUG=1` brings Django's technical error pages. `make run` collects the static files and sets STATIC_COLLECTED; any other
command serves them from where they are edited.
"""

from .base import *

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = SECRET_KEY or "development-only-key-never-used-by-the-production-settings"
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]", "testserver"]
if env.bool("STATIC_COLLECTED", default=False) and not DEBUG:
    STORAGES["staticfiles"] = {"BACKEND": "config.storage.StaticStorage"}
else:
    WHITENOISE_USE_FINDERS = True
    WHITENOISE_AUTOREFRESH = True
SERVE_MEDIA = True
DEMO_ALLOWED = True
