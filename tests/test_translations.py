"""Nothing a person reads is left in another language."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import polib
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


SAID_OTHERWISE_ON_PURPOSE = {"Back", "Go back", "Preview", "Profile", "Save", "Search", "Sign in", "file", "title"}
"""Words that mean in Wagtail what they mean here, which we say otherwise in French."""


def test_no_string_of_ours_changes_what_wagtail_says_in_french():
    """Catalogues of the same language are one: a word of ours that means something else in Wagtail's screens needs a context."""
    wagtail = Path(find_spec("wagtail").origin).parent
    theirs: dict[str, set[str]] = {}
    for path in [*wagtail.glob("locale/fr/**/django.po"), *wagtail.glob("*/locale/fr/**/django.po")]:
        for entry in _plain(path):
            theirs.setdefault(entry.msgid, set()).add(entry.msgstr.casefold())
    changed = {
        entry.msgid
        for path in [*ROOT.glob("*/locale/fr/**/django.po")]
        for entry in _plain(path)
        if theirs.get(entry.msgid) and entry.msgstr.casefold() not in theirs[entry.msgid]
    }

    assert len(theirs) > 500
    assert changed - SAID_OTHERWISE_ON_PURPOSE == set()


def _plain(path):
    return [entry for entry in polib.pofile(str(path)) if entry.msgstr and not entry.msgctxt and not entry.obsolete]
