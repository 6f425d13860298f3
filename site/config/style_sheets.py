"""The style sheets that pages link: each made of the small ones we write, in one file, so that a phone asks once.

No build step: a finder of static files writes them where it is asked for them, in development on each request, else for `collectstatic`.
"""

import posixpath
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder, find
from django.core.files.storage import FileSystemStorage

RELATIVE_URL = re.compile(r'url\("(?P<path>[^"#:/][^":]*)"\)')

PIECES = {
    # What every page wears.
    "site/css/site.css": [
        "site/css/tokens.css",
        "site/css/base.css",
        "site/css/prose.css",
        "site/css/components/header.css",
        "site/css/components/footer.css",
        "site/css/components/breadcrumb.css",
        "site/css/components/notice.css",
        "site/css/components/button.css",
        "site/css/components/field.css",
        "site/css/components/card.css",
        "site/css/components/badge.css",
        "site/css/components/pager.css",
        "site/css/components/empty.css",
        "networks/css/colours.css",
        "networks/css/network_badge.css",
        "site/css/print.css",
    ],
    # What the pages of the guide wear besides: who reads one of them reads another.
    "articles/css/guide_pages.css": [
        "articles/css/article.css",
        "articles/css/blocks.css",
        "articles/css/guide.css",
        "articles/css/home.css",
    ],
}


class StyleSheetFinder(BaseFinder):
    """Finds the style sheets made of others, as they are now."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(settings.VAR_DIR / "style_sheets")

    def check(self, **kwargs: Any) -> Sequence[Any]:
        """Find nothing wrong: no setting is read that could be."""
        return []

    def find(self, path: str, find_all: bool = False) -> str | Sequence[str]:
        """Return the place of a style sheet made of others, nothing for any other file."""
        if path not in PIECES:
            return []
        self._write(path)
        place = self.storage.path(path)
        return [place] if find_all else place

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        """Name each of them."""
        for path in PIECES:
            self._write(path)
            yield path, self.storage

    def _write(self, name: str) -> None:
        """Write one where it changed, never half: another process may be reading it."""
        file, text = Path(self.storage.path(name)), whole(name)
        if file.exists() and file.read_text() == text:
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_suffix(f".{uuid4().hex}")
        draft.write_text(text)
        draft.replace(file)


def whole(name: str) -> str:
    """A style sheet in one piece: what the pieces name by a path of their own is named by a path of the whole."""
    return "\n".join(_rebased(Path(find(piece)).read_text(), posixpath.dirname(piece), posixpath.dirname(name)) for piece in PIECES[name])


def _rebased(text: str, here: str, there: str) -> str:
    return RELATIVE_URL.sub(lambda found: f'url("{posixpath.relpath(posixpath.join(here, found["path"]), there)}")', text)
