"""What discussions and networks ask of accounts, whichever model of account the site has."""

import string
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import resolve_url
from django.utils.translation import gettext

_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def fold(address: str) -> str:
    """An e-mail address as it is compared: two that differ by the case of ASCII letters are one, see `comments.addresses`."""
    return address.translate(_SMALL)


def name_of(user: Any) -> str:
    """The name shown beside what a person writes: their full name, else their user name; never an e-mail address."""
    full_name = user.get_full_name() if hasattr(user, "get_full_name") else ""
    if full_name:
        return full_name
    username = user.get_username()
    return gettext("Somebody") if "@" in username else username


def language_of(user: Any) -> str:
    """The language a person reads: their account's, or the one they chose in Wagtail; empty where neither says."""
    profile = getattr(user, "wagtail_userprofile", None)
    return getattr(user, "language", "") or getattr(profile, "preferred_language", "")


def sign_in_url(path: str) -> str:
    """The page to sign in (the setting LOGIN_URL), which leads back to `path`."""
    return f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': path}, safe='/')}"
