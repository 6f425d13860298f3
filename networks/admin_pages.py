"""Pages of long lists in the Wagtail admin."""

from django.utils.functional import cached_property
from wagtail.admin.paginator import WagtailPaginator


class BoundedPaginator(WagtailPaginator):
    """Counts and pages no further than LIMIT, so that no page of a list depends on the size of the archive."""

    LIMIT = 1_000

    @cached_property
    def count(self) -> int:
        return min(self.counted, self.LIMIT)

    @cached_property
    def counted(self) -> int:
        """How many rows there are, LIMIT + 1 at most where nobody has counted them before."""
        return self.object_list.order_by().values("pk")[: self.LIMIT + 1].count()

    @property
    def is_bounded(self) -> bool:
        """Whether there are more rows than the list pages through."""
        return self.counted > self.LIMIT
