"""Brings database and static files up to date and loads the demo where there is none: in one process, for Django starts slowly."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Do each, with a line for each."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    django.setup()
    sys.stdout.write(f"· Bringing the database up to date ({os.environ['VAR_DIR']})\n")
    call_command("migrate", verbosity=0)
    if static_files_changed():
        sys.stdout.write("· Collecting and compressing style sheets, scripts and pictures\n")
        call_command("collectstatic", interactive=False, verbosity=0)
    sys.stdout.write("· Loading the demo, unless it is there\n")
    call_command("load_demo")


def static_files_changed() -> bool:
    """Whether a static file is newer than the last collection; never where they are served from where they are edited (DEBUG=1)."""
    from django.contrib.staticfiles.storage import staticfiles_storage

    if not hasattr(staticfiles_storage, "manifest_name"):
        return False
    manifest = Path(staticfiles_storage.path(staticfiles_storage.manifest_name))
    return not manifest.exists() or any(changed > manifest.stat().st_mtime for changed in _changes())


def _changes() -> Iterator[float]:
    from django.contrib.staticfiles.finders import get_finders

    for finder in get_finders():
        for path, storage in finder.list([]):
            yield Path(storage.path(path)).stat().st_mtime


if __name__ == "__main__":
    main()
