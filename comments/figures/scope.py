"""Whose numbers: all that somebody moderates, or one network of it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from comments import permissions
from comments.models import Appeal, Discussion, Handled, Report, Statement, ThreadComment
from networks.models import Network


@dataclass(frozen=True)
class Scope:
    """What one person moderates; narrowed to a network, what they moderate of it."""

    user: Any
    network: Network | None = None

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self.network is None and permissions.moderates_everything(self.user)

    def decisions(self) -> QuerySet[Handled]:
        """The decisions that count."""
        return self._narrowed(Handled.objects.moderatable_by(self.user), "network")

    def statements(self) -> QuerySet[Statement]:
        """The restrictions that count."""
        return self._narrowed(Statement.objects.moderatable_by(self.user), "network")

    def appeals(self) -> QuerySet[Appeal]:
        """The appeals that count."""
        return self._narrowed(Appeal.objects.moderatable_by(self.user), "statement__network")

    def reports(self) -> QuerySet[Report]:
        """The reports that count."""
        return self._narrowed(Report.objects.moderatable_by(self.user), "comment__discussion__network")

    def discussions(self) -> QuerySet[Discussion]:
        """The discussions that count."""
        return self._narrowed(Discussion.objects.moderatable_by(self.user), "network")

    def comments(self) -> QuerySet[ThreadComment]:
        """The comments that count."""
        return self._narrowed(ThreadComment.objects.moderatable_by(self.user), "discussion__network")

    def _narrowed(self, rows: QuerySet, column: str) -> Any:
        return rows if self.network is None else rows.filter(**{column: self.network})
