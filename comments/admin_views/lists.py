"""The lists that moderators keep: reasons of restrictions, and canned answers."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from comments.models import CannedAnswer, Reason


class ReasonViewSet(ModelViewSet):
    """Why moderators restrict."""

    model = Reason
    url_prefix = "moderation-reasons"
    icon = "list-ul"
    menu_label = _("Reasons of moderation")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = [
        Column("__str__", label=_("Reason"), accessor=str),
        Column("basis", label=_("Rests on"), accessor="get_basis_display"),
        "clause",
        "active",
    ]
    form_fields = ["code", "label", "basis", "clause", "explanation", "position", "active"]

    def get_form_class(self, for_update: bool = False) -> type:
        form_class = super().get_form_class(for_update)
        if for_update:
            form_class.base_fields["code"].disabled = True
        return form_class


class CannedAnswerViewSet(ModelViewSet):
    """What moderators often write to authors."""

    model = CannedAnswer
    url_prefix = "canned-answers"
    icon = "mail"
    menu_label = _("Canned answers")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display = ["title"]
    form_fields = ["title", "text"]
