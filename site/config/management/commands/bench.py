"""Measure what the main page costs with more and more comments, and the networks' pages with more and more members."""

from argparse import ArgumentParser
from dataclasses import replace
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from articles.models import ArticlePage
from config.benchmarks import acts, filling, in_process, posting, reading, spaces, tables
from config.benchmarks.federation import Federation, Size

PARTS = ("discussions", "spaces")
SIZES = (100, 100_000)
PEOPLE = 30_000
"""How many accounts the networks share: a person is in fifty of three hundred."""
SMALL = Size(networks=3, members=5, things=5, comments=5)
LARGE = Size(networks=300, members=5_000, things=2_000, comments=2_000)


class Command(BaseCommand):
    """`bench [--part discussions|spaces …] [--sizes 100 …]`: fills an empty database and prints tables; `make bench` gives it its own."""

    help = "Fills an empty database with comments and networks, and prints what reading and writing them cost."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--part", nargs="+", choices=PARTS, default=PARTS, help="what is measured")
        parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many comments each article has")
        parser.add_argument("--networks", type=int, default=LARGE.networks, help="how many networks the large federation has")
        parser.add_argument("--members", type=int, default=LARGE.members, help="and how many members each of them")

    def handle(self, *args: Any, **options: Any) -> None:
        if ArticlePage.objects.exists():
            raise CommandError("bench fills the database with comments: give it an empty one, or run `make bench`.")
        self.stdout.write(f"\n## {connection.display_name}\n")
        if "discussions" in options["part"]:
            self._discussions(tuple(options["sizes"]))
        if "spaces" in options["part"]:
            self._spaces(replace(LARGE, networks=options["networks"], members=options["members"]))

    def _discussions(self, sizes: tuple[int, ...]) -> None:
        subjects, writers = filling.fill(sizes), filling.writers()
        self.stdout.write(f"{tables.of_costs(in_process.measure(subjects, writers[0]))}\n")
        rates, memory = reading.measure(subjects)
        self.stdout.write(f"{tables.of_rates(rates)}\n")
        self.stdout.write(f"{tables.of_memory(memory)}\n")
        for subject in subjects[1:]:
            self.stdout.write(f"{tables.of_posts(posting.measure(subject, writers))}\n")

    def _spaces(self, large: Size) -> None:
        federation = Federation(PEOPLE)
        federation.grow(SMALL)
        few = list(spaces.measure(federation)), list(acts.measure(federation))
        began = perf_counter()
        federation.grow(large)
        self.stdout.write(f"{large.networks} networks of {large.members} members, written in {perf_counter() - began:.0f} s\n\n")
        self.stdout.write(f"{tables.of_pages(few[0], spaces.measure(federation))}\n\n")
        self.stdout.write(f"{tables.of_acts(few[1], acts.measure(federation))}\n")
