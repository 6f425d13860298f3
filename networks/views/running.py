"""Everything that a facilitator does, in one place."""

from django.views.generic import TemplateView

from networks.views.inside import InsideSpace


class RunView(InsideSpace, TemplateView):
    """The ways to what facilitators do of their space."""

    needs = "can_run"
    section = "run"
    template_name = "networks/run.html"
