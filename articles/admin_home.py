"""What editors find when they open the admin: the way to the guide, and what they have begun."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from articles.models import ArticlePage, GuideIndexPage

SHOWN = 5


class GuidePanel(Component):
    """The guide's doors, and the articles that readers do not see yet as they stand."""

    name = "guide"
    template_name = "articles/admin/guide_panel.html"
    order = 50

    def __init__(self, guide: GuideIndexPage) -> None:
        self.guide = guide

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        articles = ArticlePage.objects.child_of(self.guide)
        return {
            "write_url": reverse("wagtailadmin_pages:add", args=["articles", "articlepage", self.guide.pk]),
            "articles_url": reverse("wagtailadmin_explore", args=[self.guide.pk]),
            "begun": articles.filter(has_unpublished_changes=True).order_by("-latest_revision_created_at")[:SHOWN],
        }


def add_panel(request: HttpRequest, panels: list[Component]) -> None:
    """Open the admin's home with the guide, for those who may write in it."""
    guide = GuideIndexPage.objects.order_by("path").first()
    if guide and guide.permissions_for_user(request.user).can_add_subpage():
        panels.append(GuidePanel(guide))
