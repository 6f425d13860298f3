"""Fill a discussion with made-up comments."""

from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from comments import bulk, generation, services
from comments.targets import find_target


class Command(BaseCommand):
    """`generate_comments --target URL --count N --seed S [--mixed]`."""

    help = "Adds made-up comments to the discussion of a page, in realistic trees, with the rows that the product itself writes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--target", required=True, help="address or path of the article or topic, e.g. /guide/pourquoi-ce-guide/")
        parser.add_argument("--count", type=int, required=True, help="how many comments")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same comments")
        parser.add_argument("--mixed", action="store_true", help="leave some comments in the states other than published")

    def handle(self, *args: Any, **options: Any) -> None:
        path = urlsplit(options["target"]).path
        target = find_target(path)
        if target is None:
            raise CommandError(f"{path} is neither an article nor a topic of this site.")
        if options["count"] < 0:
            raise CommandError("--count takes 0 or more.")
        discussion = services.discussion_of(target)
        with tqdm(total=options["count"], unit=" comments", disable=None) as progress:
            for drafts in generation.drafts(options["count"], options["seed"], until=timezone.now(), mixed=options["mixed"]):
                bulk.load(discussion, drafts)
                progress.update(len(drafts))
        discussion.refresh_from_db()
        self.stdout.write(f"{options['count']} comments added; {discussion} now counts {discussion.published_count} published ones.")
