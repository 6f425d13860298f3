"""Guests whom a browser remembers: a signed cookie names a pass, the pass says which address was proven there."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from comments.models import GuestPass

COOKIE = "palabre_guest"
_SALT = "comments.guest"


class ProvenGuest(AnonymousUser):
    """A visitor without an account who has proven an address on this browser: may do what visitors may, and change their own words."""

    def __init__(self, guest_pass: GuestPass) -> None:
        super().__init__()
        self.guest_pass = guest_pass
        self.email = guest_pass.email

    @property
    def name(self) -> str:
        """The name they last wrote under."""
        return self.guest_pass.name

    @property
    def masked_email(self) -> str:
        """The address, so that its owner knows it and nobody who looks at the screen does."""
        mailbox, _at, host = self.email.rpartition("@")
        return f"{mailbox[:1]}…@{host}"


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


def proven_guest(request: HttpRequest) -> ProvenGuest | None:
    """The guest this browser remembers, if that is who looks."""
    viewer = viewer_of(request)
    return viewer if isinstance(viewer, ProvenGuest) else None


def _pass_of(cookie: str) -> GuestPass | None:
    try:
        return GuestPass.objects.valid().filter(pk=signing.loads(cookie, salt=_SALT)).first()
    except (signing.BadSignature, ValidationError):
        return None


def remember(request: HttpRequest, response: HttpResponseBase, guest_pass: GuestPass) -> None:
    """Have the browser keep a pass for another lifetime."""
    response.set_cookie(
        COOKIE,
        signing.dumps(str(guest_pass.pk), salt=_SALT),
        max_age=GuestPass.LIFETIME,
        secure=request.is_secure() or settings.CSRF_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    """Have the browser forget its pass."""
    response.delete_cookie(COOKIE, samesite="Lax")
