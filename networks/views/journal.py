"""The journal of a space; for those who run it."""

from typing import Any

from django.views.generic import TemplateView

from networks.journal import page_of
from networks.views.inside import InsideSpace, page_key


class JournalView(InsideSpace, TemplateView):
    """Who did what in the space, the latest first."""

    needs = "can_read_journal"
    section = "people"
    template_name = "networks/journal.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A page of acts."""
        key = page_key(self.request)
        lines, next_key = page_of(self.standing.network, key)
        return super().get_context_data(lines=lines, next_key=next_key, after=key, people_page="journal", **kwargs)
