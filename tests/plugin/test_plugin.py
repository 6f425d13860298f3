"""Discussions and networks as the plug-in of a site that is not ours: `host/`, in a process that never loads our own apps."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUR_OWN = {"PYTHONPATH", "DATABASE_URL", "CACHE_URL", "EMAIL_URL", "VAR_DIR"}


def run(*arguments: str, settings: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a Python module under a host's settings, with nothing of ours but the folder that holds the two apps."""
    inherited = {name: value for name, value in os.environ.items() if name not in OUR_OWN}
    environment = {**inherited, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": settings}
    return subprocess.run([sys.executable, "-m", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_people_talk_on_a_site_that_is_not_ours(tmp_path):
    journeys = str(ROOT / "tests/plugin/host/journeys.py")
    pytest_alone = ["--noconftest", "-c", os.devnull, "--rootdir", str(tmp_path), "--import-mode", "importlib", "-p", "no:cacheprovider"]

    ran = run("pytest", journeys, *pytest_alone, settings="tests.plugin.host.settings", folder=tmp_path)

    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_forgetful_host_is_told_each_thing_in_a_sentence(tmp_path):
    checked = run("django", "check", settings="tests.plugin.host.forgetful", folder=tmp_path)

    wanted = [*(f"comments.E00{number}" for number in range(1, 9)), "comments.W001", "comments.W003"]
    assert [code for code in wanted if code not in checked.stderr] == []
