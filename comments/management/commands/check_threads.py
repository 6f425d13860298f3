"""Verify every invariant of every discussion's tree and counters."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from comments import integrity


class Command(BaseCommand):
    """`check_threads [--repair]`: a line per fault; exit code 1 when a fault is left."""

    help = "Verifies every invariant of every discussion's tree and counters; a line per fault, exit code 1 if there are any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="put right what is wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for fault in integrity.check(mend=options["repair"]):
            found += 1
            self.stdout.write(str(fault))
        if found and options["repair"]:
            self.stdout.write(f"{found} faults repaired.")
        elif found:
            raise CommandError(f"{found} faults; --repair puts them right.")
        else:
            self.stdout.write("Every tree and counter holds.")
