"""The audit rows of networks and topics: their names, and how they read in a history."""

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from networks.states import Role

_ABOUT_A_PERSON = {
    "networks.request_to_join": _("Asked to join"),
    "networks.accept": _("Accepted in the network"),
    "networks.refuse": _("Request to join refused"),
    "networks.set_role": _("Role changed"),
    "networks.remove_member": _("Membership ended"),
    "networks.leave": _("Left the network"),
}
_ABOUT_THE_SPACE = {
    "networks.save_presentation": _("Presentation changed"),
    "networks.set_visibility": _("Visibility changed"),
    "networks.add_document": _("Document added"),
    "networks.remove_document": _("Document removed"),
    "networks.add_date": _("Date added to the agenda"),
    "networks.edit_date": _("Date of the agenda changed"),
    "networks.remove_date": _("Date taken out of the agenda"),
    "networks.open_topic": _("Topic opened"),
    "networks.edit_topic": _("Topic edited"),
    "networks.close_topic": _("Topic closed"),
    "networks.reopen_topic": _("Topic reopened"),
    "networks.archive_topic": _("Topic archived"),
    "networks.pin_topic": _("Topic pinned"),
    "networks.unpin_topic": _("Topic unpinned"),
}


class PersonFormatter(LogFormatter):
    """Says whom an act concerned, and the role given."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        data: dict[str, Any] = log_entry.data
        person = get_user_model().objects.filter(pk=data.get("person")).first()
        sentence = gettext("%(act)s: %(person)s") % {"act": self.label, "person": person or gettext("an account closed since")}
        return f"{sentence} → {Role(data['to']).label}" if data.get("to") else sentence


def register(actions: Any) -> None:
    """Declare every audit action (called from the `register_log_actions` hook)."""
    for name, label in _ABOUT_A_PERSON.items():
        actions.register_action(name)(type("Formatter", (PersonFormatter,), {"label": label}))
    for name, label in _ABOUT_THE_SPACE.items():
        actions.register_action(name, label, label)
