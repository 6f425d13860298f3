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

    def comments(self, article: str, keys: Iterable[str]) -> dict[str, Imported]:
        """What is known of an article's comments."""
        wanted = {f"{article}/{key}": key for key in keys}
        names, found = list(wanted), {}
        for start in range(0, len(names), 500):
            rows = Imported.objects.filter(source=self.source, kind="comment", key__in=names[start : start + 500])
            found.update({wanted[row.key]: row for row in rows})
        return found

    def note_comments(self, article: str, made: dict[str, tuple[Model, str]]) -> None:
        """Write down an article's new comments, each with the digest of what was imported."""
        Imported.objects.bulk_create(
            Imported(
                source=self.source,
                kind="comment",
                key=f"{article}/{key}",
                content_type=ContentType.objects.get_for_model(target),
                object_id=str(target.pk),
                fingerprint=fingerprint,
            )
            for key, (target, fingerprint) in made.items()
        )

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
        self.rows[kind, key] = row
        return row
