"""The audit rows of discussions and comments: their names, and how they read in a history."""

import uuid
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from comments.states import MODERATION_ACTIONS, Action, Reason, Status
from networks.prepared import PreparedInsert

_HAPPENED = {
    "comments.post": _("Posted"),
    "comments.import": _("Imported"),
    "comments.configure": _("Settings changed"),
    f"comments.{Action.PROVE_EMAIL}": _("E-mail address confirmed"),
    f"comments.{Action.APPROVE}": pgettext_lazy("what happened to a comment", "Approved"),
    f"comments.{Action.REJECT}": pgettext_lazy("what happened to a comment", "Rejected"),
    f"comments.{Action.SPAM}": _("Marked as spam"),
    f"comments.{Action.HIDE}": pgettext_lazy("what happened to a comment", "Hidden"),
    f"comments.{Action.RESTORE}": pgettext_lazy("what happened to a comment", "Restored"),
    f"comments.{Action.REMOVE}": pgettext_lazy("what happened to a comment", "Removed"),
    "comments.edit": pgettext_lazy("what happened to a comment", "Changed by its author"),
    "comments.pinned": pgettext_lazy("what happened to a comment", "Pinned above the discussion"),
    "comments.unpinned": pgettext_lazy("what happened to a comment", "No longer pinned"),
    "comments.featured": pgettext_lazy("what happened to a comment", "Featured"),
    "comments.unfeatured": pgettext_lazy("what happened to a comment", "No longer featured"),
    "comments.filter_configured": _("What the spam filter may do changed"),
    "comments.identification_looked": _("Identification data looked at"),
    "comments.identification_held": _("Identification data put under a legal hold"),
    "comments.identification_released": _("Legal hold on identification data lifted"),
}

DECISIONS = tuple(f"comments.{action}" for action in MODERATION_ACTIONS)
"""The names of the audit rows that moderators' decisions leave."""


def why(data: dict[str, Any]) -> str:
    """The reason and the note of an audit row, as one sentence; empty when none was given."""
    reason = data.get("reason") or ""
    label = str(Reason(reason).label) if reason in Reason.values else reason
    return " · ".join(filter(None, [label, data.get("note")]))


def entry(instance: Model, action: str, *, by: Any = None, data: dict[str, Any] | None = None) -> ModelLogEntry:
    """Return the unsaved audit row of one act; `by` is an account, or anybody else for an act that belongs to none."""
    return ModelLogEntry(
        content_type=ContentType.objects.get_for_model(instance),
        object_id=str(instance.pk),
        label=str(instance),
        action=action,
        data=data or {},
        timestamp=timezone.now(),
        uuid=uuid.uuid4(),
        user_id=by.pk if by is not None and by.is_authenticated else None,
    )


def record(instance: Model, action: str, *, by: Any = None, data: dict[str, Any] | None = None) -> None:
    """Write the audit row of one act with one INSERT: `wagtail.log_actions.log` asks the database about each of its keys first."""
    _INSERT.one(entry(instance, action, by=by, data=data))


_INSERT = PreparedInsert(ModelLogEntry)


class StatusFormatter(LogFormatter):
    """Says what happened, where the comment stands since, and why."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        data: dict[str, Any] = log_entry.data
        if log_entry.action == f"comments.{Action.APPROVE}" and log_entry.user_id is None:
            return gettext("Published at once: this discussion is moderated afterwards")
        happened = str(_HAPPENED[log_entry.action])
        if data.get("to") in Status.values and log_entry.action not in DECISIONS:
            happened = gettext("%(happened)s, now “%(status)s”") % {"happened": happened, "status": Status(data["to"]).label}
        reason = why(data)
        return gettext("%(happened)s: %(why)s") % {"happened": happened, "why": reason} if reason else happened


class SettingsFormatter(LogFormatter):
    """Names the settings that changed."""

    label = _HAPPENED["comments.configure"]

    def format_message(self, log_entry: ModelLogEntry) -> str:
        from comments.models import Discussion

        names = [field.removesuffix("_id") for field in log_entry.data.get("changes", {})]
        changed = ", ".join(str(Discussion._meta.get_field(name).verbose_name) for name in names)
        return gettext("Settings changed: %(settings)s") % {"settings": changed} if changed else str(self.label)


def register(actions: Any) -> None:
    """Declare every audit action (called from the `register_log_actions` hook)."""
    for name, label in _HAPPENED.items():
        base = SettingsFormatter if name == "comments.configure" else StatusFormatter
        actions.register_action(name)(type("Formatter", (base,), {"label": label}))
