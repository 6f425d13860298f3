"""Fills the pages and saves them: published, scheduled or as drafts, unless they are as they were, or editors changed them."""

from dataclasses import dataclass

from wagtail.models import Page

from articles.models import ArticlePage, StandardPage
from comments import services as discussions
from wordpress.contents import Contents
from wordpress.ledger import Ledger
from wordpress.records import Item
from wordpress.report import Report
from wordpress.shells import Shell, Shells

PUBLISHED = frozenset({"publish", "future", ""})
DRAFTS = {
    "draft": "",
    "pending": "waited for a review in WordPress: imported as a draft",
    "private": "was private in WordPress: imported as a draft; restrict who reads it before you publish it",
    "password": "was behind a password in WordPress: imported as a draft; restrict who reads it before you publish it",
}
CHANGED_HERE = "changed in WordPress and here since it was imported: left as it is here"


@dataclass
class Pages:
    """Brings the contents of posts and pages in."""

    shells: Shells
    contents: Contents
    ledger: Ledger
    report: Report

    def fill(self, item: Item) -> Page | None:
        """Give a post or page what it says and return its page; None for one that has no place here."""
        shell = self.shells.made.get(item.key)
        if shell is None or shell.entry.line != item.line:
            return None
        page = shell.page
        row = self.ledger.row(shell.entry.kind, item.key)
        fingerprint = self.contents.write(page, item, shell.entry)
        if row and row.fingerprint == fingerprint:
            self.report.count(shell.kind, "unchanged")
        elif row and page.latest_revision_id != row.revision_id:
            self.report.skip(shell.kind, CHANGED_HERE)
            self._warn(shell, CHANGED_HERE)
        else:
            self._save(page, item, shell)
            self.ledger.note(shell.entry.kind, item.key, page, fingerprint=fingerprint, revision_id=page.latest_revision_id)
            self.report.count(shell.kind, "made" if shell.is_new else "updated")
        saved = type(page).objects.get(pk=page.pk)
        self._say_how_it_stands(saved, shell)
        return saved

    def _save(self, page: ArticlePage | StandardPage, item: Item, shell: Shell) -> None:
        if not page.live:
            page.save()
        revision = page.save_revision(user=page.owner)
        if self._is_published(shell):
            revision.publish(user=page.owner, skip_permission_checks=True)
            dates = {"first_published_at": self.contents.published_at(item), "last_published_at": self.contents.modified_at(item)}
            type(page).objects.filter(pk=page.pk, live=True).update(**dates)
        elif isinstance(page, ArticlePage):
            discussions.configure_from_page(page)

    def _is_published(self, shell: Shell) -> bool:
        status = shell.entry.status
        if status not in PUBLISHED:
            sentence = DRAFTS.get(status, f"has the status “{status}”, which is not known here: imported as a draft")
            if sentence:
                self._warn(shell, sentence)
            return False
        return not shell.stays_draft

    def _say_how_it_stands(self, page: Page, shell: Shell) -> None:
        scheduled = not page.live and page.approved_schedule
        self.report.detail(shell.kind, "published" if page.live else "scheduled" if scheduled else "draft")

    def _warn(self, shell: Shell, sentence: str) -> None:
        self.report.warn(sentence, line=shell.entry.line, about=f"{shell.entry.kind} {shell.entry.key}")
