"""Production refuses to start on an unsafe value, in a sentence that names it."""

import os
import subprocess
import sys

import pytest

from config.settings.base import ROOT

SAFE = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "q8Zr1vX5uB2mK7pL4nT9wY6cF3hJ0dS8aG5eR2tU7iO4xV1zQ9",
    "ALLOWED_HOSTS": "palabre.example.org",
    "BASE_URL": "https://palabre.example.org",
    "DATABASE_URL": "postgres://palabre:mot-de-passe@127.0.0.1:5432/palabre",
    "CACHE_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp+tls://palabre:mot-de-passe@127.0.0.1:587",
    "DEFAULT_FROM_EMAIL": "palabre@palabre.example.org",
}


def run(tmp_path, *arguments, **changed):
    """Run Python in an environment that holds nothing but what is given."""
    environment = {**SAFE, **changed, "VAR_DIR": str(tmp_path), "PATH": os.environ["PATH"], "PYTHONPATH": "site"}
    given = {name: value for name, value in environment.items() if value is not None}
    return subprocess.run([sys.executable, *arguments], env=given, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "court"),
        ("SECRET_KEY", "a" * 60),
        ("SECRET_KEY", "django-insecure-" + "x1y2z3" * 10),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", "*"),
        ("BASE_URL", None),
        ("BASE_URL", "http://palabre.example.org"),
        ("DATABASE_URL", None),
        ("EMAIL_URL", None),
        ("DEFAULT_FROM_EMAIL", None),
        ("TRUSTED_PROXIES", "proxy.example.org"),
    ],
)
def test_production_refuses(tmp_path, name, value):
    started = run(tmp_path, "-c", "import config.settings.production", **{name: value})

    assert started.returncode != 0
    assert f"{name}: " in started.stderr
    assert "mot-de-passe" not in started.stderr


def test_production_starts_without_a_warning(tmp_path):
    started = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert started.returncode == 0, started.stderr
