"""Nothing a person reads is left in another language."""

import subprocess
import sys

import pytest
from django.utils.translation import gettext, override

from config.settings.base import ROOT


def test_every_string_is_translated_and_compiled():
    checked = subprocess.run(
        [sys.executable, "scripts/messages.py", "--check", "--all"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize(("language", "word"), [("fr", "réseau"), ("en", "network")])
def test_the_catalogues_are_found(language, word):
    with override(language):
        assert gettext("network") == word
