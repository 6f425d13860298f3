"""Measure what the main page costs with more and more comments."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.models import ArticlePage
from config.benchmarks import filling, in_process, posting, reading, tables

SIZES = (100, 100_000)


class Command(BaseCommand):
    """`bench [--sizes 100 …]`: fills an empty database and prints tables; `make bench` gives it a database of its own."""

    help = "Fills an empty database with articles of more and more comments, and prints what reading and replying cost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many comments each article has")

    def handle(self, *args: Any, **options: Any) -> None:
        if ArticlePage.objects.exists():
            raise CommandError("bench fills the database with comments: give it an empty one, or run `make bench`.")
        self.stdout.write(f"\n## {connection.display_name}\n")
        subjects, writers = filling.fill(tuple(options["sizes"])), filling.writers()
        self.stdout.write(f"{tables.of_costs(in_process.measure(subjects, writers[0]))}\n")
        rates, memory = reading.measure(subjects)
        self.stdout.write(f"{tables.of_rates(rates)}\n")
        self.stdout.write(f"{tables.of_memory(memory)}\n")
        for subject in subjects[1:]:
            self.stdout.write(f"{tables.of_posts(posting.measure(subject, writers))}\n")
