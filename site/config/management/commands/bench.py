"""Measure what the main page costs with more and more comments."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.models import ArticlePage
from config import benchmarks


class Command(BaseCommand):
    """`bench [--sizes 0 100 …]`: fills an empty database and prints a table; `make bench` gives it a database of its own."""

    help = "Fills an empty database with articles of more and more comments, and prints what reading and replying cost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sizes", type=int, nargs="+", default=list(benchmarks.SIZES), help="how many comments each article has")

    def handle(self, *args: Any, **options: Any) -> None:
        if ArticlePage.objects.exists():
            raise CommandError("bench fills the database with comments: give it an empty one, or run `make bench`.")
        self.stdout.write(f"\n{connection.display_name}\n\n{benchmarks.table(benchmarks.run(tuple(options['sizes'])))}\n")
