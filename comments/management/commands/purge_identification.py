"""`purge_identification`: let go of the addresses that the law no longer has us keep."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments import services
from comments.services.identification import KEPT


class Command(BaseCommand):
    """Deletes the records of the identification log after a year, but for those under a legal hold."""

    help = "Deletes identification records older than a year, but for those under a legal hold, and who sent old reports. Run it daily."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--days", type=int, default=KEPT.days, help="how long a record is kept (default: 365)")

    def handle(self, *, days: int, **options: Any) -> None:
        """Purge, and count."""
        if not 1 <= days <= 3650:
            raise CommandError("--days takes a number from 1 to 3650.")
        age = timedelta(days=days)
        self.stdout.write(f"{services.purge_identification(age)} identification record(s) deleted.")
        self.stdout.write(f"{services.forget_reporters(age)} report(s) say no longer who sent them.")
