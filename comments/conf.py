"""The settings of the discussions, with what holds where a site says nothing."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings

DEFAULTS: dict[str, Any] = {
    "COMMENTS_TIMEOUT": 24 * 60 * 60,
    "COMMENTS_MINIMUM_SECONDS": 2,
    "COMMENTS_EDIT_SECONDS": 15 * 60,
    "COMMENTS_RATE_LIMITS": {"guest": [(5, 60), (30, 60 * 60)], "account": [(10, 60)]},
    "COMMENTS_CHARTER_URL": "",
    "COMMENTS_VISITOR_PAGES": ["wagtail_serve", "networks:topic"],
    "COMMENTS_VISITOR_COOKIES": {},
    "COMMENTS_AKISMET_KEY": "",
    "COMMENTS_AKISMET_URL": "https://rest.akismet.com/1.1",
    "MAIL_DELIVERY": "thread",
}


def setting(name: str) -> Any:
    """Return a setting of the discussions (docs/plugin.md); raises KeyError for a name that is none."""
    return getattr(settings, name, DEFAULTS[name])


def site_name() -> str:
    """What mails call the site: the setting WAGTAIL_SITE_NAME, else its host name."""
    return getattr(settings, "WAGTAIL_SITE_NAME", "") or urlsplit(base_url()).hostname or ""


def absolute(url: str) -> str:
    """The address of a page as mails and files give it."""
    return urljoin(f"{base_url()}/", url)


def base_url() -> str:
    """The public address of the site, for links in mails and files: BASE_URL, else what Wagtail's own mails use."""
    address = getattr(settings, "BASE_URL", None) or getattr(settings, "WAGTAILADMIN_BASE_URL", None) or ""
    return address.rstrip("/")
