"""The audit rows of networks and topics: their names, and how they read in a history."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from networks.accounts import name_of
from networks.models import Invitation
from networks.states import Role

_ABOUT_A_PERSON = {
    "networks.request_to_join": _("Asked to join"),
    "networks.accept": _("Accepted in the network"),
    "networks.refuse": _("Request to join refused"),
    "networks.set_role": _("Role changed"),
    "networks.remove_member": _("Membership ended"),
    "networks.leave": _("Left the network"),
    "networks.add_member": _("Added to the network"),
    "networks.accept_invitation": _("Joined by an invitation"),
    "networks.join_by_link": _("Joined by a link"),
    "networks.become_guest": _("Guest of the topic"),
    "networks.end_visit": _("Visit ended"),
}
_ABOUT_AN_INVITATION = {
    "networks.invite": _("Invited"),
    "networks.resend_invitation": _("Invited once more"),
    "networks.revoke_invitation": _("Invitation taken back"),
}
_ABOUT_THE_SPACE = {
    "networks.create_link": _("Invitation link created"),
    "networks.revoke_link": _("Invitation link taken back"),
    "networks.announce": _("Written to all members"),
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

    key = "person"

    def format_message(self, log_entry: ModelLogEntry) -> str:
        data: dict[str, Any] = log_entry.data
        sentence = gettext("%(act)s: %(person)s") % {"act": self.label, "person": self.concerned(log_entry)}
        return f"{sentence} → {Role(data['to']).label}" if data.get("to") else sentence

    def concerned(self, log_entry: ModelLogEntry) -> str:
        """How whoever an act concerned is called; a journal that shows many rows has found them all already, by key."""
        known = getattr(log_entry, "concerned", None)
        key = log_entry.data.get(self.key)
        return (self.names([key]) if known is None else known[self.key]).get(key) or self.nobody()

    @staticmethod
    def names(keys: Collection[Any]) -> dict[Any, str]:
        """The names of people, by the keys of their accounts."""
        return {person.pk: name_of(person) for person in get_user_model()._default_manager.filter(pk__in=keys)}

    @staticmethod
    def nobody() -> str:
        """What is said of whom nothing is known any more."""
        return gettext("an account closed since")


class InvitationFormatter(PersonFormatter):
    """Says which address was invited, as long as the invitation is kept."""

    key = "invitation"

    @staticmethod
    def names(keys: Collection[Any]) -> dict[Any, str]:
        """The addresses of invitations, by their keys."""
        return dict(Invitation.objects.filter(pk__in=keys).values_list("pk", "email"))

    @staticmethod
    def nobody() -> str:
        return gettext("an address forgotten since")


def register(actions: Any) -> None:
    """Declare every audit action (called from the `register_log_actions` hook)."""
    for name, label in _ABOUT_A_PERSON.items():
        actions.register_action(name)(type("Formatter", (PersonFormatter,), {"label": label}))
    for name, label in _ABOUT_AN_INVITATION.items():
        actions.register_action(name)(type("Formatter", (InvitationFormatter,), {"label": label}))
    for name, label in _ABOUT_THE_SPACE.items():
        actions.register_action(name, label, label)
