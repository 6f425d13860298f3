"""`purge_invitations`: let go of addresses that were invited long ago."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from networks.services import INVITATIONS_KEPT, purge_invitations


class Command(BaseCommand):
    """Deletes invitations that were accepted, taken back or too old for a while, with their addresses."""

    help = "Deletes invitations that have let nobody in for a while, with the addresses they were sent to. Run it daily."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--days", type=int, default=INVITATIONS_KEPT.days, help="how long they are kept once over (default: 90)")

    def handle(self, *, days: int, **options: Any) -> None:
        """Purge, and count."""
        if not 1 <= days <= 3650:
            raise CommandError("--days takes a number from 1 to 3650.")
        self.stdout.write(f"{purge_invitations(timedelta(days=days))} invitation(s) deleted.")
