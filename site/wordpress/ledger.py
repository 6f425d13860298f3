"""Keeps the rows that say what was imported before, and adds those of this import."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from wordpress.models import Imported
from wordpress.records import Site


def source_of(site: Site) -> str:
    """What names a WordPress, whether it was exported with http or https, www or not."""
    parts = urlsplit(site.url if "//" in site.url else f"//{site.url}")
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}"[:200]


class Ledger:
    """The rows of one source; comments are read an article at a time, there may be many."""

    def __init__(self, source: str) -> None:
        self.source = source
        rows = Imported.objects.filter(source=source).exclude(kind="comment")
        self.rows = {(row.kind, row.key): row for row in rows}

    def row(self, kind: str, key: str) -> Imported | None:
        """What is known of a thing."""
        return self.rows.get((kind, key))

    def comments(self, keys: Iterable[str]) -> dict[str, Imported]:
        """What is known of comments."""
        wanted, found = list(keys), {}
        for start in range(0, len(wanted), 500):
            rows = Imported.objects.filter(source=self.source, kind="comment", key__in=wanted[start : start + 500])
            found.update({row.key: row for row in rows})
        return found

    def note(self, kind: str, key: str, target: Model, *, fingerprint: str = "", revision_id: int | None = None) -> Imported:
        """Write down what became of a thing, or that it was updated."""
        row, _ = Imported.objects.update_or_create(
            source=self.source,
            kind=kind,
            key=key,
            defaults={
                "content_type": ContentType.objects.get_for_model(target),
                "object_id": str(target.pk),
                "fingerprint": fingerprint,
                "revision_id": revision_id,
            },
        )
        if kind != "comment":
            self.rows[kind, key] = row
        return row
