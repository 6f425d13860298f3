"""Tests: the product's own settings, with quick hashing, mail kept in memory and files in a temporary folder."""

import tempfile

from .dev import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = tempfile.mkdtemp(prefix="palabre-media-")
STORAGES["private"]["OPTIONS"]["location"] = tempfile.mkdtemp(prefix="palabre-private-")
MAIL_DELIVERY = "inline"
COMMENTS_MINIMUM_SECONDS = 0

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, so that threads and the browser's server see one database over connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = "-c synchronous_commit=off"
