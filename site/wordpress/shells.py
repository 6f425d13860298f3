"""Gives every post and page of the source its place, before any says something, so that links between them find their way."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext, override
from wagtail.models import Locale, Page

from articles.models import ArticlePage, StandardPage
from wordpress.ledger import Ledger
from wordpress.people import People
from wordpress.places import MAX_NESTING, free_slug, guide_and_home, in_tree_order, slug_of
from wordpress.report import Report
from wordpress.survey import Entry, Survey
from wordpress.words import cut, plain

MAX_TITLE = 255
LEFT_OUT = {"trash": "in WordPress's bin", "auto-draft": "an empty draft WordPress made by itself", "inherit": "a revision"}
REMOVED_HERE = "removed from this site since it was imported: not brought back"


@dataclass
class Shell:
    """A page where it belongs; `stays_draft` when what is here already, or an editor, forbids publishing it."""

    page: ArticlePage | StandardPage
    entry: Entry
    is_new: bool
    stays_draft: bool = False

    @property
    def kind(self) -> str:
        """What the report calls it."""
        return "articles" if isinstance(self.page, ArticlePage) else "pages"


def title_of(entry: Entry) -> str:
    """A page's title: plain words, no longer than its field."""
    with override(settings.LANGUAGE_CODE):
        return cut(plain(entry.title), MAX_TITLE) or gettext("Untitled")


@dataclass
class Shells:
    """Makes shells, and finds those of an earlier import."""

    survey: Survey
    ledger: Ledger
    report: Report
    people: People
    made: dict[str, Shell] = field(default_factory=dict)

    def make(self) -> None:
        """Make them all: articles in the guide, pages below the home or their own parent."""
        guide, self.home = guide_and_home()
        for entry in self.survey.of_kind("post"):
            self._add(entry, guide)
        for entry in in_tree_order(self.survey, self.survey.of_kind("page")):
            self._add(entry, self._parent(entry))

    def _parent(self, entry: Entry) -> Page:
        above = self.made.get(entry.parent)
        fits = above and above.kind == "pages" and above.page.depth < self.home.depth + MAX_NESTING
        return above.page if above and fits else self.home

    def _add(self, entry: Entry, parent: Page) -> None:
        kind = "articles" if entry.kind == "post" else "pages"
        self.report.count(kind, "read")
        row = self.ledger.row(entry.kind, entry.key)
        if entry.status in LEFT_OUT:
            self.report.skip(kind, LEFT_OUT[entry.status])
        elif row and row.target is None:
            self.report.skip(kind, REMOVED_HERE)
        elif row:
            self.made[entry.key] = self._known(row.target, entry)
        else:
            self.made[entry.key] = self._new(entry, parent)

    @staticmethod
    def _known(page: ArticlePage | StandardPage, entry: Entry) -> Shell:
        set_aside = isinstance(page, StandardPage) and page.slug != slug_of(entry)
        taken_down = page.first_published_at is not None
        return Shell(page, entry, is_new=False, stays_draft=not page.live and (set_aside or taken_down))

    def _new(self, entry: Entry, parent: Page) -> Shell:
        model = ArticlePage if entry.kind == "post" else StandardPage
        slug = slug_of(entry)
        free = free_slug(parent, slug)
        owner = self.people.account(entry.creator)
        page = model(title=title_of(entry), slug=free, live=False, locale=Locale.get_default(), owner=owner)
        parent.add_child(instance=page)
        set_aside = model is StandardPage and free != slug
        if set_aside:
            self._warn(entry, f"a page “{slug}” is here already and stays as it is: imported as the draft “{free}”, compare the two")
        elif free != slug:
            self._warn(entry, f"the address “{slug}” is taken: imported as “{free}”")
        return Shell(page, entry, is_new=True, stays_draft=set_aside)

    def _warn(self, entry: Entry, sentence: str) -> None:
        self.report.warn(sentence, line=entry.line, about=f"{entry.kind} {entry.key}")
