"""How django-allauth meets our accounts."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings


@dataclass(frozen=True)
class NamedSite:
    """What allauth's mails call the site: the name and address of the settings, not Django's own record of sites."""

    name: str
    domain: str


class AccountAdapter(DefaultAccountAdapter):
    """Accounts sign up by themselves, with an address they prove."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send one of allauth's mails in the name of this site."""
        named = NamedSite(name=settings.WAGTAIL_SITE_NAME, domain=urlsplit(settings.BASE_URL).netloc)
        super().send_mail(template_prefix, email, {**context, "current_site": named})
