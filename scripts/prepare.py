"""Brings the database up to date and loads the demo where there is none: in one process, for Django takes its time to start."""

import os
import sys
from pathlib import Path

import django
from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Do both, with a line for each."""
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    django.setup()
    sys.stdout.write(f"· Bringing the database up to date ({os.environ['VAR_DIR']})\n")
    call_command("migrate", verbosity=0)
    sys.stdout.write("· Loading the demo, unless it is there\n")
    call_command("load_demo")


if __name__ == "__main__":
    main()
