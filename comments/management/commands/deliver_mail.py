"""`deliver_mail`: send what waits in the outbox."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections

from comments.outbox import ServerDown, deliver_due, forget_old

PAUSE_SECONDS = 5
PAUSE_SECONDS_WITHOUT_SERVER = 60


class Command(BaseCommand):
    """Sends every mail whose time has come, once or for as long as it runs, and forgets those that left 90 days ago."""

    help = "Sends the mails that wait. With --loop, goes on until it is stopped: this is the worker of MAIL_DELIVERY=worker."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--loop", action="store_true", help="look again every few seconds, until stopped")

    def handle(self, *, loop: bool, **options: Any) -> None:
        """Send, say how many left, and look again where asked."""
        while True:
            try:
                self._deliver()
                pause = PAUSE_SECONDS
            except ServerDown as error:
                if not loop:
                    raise CommandError(f"Nothing is lost, but {error}.") from error
                self.stderr.write(f"{error}; trying again in a minute.")
                pause = PAUSE_SECONDS_WITHOUT_SERVER
            if not loop:
                return
            close_old_connections()
            time.sleep(pause)

    def _deliver(self) -> None:
        forget_old()
        if sent := deliver_due():
            self.stdout.write(f"{sent} mail(s) sent.")
