"""The queue as a spreadsheet: what moderators may know, in cells that no spreadsheet runs."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments.models import ThreadComment
from comments.spreadsheets import harmless

LIMIT = 50_000
"""The rows of one export, so that a click never asks for the whole archive of a big site."""

COLUMNS: dict[str, tuple[Any, Callable[[ThreadComment], Any]]] = {
    "id": (pgettext_lazy("which one", "Number"), lambda comment: comment.pk),
    "date": (_("Date"), lambda comment: comment.submit_date),
    "status": (_("Status"), lambda comment: comment.get_status_display()),
    "author": (_("Author"), lambda comment: comment.author_name),
    "author_network": (_("Author’s network"), lambda comment: comment.network.name if comment.is_network_known else ""),
    "discussion": (_("Discussion"), lambda comment: str(comment.discussion)),
    "network": (_("Network of the discussion"), lambda comment: comment.discussion.network.name if comment.discussion.network else ""),
    "language": (_("Language"), lambda comment: comment.language),
    "answers": (_("Answers the comment"), lambda comment: comment.parent_id if comment.depth else ""),
    "text": (_("Text"), lambda comment: comment.comment),
    "email": (_("E-mail address"), lambda comment: comment.user.email if comment.user else comment.user_email),
}


def columns_for(user: Any) -> list[str]:
    """The columns a person may take away: addresses only for administrators."""
    return [name for name in COLUMNS if name != "email" or user.is_superuser]


def row_of(comment: ThreadComment, columns: list[str]) -> OrderedDict[str, Any]:
    """One row of the spreadsheet."""
    return OrderedDict((name, harmless(COLUMNS[name][1](comment))) for name in columns)


def rows(queryset: QuerySet[ThreadComment]) -> Iterator[ThreadComment]:
    """The comments to export, read as they are written, at most LIMIT."""
    return queryset[:LIMIT].iterator(chunk_size=500)
