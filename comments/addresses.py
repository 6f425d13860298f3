"""When two e-mail addresses are one: whatever case their ASCII letters are written in, and in no other case.

Databases disagree about other letters: some make one capital of `i` and of `ı`, and who owns a name that only looks like somebody's
would pass for them.
The twin of `is_address` for an address that is at hand is `fold`.
"""

from typing import Any

from django.db.models import Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact

from networks.accounts import fold

__all__ = ["author_key", "fold", "is_address", "network_key", "same_address"]


def author_key(user_id: Any, email: str) -> str:
    """What tells one author from another: the account, else the guest's address; empty for somebody of whom neither is known."""
    if user_id is not None:
        return f"user:{user_id}"
    return f"guest:{fold(email)}" if email else ""


def is_address(column: str, address: str) -> Exact:
    """The condition that a column holds an address."""
    return same_address(column, Value(address))


def same_address(column: str, other: Any) -> Exact:
    """The condition that a column and an expression hold the same address."""
    return Exact(_Folded(column), _Folded(other))


def network_key(network_id: Any) -> str:
    """What tells a network that speaks from other authors."""
    return f"network:{network_id}"


class _Folded(Lower):
    """An address with its ASCII letters in lower case, as SQLite's LOWER does."""

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template='LOWER((%(expressions)s)::text COLLATE "C")', **context)
