"""Imports a WordPress export."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from wordpress.services import AlreadyRunning, import_file
from wordpress.wxr import ExportError


class Command(BaseCommand):
    """Brings in the articles, pages, pictures, files and comments of a WordPress (docs/import.md)."""

    help = (
        "Imports a WordPress export (Tools > Export: a WXR file, 1.0 to 1.2) in one transaction and prints a report. Safe to run again."
        " Exit codes: 0 imported (look at the report's remarks), 1 nothing was changed and a sentence says why, 2 wrong arguments."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path, help="the export")
        parser.add_argument(
            "--media", type=Path, metavar="DIR", help="the folder of the uploads; those beside the file are always looked at"
        )
        parser.add_argument("--dry-run", action="store_true", help="do everything, report, and undo it")
        parser.add_argument("--report", type=Path, metavar="FILE.json", help="also write the report there, whole, for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file; raises CommandError with one sentence."""
        path, media = options["file"], options["media"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        if media and not media.is_dir():
            raise CommandError(f"There is no folder {media}.")
        try:
            with _Bar(path.stat().st_size) as bar:
                report = import_file(path, media=media, dry_run=options["dry_run"], progress=bar.tell)
        except (ExportError, AlreadyRunning) as error:
            raise CommandError(str(error)) from None
        if options["report"]:
            options["report"].write_text(json.dumps(report.as_data(), ensure_ascii=False, indent=1), encoding="utf-8")
        self.stdout.write(report.as_text())


class _Bar:
    """A progress bar on stderr for each step, silent where nobody looks."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.step = ""
        self.bar: tqdm | None = None

    def __enter__(self) -> "_Bar":
        return self

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def tell(self, step: str, done: int) -> None:
        """Move the bar to where a step is."""
        if step != self.step or self.bar is None:
            self.__exit__()
            in_bytes = step != "files"
            self.step = step
            self.bar = tqdm(
                desc=step, total=self.size if in_bytes else None, unit="B" if in_bytes else "", unit_scale=in_bytes, disable=None
            )
        self.bar.update(done - self.bar.n)
