"""Production: everything comes from the environment, and an unsafe value stops the start with a sentence."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.middleware import parse_proxies

from .base import *

DEBUG = False


def refuse(name: str, reason: str) -> None:
    """Stop the start, naming the environment variable and what is wrong with it."""
    raise ImproperlyConfigured(f"{name}: {reason}")


if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5 or SECRET_KEY.startswith(("django-insecure-", "development-")):
    refuse("SECRET_KEY", "set a secret of at least 50 random characters.")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    refuse("ALLOWED_HOSTS", "name the host names this site answers to, separated by commas; '*' is not accepted.")
if not BASE_URL.startswith("https://"):
    refuse("BASE_URL", "set the public address of the site, starting with https://.")
if "DATABASE_URL" not in env:
    refuse("DATABASE_URL", "set the database, for example postgres://user:password@host:5432/palabre.")
if "EMAIL_URL" not in env:
    refuse("EMAIL_URL", "set the mail server, for example smtp+tls://user:password@host:587.")
if "DEFAULT_FROM_EMAIL" not in env:
    refuse("DEFAULT_FROM_EMAIL", "set the address that mails are sent from.")
try:
    parse_proxies(TRUSTED_PROXIES)
except ValueError as error:
    refuse("TRUSTED_PROXIES", f"name addresses or networks separated by commas, or unix ({error}).")

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [BASE_URL]
LANGUAGE_COOKIE_SECURE = True
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STORAGES["staticfiles"] = {"BACKEND": "config.storage.StaticStorage"}
if bucket := env.str("MEDIA_BUCKET", default=""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": bucket, "custom_domain": urlsplit(MEDIA_URL).netloc or None},
    }
if private_bucket := env.str("PRIVATE_BUCKET", default=bucket):
    STORAGES["private"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": private_bucket,
            "location": "private",
            "default_acl": "private",
            "querystring_auth": True,
            "custom_domain": None,
            "file_overwrite": False,
        },
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}

if dsn := env.str("SENTRY_DSN", default=""):
    import sentry_sdk

    sentry_sdk.init(dsn=dsn, send_default_pii=False)
