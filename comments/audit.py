"""The audit rows of discussions and comments: their names, and how they read in a history."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from comments.states import Action, Reason, Status

_LABELS = {
    "comments.post": _("Posted"),
    "comments.import": _("Imported"),
    "comments.configure": _("Settings changed"),
    **{f"comments.{action}": action.label for action in Action},
}


class StatusFormatter(LogFormatter):
    """Says from which status to which, and why."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        data: dict[str, Any] = log_entry.data
        sentence = gettext("%(label)s: now “%(status)s”") % {
            "label": _LABELS[log_entry.action],
            "status": Status(data["to"]).label if data.get("to") else "",
        }
        why = " ".join(filter(None, [data.get("reason") and str(Reason(data["reason"]).label), data.get("note")]))
        return f"{sentence} ({why})" if why else sentence


def register(actions: Any) -> None:
    """Declare every audit action (called from the `register_log_actions` hook)."""
    for name, label in _LABELS.items():
        if name == "comments.configure":
            actions.register_action(name, label, label)
        else:
            formatter = type("Formatter", (StatusFormatter,), {"label": label})
            actions.register_action(name)(formatter)
