"""The consultations of the site: what networks are asked about, until when, and what came of it."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from comments.models import Consultation
from comments.spaces.asked import Asked
from networks.keys import key_in

OVER_PER_PAGE = 20
MOST_CURRENT = 50


@method_decorator(never_cache, name="dispatch")
class ConsultationListView(TemplateView):
    """What is under way and to come, and a page of what is over."""

    template_name = "comments/consultations/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Those that the person may know of."""
        visible = Consultation.objects.visible_to(self.request.user)
        after = key_in(self.request.GET.get("after", ""))
        over = list(visible.over().newest_first().before(after)[: OVER_PER_PAGE + 1])
        return super().get_context_data(
            current=visible.not_over().order_by("opens_at", "pk")[:MOST_CURRENT] if after is None else [],
            over=over[:OVER_PER_PAGE],
            next_key=over[OVER_PER_PAGE - 1].pk if len(over) > OVER_PER_PAGE else None,
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class ConsultationView(TemplateView):
    """One consultation: its dates, its chapters, and whether the person's networks have spoken."""

    template_name = "comments/consultations/one.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Raises Http404 for one that the person may not know of."""
        visible = Consultation.objects.visible_to(self.request.user)
        consultation = get_object_or_404(visible, pk=self.kwargs["pk"])
        return super().get_context_data(consultation=consultation, asked=Asked(consultation, self.request.user), **kwargs)
