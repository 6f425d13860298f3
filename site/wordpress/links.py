"""Leads the links of imported texts to the imported pages and files; others stay what they were."""

from urllib.parse import urljoin, urlsplit

from wordpress.media import Media
from wordpress.survey import Survey


class Links:
    """From a link's address to its attributes in the page editor (`wordpress.inline.LinkAttributes`)."""

    def __init__(self, survey: Survey, media: Media, pages: dict[str, int]) -> None:
        self.survey, self.media, self.pages = survey, media, pages

    def __call__(self, href: str) -> dict[str, str]:
        """The attributes of a link, none where there is nothing to lead to."""
        href = href.strip()
        if not href or href.startswith("#"):
            return {"href": href} if len(href) > 1 else {}
        entry = self.survey.entry_at(href)
        if entry and entry.key in self.pages:
            return {"linktype": "page", "id": str(self.pages[entry.key])}
        document = self.media.document(href)
        if document is not None:
            return {"linktype": "document", "id": str(document)}
        absolute = self._absolute(href)
        return {"href": absolute} if absolute else {}

    def _absolute(self, href: str) -> str:
        """The address as seen from the old site; nothing where it is none, or could run something."""
        try:
            address = urljoin(f"{self.survey.site.url.rstrip('/')}/", href)
            scheme = urlsplit(address).scheme
        except ValueError:
            return ""
        return address if scheme in {"http", "https", "mailto", "tel"} else ""
