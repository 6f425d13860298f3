"""The page editor's panel for the page's discussion; a host site adds it to the panels of the page types it registers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, PageChooserPanel


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
