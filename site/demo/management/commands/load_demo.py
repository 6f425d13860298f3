"""Load the demo once."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import loading


class Command(BaseCommand):
    """`load_demo`: a guide, networks and conversations to look around in; does nothing where there is content already."""

    help = "Loads the demo, once; never overwrites anything, and refuses in production."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("load_demo: the demo's accounts have a public password, so it is refused under production settings.")
        if not loading.is_needed():
            self.stdout.write("The site has content already: the demo is not loaded.")
            return
        loading.load(progress=self.stdout.write)
