"""`prepare_pictures`: the copies of pictures that published pages lack, after an upgrade."""

from typing import Any

from django.core.management.base import BaseCommand
from wagtail.models import Page

from articles import pictures


class Command(BaseCommand):
    """Makes the copies of pictures that published pages lack, for the sizes and formats change; safe to run again."""

    help = "Makes the copies of pictures that published pages lack; safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        """Go through the published pages, and say how many there are."""
        pages = Page.objects.live()
        for page in pages.specific().iterator(chunk_size=50):
            pictures.prepare(page)
        self.stdout.write(f"The pictures of {pages.count()} pages have their copies.")
