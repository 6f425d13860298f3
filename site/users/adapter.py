"""How django-allauth meets our accounts."""

import logging
import smtplib
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core import context as current
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class NamedSite:
    """What allauth's mails call the site: the name and address of the settings, not Django's own record of sites."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):
    """Accounts sign up by themselves, with an address they prove."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """What allauth counts attempts by: a keyed hash, so that no address stands in the cache (of IPv6, a whole subscriber's /64)."""
        address = ip_address(super().get_client_ip(request))
        if isinstance(address, IPv6Address):
            address = address.ipv4_mapped or ip_network((address, 64), strict=False)
        return salted_hmac("users.rate_limit", str(address)).hexdigest()[:32]

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """The link that proves an address; it keeps the way back, through signing in: it may be opened on another device."""
        url = super().get_email_confirmation_url(request, emailconfirmation)
        wanted = get_next_redirect_url(request) if request is not None else None
        if not wanted:
            return url
        sign_in = f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: wanted})}"
        return f"{url}?{urlencode({REDIRECT_FIELD_NAME: sign_in})}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of allauth's mails in the name of this site; where the mail server fails, say so rather than fail with it."""
        named = NamedSite(name=settings.WAGTAIL_SITE_NAME, domain=urlsplit(settings.BASE_URL).netloc)
        try:
            super().send_mail(template_prefix, email, {**context, "current_site": named})
        except (OSError, smtplib.SMTPException):
            logger.exception("The mail server took no mail of %s.", template_prefix)
            _say_that_no_mail_left()


def _say_that_no_mail_left() -> None:
    if current.request is not None:
        sentence = gettext("The mail could not leave: our mail server does not answer. Nothing is lost; ask for it again in a few minutes.")
        messages.error(current.request, sentence)
