"""`purge_unconfirmed`: let go of what nobody confirmed, and of the addresses that nothing needs any more."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments import services


class Command(BaseCommand):
    """Erases comments never confirmed, the mails about them, and the passes of guests who are remembered no more."""

    help = "Erases comments whose address nobody confirmed in time, one by one, and what was kept to confirm them. Run it daily."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--days", type=int, default=services.UNCONFIRMED_LIFETIME.days, help="how long a comment waits (default: 7)")

    def handle(self, *, days: int, **options: Any) -> None:
        """Purge, and count."""
        if not 1 <= days <= 3650:
            raise CommandError("--days takes a number from 1 to 3650: a link must have had its 24 hours.")
        age = timedelta(days=days)
        self.stdout.write(f"{services.purge_unconfirmed(age)} comment(s) never confirmed erased.")
        self.stdout.write(f"{services.purge_mails_to_unproven(age)} mail(s) to unproven addresses deleted.")
        self.stdout.write(f"{services.purge_guest_passes()} guest pass(es) that ended deleted.")
