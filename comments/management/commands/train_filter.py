"""`train_filter`: let the spam filter learn what moderators decided."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from comments import services


class Command(BaseCommand):
    """Learns the decisions taken since it last ran, scores what waits again, and measures the filter on the site's past."""

    help = "Lets the spam filter learn the decisions taken since it last ran. Run it every few minutes, or daily."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--from-scratch", action="store_true", help="forget what was learnt, and learn the site's whole past again")

    def handle(self, *, from_scratch: bool, **options: Any) -> None:
        """Learn, and count."""
        try:
            if from_scratch:
                self.stdout.write(f"{services.start_again()} decision(s) to learn from the beginning.")
            number = services.learn_decisions()
        except ModuleNotFoundError as missing:
            raise CommandError(f"The filter learns with scikit-learn, which is not installed ({missing.name} is missing).") from missing
        self.stdout.write(f"{number} decision(s) looked at.")
