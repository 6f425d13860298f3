"""Imports a WordPress export: everything, or nothing."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import OperationalError, transaction
from wagtail.models import Site as WagtailSite

from articles.models import ArticlePage
from wordpress.contents import Contents
from wordpress.files import Uploads, Written
from wordpress.ledger import Ledger, source_of
from wordpress.links import Links
from wordpress.media import Media
from wordpress.models import ImportLock
from wordpress.pages import Pages
from wordpress.people import People
from wordpress.records import Item
from wordpress.report import Report
from wordpress.shells import Shells
from wordpress.survey import Survey, survey_of
from wordpress.talk import Talk
from wordpress.wxr import read

Progress = Callable[[str, int], None]
"""Told the step at work, and how far it is (bytes of the file; for the step "files", their number)."""


class AlreadyRunning(Exception):
    """Another import holds the lock, or the database is busy; its text is a sentence."""


def import_file(path: Path, *, media: Path | None = None, dry_run: bool = False, progress: Progress | None = None) -> Report:
    """Import an export in one transaction and return the report.

    `media` is the folder of the uploads (those beside the file are always looked at). With `dry_run` all is done, and then
    undone. Raises ExportError for a broken file, AlreadyRunning while another import runs; nothing is changed then.
    """
    tell = progress or _silence
    survey = survey_of(path, lambda size: tell("reading", size))
    report = Report(file=path.name, source=survey.site.url, version=survey.site.wxr_version, dry_run=dry_run)
    written = Written()
    done = False
    try:
        with _alone():
            _Job(path, survey, report, Uploads(path, media), written, tell).run()
            transaction.set_rollback(dry_run)
        done = not dry_run
    finally:
        if not done:
            written.take_back()
        WagtailSite.clear_site_root_paths_cache()
    return report


@contextmanager
def _alone() -> Iterator[None]:
    """One transaction that no other import runs beside."""
    with ExitStack() as stack:
        try:
            ImportLock.objects.get_or_create(pk=1)
            stack.enter_context(transaction.atomic())
            ImportLock.objects.select_for_update(nowait=True).get(pk=1)
        except OperationalError as error:
            raise AlreadyRunning("Another import is running, or the database is busy: try again when it has ended.") from error
        yield


@dataclass
class _Job:
    """One import at work."""

    path: Path
    survey: Survey
    report: Report
    uploads: Uploads
    written: Written
    tell: Progress

    def run(self) -> None:
        """Bring everything in: files, then empty pages for links to find, then what pages and people say."""
        survey, report, ledger = self.survey, self.report, Ledger(source_of(self.survey.site))
        media = Media(survey, ledger, report, self.uploads, self.written)
        people = People(survey, ledger, report)
        for number, entry in enumerate(survey.of_kind("attachment"), start=1):
            media.attachment(entry)
            self.tell("files", number)
        shells = Shells(survey, ledger, report, people)
        shells.make()
        links = Links(survey, media, {key: shell.page.pk for key, shell in shells.made.items()})
        contents = Contents(survey, report, media, people, links, ledger.source)
        pages = Pages(shells, contents, ledger, report)
        talk = Talk(ledger, report, people, contents.now)
        _say_duplicates(survey, report)
        for record in read(self.path, lambda size: self.tell("pages and comments", size)):
            if isinstance(record, Item):
                _bring_in(record, pages, talk, report)


def _bring_in(item: Item, pages: Pages, talk: Talk, report: Report) -> None:
    kind = item.post_type.strip().lower() or "post"
    if kind in {"post", "page"}:
        page = pages.fill(item)
        if isinstance(page, ArticlePage):
            talk.bring_in(page, item)
        else:
            talk.leave_out(item, "pages carry no discussion here" if page else "what they are about is not imported")
        return
    if kind != "attachment":
        report.count("others", "read")
        report.skip("others", f"nothing of the type “{kind}” is shown here" if kind != "wp_block" else "shown in the articles that use it")
    talk.leave_out(item, "pictures and files carry no discussion here")


def _say_duplicates(survey: Survey, report: Report) -> None:
    for entry in survey.duplicates:
        first = survey.entries[entry.key]
        sentence = f"has the number of another item (line {first.line}): left out, export the site again"
        report.warn(sentence, line=entry.line, about=f"{entry.kind} {entry.key}")
        report.skip("others", "two items with one number: the first was taken")
        report.count("others", "read")


def _silence(step: str, done: int) -> None:
    """Tell nobody how far it is."""
