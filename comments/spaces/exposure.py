"""What discussions add to a space, for who is about to change whom it is for (see `networks.exposure`)."""

from collections.abc import Iterator

from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext, ngettext

from comments.models import Discussion, ThreadComment
from comments.states import Status
from networks.exposure import Counted, Follows
from networks.models import Network


def comments_in(network: Network) -> Iterator[Counted]:
    """The published comments of a network's discussions, how many people wrote them, and the network's badge on comments elsewhere.

    A badge says of a person that they belong to the network: while it is secret, nobody else sees that.
    """
    discussions = Discussion.objects.filter(network=network)
    published = ThreadComment.objects.filter(status=Status.PUBLISHED)
    said = _numbers(published.filter(discussion__in=discussions))
    yield Counted(f"{_comments(said)} {_people(said)}", Follows.TOPICS, said["comments"], said["newest"] or 0)
    shown = _numbers(published.filter(network=network).exclude(discussion__in=discussions))
    words = gettext("The network’s badge on %(comments)s %(people)s, outside the space")
    told = words % {"comments": _comments(shown), "people": _people(shown)}
    yield Counted(told, Follows.PRESENTATION, shown["comments"], shown["newest"] or 0)


def _numbers(comments: QuerySet[ThreadComment]) -> dict[str, int]:
    return comments.aggregate(comments=Count("pk"), people=Count("author_key", distinct=True), newest=Max("pk"))


def _comments(numbers: dict[str, int]) -> str:
    return ngettext("%(count)s comment", "%(count)s comments", numbers["comments"]) % {"count": numbers["comments"]}


def _people(numbers: dict[str, int]) -> str:
    return ngettext("by %(count)s person", "by %(count)s people", numbers["people"]) % {"count": numbers["people"]}
