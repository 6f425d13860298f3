"""The page editor's panels that come from apps above the page's own."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, PageChooserPanel, TabbedInterface
from wagtail.models import Page


class KeptWhenUntouched:
    """A form whose first values are an answer too: Django takes an untouched new form for an empty one."""

    def has_changed(self) -> bool:
        return self.instance.pk is None or super().has_changed()


class OneInlinePanel(InlinePanel):
    """The one row that stands beside a page, shown from the start and saved with whatever it holds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "min_num": 1, "max_num": 1})

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        formset = options["formsets"][self.relation_name]
        formset["form"] = type("OneForm", (KeptWhenUntouched, formset.get("form", WagtailAdminModelForm)), {})
        return options


def participations_panel() -> InlinePanel:
    """Which networks took part in writing the page."""
    return InlinePanel("participations", heading=_("Networks that took part"), label=_("network"), panels=[FieldPanel("network")])


def discussion_panel() -> OneInlinePanel:
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
    return OneInlinePanel("discussion_settings", heading=heading, label=heading, help_text=help_text, panels=panels)


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
