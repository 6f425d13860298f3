"""`manage.py rebuild_search`: write the search index anew, or only what it misses."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from search import engines, indexing


class Command(BaseCommand):
    """Rebuilds the search index; people search and post meanwhile."""

    help = "Write the search index anew from the articles, pages, topics and comments; readers keep searching meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--missing", action="store_true", help="index only what the index misses or holds out of date")

    def handle(self, *args: Any, missing: bool, verbosity: int, **options: Any) -> None:
        total = indexing.count_to_index(only_missing=missing)
        with tqdm(total=total, disable=None if verbosity else True, unit=" entries") as progress:
            for written in indexing.index_everything(only_missing=missing):
                progress.update(written)
        gone = indexing.forget_what_is_gone()
        if total:
            engines.settle()
        if verbosity:
            self.stdout.write(f"{total} entries written, {gone} deleted.")
