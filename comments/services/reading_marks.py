"""Until when somebody has read a discussion."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from comments.models import Discussion, ReadingMark


def mark_read(discussion: Discussion, *, by: Any, until: datetime | None = None) -> None:
    """Note that a person with an account has read a discussion until a moment (now); a mark never goes back."""
    until = min(until or timezone.now(), timezone.now())
    mark, created = ReadingMark.objects.get_or_create(user=by, discussion=discussion, defaults={"seen_at": until})
    if not created:
        ReadingMark.objects.filter(pk=mark.pk, seen_at__lt=until).update(seen_at=until)
