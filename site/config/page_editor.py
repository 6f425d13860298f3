"""The page editor's panels that come from apps above the page's own."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, PageChooserPanel, TabbedInterface
from wagtail.models import Page


def participations_panel() -> InlinePanel:
    """Which networks took part in writing the page."""
    return InlinePanel("participations", heading=_("Networks that took part"), label=_("network"), panels=[FieldPanel("network")])


def discussion_panel() -> InlinePanel:
    """How the page's discussion works; it is saved with the drafts, and publishing applies it."""
    panels = [
        FieldRowPanel([FieldPanel("mode"), FieldPanel("closes_at")]),
        FieldPanel("posters"),
        FieldPanel("moderation"),
        FieldPanel("invitation"),
        PageChooserPanel("charter"),
    ]
    heading = _("Settings of the discussion")
    help_text = _("They apply to readers when the page is published.")
    return InlinePanel("discussion_settings", heading=heading, label=heading, help_text=help_text, panels=panels, min_num=1, max_num=1)


def compose_editor(model: type[Page]) -> None:
    """Give the editor of a page type its networks, and a tab for its discussion."""
    model.edit_handler = TabbedInterface(
        [
            ObjectList([*model.content_panels, participations_panel()], heading=_("Content")),
            ObjectList([discussion_panel()], heading=_("Discussion")),
            ObjectList(model.promote_panels, heading=_("Promotion")),
            ObjectList(model.settings_panels, heading=_("Publication")),
        ],
        base_form_class=model.base_form_class,
    )
