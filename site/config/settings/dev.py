"""Development: runs from a fresh clone with nothing set."""

from .base import *

DEBUG = True
SECRET_KEY = SECRET_KEY or "development-only-key-never-used-by-the-production-settings"
ALLOWED_HOSTS = ALLOWED_HOSTS or ["127.0.0.1", "localhost", "[::1]", "testserver"]
INTERNAL_IPS = ["127.0.0.1"]
