"""The languages a file or a page of another site may be written in."""

from django.conf import global_settings
from django.utils.translation import gettext_lazy as _


def language_choices() -> list[tuple[str, str]]:
    """Codes and names of the languages Django names, the guide's own first."""
    names = {code: _(name) for code, name in global_settings.LANGUAGES if "-" not in code}
    first = ["fr", "en"]
    return [(code, names[code]) for code in [*first, *(code for code in names if code not in first)]]


def language_name(code: str) -> str:
    """The name of a language in the reader's own, empty for a code that has none."""
    return str(dict(language_choices()).get(code, ""))
