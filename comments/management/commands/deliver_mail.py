"""`deliver_mail`: send what waits in the outbox."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from comments.outbox import deliver_due

PAUSE_SECONDS = 5


class Command(BaseCommand):
    """Sends every mail whose time has come, once or for as long as it runs."""

    help = "Sends the mails that wait. With --loop, goes on until it is stopped: this is the worker of MAIL_DELIVERY=worker."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--loop", action="store_true", help="look again every few seconds, until stopped")

    def handle(self, *, loop: bool, **options: Any) -> None:
        """Send, say how many left, and look again where asked."""
        while True:
            if sent := deliver_due():
                self.stdout.write(f"{sent} mail(s) sent.")
            if not loop:
                return
            time.sleep(PAUSE_SECONDS)
