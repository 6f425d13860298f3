"""What a site that installs the networks may have forgotten, said in a sentence by `manage.py check`."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def check_installation(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Return a message for each thing without which spaces would fail."""
    if "private" in settings.STORAGES:
        return []
    hint = 'Name in STORAGES, as "private", a folder or a bucket that no address leads to: see docs/plugin.md.'
    return [Error("Documents and logos of spaces have no place to be kept in.", hint=hint, id="networks.E001")]
