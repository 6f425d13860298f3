"""Who did what in a space: its audit rows as those who run it read them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils.translation import gettext
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from networks.accounts import name_of
from networks.audit import InvitationFormatter, PersonFormatter
from networks.models import Network, Topic

PER_PAGE = 50

BELOW_A_NETWORK = [Topic]
"""The models, each with a `network`, whose rows stand in the journal of their network; all other acts are rows of the network itself."""


@dataclass(frozen=True)
class Line:
    """One act: who, when, what, and to what of the space."""

    by: str
    at: datetime
    said: str
    about: str


def page_of(network: Network, key: int | None) -> tuple[list[Line], int | None]:
    """The latest acts, or those before the row with this key, and the key of the next page; as many queries for any number of rows."""
    found = [row for rows in _rows_of(network) for row in _before(rows, key)]
    found.sort(key=lambda row: (row.timestamp, row.pk), reverse=True)
    shown = found[:PER_PAGE]
    find_concerned(shown)
    return [_line(row, network) for row in shown], shown[-1].pk if len(found) > PER_PAGE else None


def was_sent_away(network: Network, user: Any, *, since: datetime) -> bool:
    """Whether somebody's membership was ended by others since a moment; who left by themselves was not sent away."""
    ends = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Network), object_id=str(network.pk))
    return ends.filter(action="networks.remove_member", timestamp__gte=since, data__person=user.pk).exists()


def _rows_of(network: Network) -> Iterator[QuerySet[ModelLogEntry]]:
    """The rows of the network itself, and those of what stands in it: each asked by itself, as the index of things finds them."""
    yield ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Network), object_id=str(network.pk))
    for model in BELOW_A_NETWORK:
        keys = model._default_manager.filter(network=network).order_by().annotate(key=Cast("pk", CharField(max_length=255))).values("key")
        yield ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)


def _before(rows: QuerySet[ModelLogEntry], key: int | None) -> QuerySet[ModelLogEntry]:
    """The latest of some rows, one more than a page; with a key, of those that are older than the row with this key."""
    if key is not None:
        moment = Subquery(ModelLogEntry.objects.filter(pk=key).values("timestamp")[:1])
        rows = rows.filter(Q(timestamp__lt=moment) | Q(timestamp=moment, pk__lt=key), timestamp__lte=moment)
    return rows.order_by("-timestamp", "-pk").select_related("user", "content_type")[: PER_PAGE + 1]


def find_concerned(rows: Sequence[ModelLogEntry]) -> None:
    """Let every row know whom it is about, found for all of them at once."""
    known = {
        each.key: each.names({row.data[each.key] for row in rows if each.key in row.data})
        for each in (PersonFormatter, InvitationFormatter)
    }
    for row in rows:
        row.concerned = known


def _line(row: ModelLogEntry, network: Network) -> Line:
    formatter = registry.get_formatter(row)
    said = formatter.format_message(row) if formatter else ""
    about = "" if row.object_id == str(network.pk) and row.content_type.model_class() is Network else row.label
    return Line(_who(row), row.timestamp, said or str(row.action), about)


def _who(row: Any) -> str:
    if row.user is not None:
        return name_of(row.user)
    return gettext("the site") if row.user_id is None else gettext("an account closed since")
