"""`create_site`: the pages a new site starts with."""

from typing import Any

from django.core.management.base import BaseCommand

from articles.services import plant_site


class Command(BaseCommand):
    """Creates the home, the guide and the legal pages where they are missing; safe to run again."""

    help = "Creates the home, the guide and the legal pages where they are missing; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Plant the site and say where it is."""
        home = plant_site()
        self.stdout.write(f"{home.title}: {home.get_descendants().count()} pages below the home, at {home.full_url}")
