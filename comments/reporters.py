"""What tells one reporter from another, without telling who they are: keyed hashes, which no table made elsewhere finds."""

import uuid
from typing import Any

from django.utils.crypto import salted_hmac

from comments.addresses import fold

_ACCOUNT, _GUEST, _VISITOR = "user:", "guest:", "visitor:"


def key_of_account(user: Any) -> str:
    """The key of an account."""
    return f"{_ACCOUNT}{user.pk}"


def key_of_guest(address: str) -> str:
    """The key of a guest whose address is proven."""
    return f"{_GUEST}{_hashed(fold(address))}"


def key_of_visitor(ip: str, address: str) -> str:
    """The key of anybody else: two people behind one IP address are two where they give their e-mail addresses.

    Of somebody of whom nothing is known it is another each time: nothing they say is joined to what somebody else says.
    """
    parts = [_hashed(part) for part in (ip, fold(address)) if part]
    return f"{_VISITOR}{':'.join(parts) or uuid.uuid4().hex}"


def is_guest(key: str) -> bool:
    """Whether a key is that of a guest whose address is proven."""
    return key.startswith(_GUEST)


def person_of(key: str, account_address: str | None) -> str:
    """Who reports, where it matters how many people do: an account and its address are one, all who proved nothing together are one."""
    if key.startswith(_VISITOR):
        return _VISITOR
    return key_of_guest(account_address) if account_address else key


def _hashed(text: str) -> str:
    return salted_hmac("comments.report", text).hexdigest()[:32]
