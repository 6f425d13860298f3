"""What discussions add to a space, for who is about to change whom it is for (see `networks.exposure`)."""

from collections.abc import Iterator

from django.db.models import Count, Sum
from django.utils.translation import ngettext

from comments.models import Discussion, ThreadComment
from comments.states import Status
from networks.exposure import Counted, Follows
from networks.models import Network


def comments_in(network: Network) -> Iterator[Counted]:
    """The published comments of a network's discussions, and how many people wrote them."""
    discussions = Discussion.objects.filter(network=network)
    comments = discussions.aggregate(sum=Sum("published_count"))["sum"] or 0
    written = ThreadComment.objects.filter(discussion__in=discussions, status=Status.PUBLISHED)
    people = written.aggregate(people=Count("author_key", distinct=True))["people"]
    words = ngettext("%(count)s comment", "%(count)s comments", comments) % {"count": comments}
    by = ngettext("by %(count)s person", "by %(count)s people", people) % {"count": people}
    yield Counted(f"{words} {by}", Follows.TOPICS, comments)
