"""Guests whom a browser remembers: a signed cookie names a pass, the pass says which address was proven there."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from comments.models import GuestPass

COOKIE = "palabre_guest"
LIFETIME = timedelta(days=180)
"""How long a browser is remembered after its guest last wrote there."""
_SALT = "comments.guest"


class ProvenGuest(AnonymousUser):
    """A visitor without an account who has proven an address on this browser: may do what visitors may, and change their own words."""

    def __init__(self, guest_pass: GuestPass) -> None:
        super().__init__()
        self.guest_pass = guest_pass
        self.email = guest_pass.email
        self.name = guest_pass.name


def viewer_of(request: HttpRequest) -> Any:
    """Who looks: the account signed in, else the guest this browser remembers, else a visitor; read once for a request."""
    if request.user.is_authenticated or COOKIE not in request.COOKIES:
        return request.user
    guest = getattr(request, "_palabre_guest", None)
    if guest is None:
        guest_pass = _pass_of(request.COOKIES[COOKIE])
        guest = ProvenGuest(guest_pass) if guest_pass else request.user
        setattr(request, "_palabre_guest", guest)  # noqa: B010 (an attribute of ours on Django's request)
    return guest


def _pass_of(cookie: str) -> GuestPass | None:
    try:
        key = signing.loads(cookie, salt=_SALT)
        return GuestPass.objects.filter(pk=key, revoked_at=None, used_at__gt=timezone.now() - LIFETIME).first()
    except (signing.BadSignature, ValidationError):
        return None


def remember(response: HttpResponseBase, guest_pass: GuestPass, *, secure: bool) -> None:
    """Have the browser keep a pass."""
    response.set_cookie(
        COOKIE,
        signing.dumps(str(guest_pass.pk), salt=_SALT),
        max_age=LIFETIME,
        secure=secure,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    """Have the browser forget its pass."""
    response.delete_cookie(COOKIE, samesite="Lax")
