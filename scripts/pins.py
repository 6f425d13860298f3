"""Checks the requirements: each line pins a version exactly, docs/dependencies.md says why, and nothing unpinned is installed."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[a-z0-9,-]+\])?==(?P<version>[A-Za-z0-9.]+)$")
INSTALLERS = {"pip", "setuptools", "wheel"}


def canonical(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirement_lines(name: str) -> list[str]:
    """The lines of a requirements file that name a package."""
    lines = (line.partition(" #")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines())
    return [line for line in lines if line and not line.startswith(("#", "-"))]


def faults() -> Iterator[str]:
    """One sentence for each thing that is not as it should be."""
    explained = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    for file in ["requirements.txt", "requirements-dev.txt"]:
        for line in requirement_lines(file):
            pin = PINNED.match(line)
            if not pin:
                yield f"{file}: “{line}” is not pinned with == to one version."
            elif f"`{pin['name'].lower()}`" not in explained:
                yield f"docs/dependencies.md does not say why {pin['name']} is in {file}."
    yield from _unlocked()


def _unlocked() -> Iterator[str]:
    """What is installed otherwise than constraints.txt says."""
    locked = {canonical(pin["name"]): pin["version"] for line in requirement_lines("constraints.txt") if (pin := PINNED.match(line))}
    for distribution in distributions():
        name = canonical(distribution.metadata["Name"])
        if name not in INSTALLERS and locked.get(name) != distribution.version:
            yield f"constraints.txt pins {name} to {locked.get(name, 'nothing')}, but {distribution.version} is installed: run make lock."


if __name__ == "__main__":
    found = list(faults())
    sys.stdout.writelines(f"{fault}\n" for fault in found)
    sys.exit(1 if found else 0)
