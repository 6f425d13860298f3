"""What the documentation names exists, and what exists is documented."""

import re

import pytest
from django.core.management import get_commands

from comments.reasons import BUILT_IN
from comments.states import Action, Status
from config.settings.base import ROOT

DOCS = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]
OURS = ("articles", "comments", "networks", "search", "config", "users", "wordpress", "demo")


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_environment_variable_is_documented_and_read():
    sources = [*(ROOT / "site" / "config" / "settings").glob("*.py"), ROOT / "site" / "gunicorn.conf.py"]
    read = {name for source in sources for name in re.findall(r"""env(?:iron)?\.\w+\("([A-Z_]+)\"""", source.read_text())}
    documented = set(re.findall(r"^\| (`[A-Z_`, ]+`) \|", text_of("docs/configuration.md"), re.MULTILINE))
    documented = {name for cell in documented for name in re.findall(r"[A-Z_]+", cell)}

    assert documented == read | {"DJANGO_SETTINGS_MODULE"}


def test_every_command_is_in_the_contract_and_every_command_named_exists():
    ours = {name for name, app in get_commands().items() if app in OURS}
    section = text_of("docs/contract.md").partition("## Commands")[2].partition("\n## ")[0]

    assert ours == set(re.findall(r"^\| `([a-z_]+)[^`]*` \|", section, re.MULTILINE))
    for page in DOCS:
        named = set(re.findall(r"manage\.py ([a-z_]+)", page.read_text(encoding="utf-8")))
        assert named <= set(get_commands()), page.name


def test_every_make_target_named_exists_and_says_what_it_does():
    targets = set(re.findall(r"^([a-z]+):.*## ", text_of("Makefile"), re.MULTILINE))

    named = {name for page in DOCS for name in re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8"))}
    assert named <= targets
    assert {"run", "test", "check", "bench", "help"} <= targets


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_every_page_is_in_the_table_of_contents():
    index = text_of("docs/index.md")

    missing = [page.name for page in (ROOT / "docs").rglob("*.md") if page.name != "index.md" and page.name not in index]
    assert missing == []


def test_the_contract_names_every_status_action_and_reason():
    page = text_of("docs/contract.md")

    assert [value for value in [*Status, *Action, *BUILT_IN] if f"`{value}`" not in page] == []


def test_the_licence_is_the_one_announced():
    assert "BSD 3-Clause" in text_of("LICENSE")
    assert 'license = "BSD-3-Clause"' in text_of("pyproject.toml")
