"""What the site holds about one person: handed to them on request, erased with their account.

The apps above say what they hold; `config.apps` introduces them, so that the account knows none of them by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from users.models import User


@dataclass(frozen=True)
class Holder:
    """An app that holds something about people: how to hand it over, and how to let go of it."""

    export: Callable[[User], Any]
    erase: Callable[[User], None]


_holders: dict[str, Holder] = {}


def register(name: str, *, export: Callable[[User], Any], erase: Callable[[User], None]) -> None:
    """Let an app take part, under the name its data has in the file that people download.

    `export` returns what JSON can hold. `erase` runs in the transaction that deletes the account, before it.
    """
    _holders[name] = Holder(export, erase)


def collect(user: User) -> dict[str, Any]:
    """Everything the site holds about a person, as JSON can hold it."""
    return {"account": _account(user), **{name: holder.export(user) for name, holder in _holders.items()}}


def erase(user: User) -> None:
    """Let every app forget the person; what belongs to a conversation of others stays, without them."""
    for holder in _holders.values():
        holder.erase(user)


def _account(user: User) -> dict[str, Any]:
    return {
        "email": user.email,
        "display_name": user.display_name,
        "language": user.language,
        "date_joined": user.date_joined.isoformat(),
        "last_login": user.last_login and user.last_login.isoformat(),
    }
