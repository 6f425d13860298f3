"""What the site holds about one person: handed to them on request, erased with their account.

The apps above say what they hold; `config.apps` introduces them, so that the account knows none of them by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from users.models import User


@dataclass(frozen=True)
class Holder:
    """An app that holds something about people: how to hand it over, how to let go of it, and why an account must stay for now."""

    export: Callable[[User], Any]
    erase: Callable[[User], None]
    why_keep: Callable[[User], str] = lambda _user: ""


_holders: dict[str, Holder] = {}


def register(
    name: str, *, export: Callable[[User], Any], erase: Callable[[User], None], why_keep: Callable[[User], str] = lambda _user: ""
) -> None:
    """Let an app take part, under the name its data has in the file that people download.

    `export` returns what JSON can hold. `erase` runs in the transaction that deletes the account, before it. So does `why_keep`, where
    people delete their own: the sentence it returns refuses that, an empty one does not.
    """
    _holders[name] = Holder(export, erase, why_keep)


def why_keep(user: User) -> str:
    """Why a person's account cannot be deleted by themselves for now; empty where it can."""
    return next(filter(None, (holder.why_keep(user) for holder in _holders.values())), "")


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
