"""What a person may choose in their profile beyond the account itself.

The apps above say what there is to choose; `config.apps` introduces them, so that the account knows none of them by name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from users.models import User


@dataclass(frozen=True)
class Preference:
    """Something to say yes or no to: how it reads in the form, and how it is read and kept."""

    label: Any
    help_text: Any
    read: Callable[[User], bool]
    keep: Callable[[User, bool], None]


_preferences: dict[str, Preference] = {}


def register(name: str, preference: Preference) -> None:
    """Offer a preference in everybody's profile, as a field of this name."""
    _preferences[name] = preference


def offered() -> dict[str, Preference]:
    """The preferences there are, by the names of their fields."""
    return dict(_preferences)
