"""The page editor's panels that come from apps above the page's own."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, TabbedInterface
from wagtail.models import Page

from comments.panels import discussion_panel


def participations_panel() -> InlinePanel:
    """Which networks took part in writing the page."""
    return InlinePanel("participations", heading=_("Networks that took part"), label=_("network"), panels=[FieldPanel("network")])


def compose_editor(model: type[Page]) -> None:
    """Give the editor of a page type its networks, and a tab for its discussion."""
    model.edit_handler = TabbedInterface(
        [
            ObjectList([*model.content_panels, participations_panel()], heading=_("Content")),
            ObjectList([discussion_panel()], heading=_("Discussion")),
            ObjectList(model.promote_panels, heading=_("Dates, tags and sharing")),
            ObjectList(model.settings_panels, heading=_("Publication")),
        ],
        base_form_class=model.base_form_class,
    )
