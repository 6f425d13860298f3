"""The shape of the project that the interpreter, git and the one rule of visibility rely on."""

import re
import shutil
import subprocess

import pytest

from config.settings.base import ROOT

READ = re.compile(r"\b(?:Discussion|ThreadComment|Network|Topic)\.(?:_default_manager|_base_manager|objects)\.(\w+)")

NAMED_READS = {
    *[
        "visible_to",
        "readable_by",
        "moderatable_by",
        "moderated_by",
        "joined_by",
        "own_unpublished",
        "in_networks_of",
        "for_target",
        "pending",
        "none",
    ],
    *["awaiting_moderators", "written_by"],
}
"""Reads whose name is a rule; `for_target` and `pending` are asked about what one holds already, or go on to a rule."""

RAW_READS = {
    "comments/access.py": "the door itself",
    "comments/admin_views/selection.py": "the networks of discussions the person moderates",
    "comments/confirmation.py": "the mailed token is the right to the comment",
    "comments/consultation_mails.py": "asks again, at the moment of sending, what the recipient runs and reads",
    "comments/spaces/asked.py": "numbers, under chapters that came through their rule",
    "comments/spaces/consulted.py": "networks that have spoken, shown to who runs them alone",
    "comments/spaces/coverage.py": "numbers, under chapters and in spaces that came through their rules",
    "comments/spaces/export.py": "inside discussions found by their rule",
    "comments/spaces/exposure.py": "numbers, for who runs the space they stand in",
    "comments/figures/participation.py": "numbers, under chapters and in spaces that came through their rules",
    "comments/figures/counting.py": "numbers of comments, for who moderates everything",
    "comments/figures/dashboard.py": "names of the networks that were counted in somebody's scope",
    "comments/forms.py": "the networks the author belongs to",
    "comments/integrity.py": "a command",
    "comments/mails.py": "asks again, at the moment of sending, whether the recipient may read it",
    "comments/moderator_calls.py": "finds the moderators of what waits",
    "comments/news.py": "inside one discussion that came through the door",
    "comments/notifications.py": "the mail asks for the recipient's right when it leaves",
    "comments/personal_data.py": "a person's own comments",
    "comments/reading.py": "inside one discussion that came through the door",
    "comments/rules/rulebook.py": "whether an author was published before, which nobody is shown",
    "comments/spam/measuring.py": "a command",
    "comments/templatetags/comments_tags.py": "counters of what the page shows already",
    "comments/views/live.py": "inside one discussion that came through the door",
    "comments/views/posting.py": "inside one discussion that came through the door",
    "networks/admin_viewsets.py": "lists of the admin, for administrators alone",
    "networks/personal_data.py": "a person's own topics",
    "search/signal_handlers.py": "keeps the index, which is filtered when it is read",
    "search/sources.py": "fills the index, which is filtered when it is read",
    "site/config/benchmarks/federation.py": "a command",
    "site/config/benchmarks/filling.py": "a command",
    "site/config/benchmarks/furniture.py": "a command",
    "site/config/benchmarks/posting.py": "a command",
}
"""Files that read without naming a rule, and why they may. A new one needs its reason here."""

HOMES_OF_RULES = re.compile(r"(^|/)(models|services|permissions|targets|queries)(\.py|/)|/(management|migrations|demo|wordpress)/")


def test_site_is_a_folder_and_never_a_package():
    assert (ROOT / "site" / "config").is_dir()
    assert not (ROOT / "site" / "__init__.py").exists()


@pytest.mark.skipif(not (ROOT / ".git").exists() or not shutil.which("git"), reason="not a clone")
def test_git_does_not_ignore_the_project():
    ignored = subprocess.run(["git", "check-ignore", "site/config", "site/static"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert ignored.stdout == ""


def test_what_not_everybody_sees_is_read_through_a_rule():
    raw = set()
    for folder in ["articles", "comments", "networks", "search", "site"]:
        for path in (ROOT / folder).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            if not HOMES_OF_RULES.search(name) and set(READ.findall(path.read_text(encoding="utf-8"))) - NAMED_READS:
                raw.add(name)

    assert raw - set(RAW_READS) == set(), "read through visible_to(user) or its like"
    assert set(RAW_READS) - raw == set(), "these read through a rule now: take them off the list"
