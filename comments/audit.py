"""The audit rows of discussions and comments: their names, and how they read in a history."""

import uuid
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter
from wagtail.models import ModelLogEntry

from comments.reasons import BUILT_IN
from comments.states import MODERATION_ACTIONS, Action, ReportKind, Status
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
    f"comments.{Action.HOLD}": _("Taken back until a moderator has read it"),
    f"comments.{Action.REPHRASE}": _("Its author is asked to rephrase"),
    f"comments.{Action.RESUBMIT}": _("Rephrased by its author"),
    f"comments.{Action.UNDO}": _("Decision undone"),
    f"comments.{Action.REMOVE}": pgettext_lazy("what happened to a comment", "Removed"),
    "comments.report": _("Reported"),
    "comments.dismiss": _("Nothing wrong was found with it"),
    "comments.seen": _("Read by a moderator"),
    "comments.take_over": _("Taken over from another moderator"),
    "comments.appeal": _("Its author contests the decision"),
    "comments.appeal_upheld": _("Decision upheld after an appeal"),
    "comments.appeal_overturned": _("Decision overturned after an appeal"),
    "comments.note": _("Note for the moderators"),
    "comments.warn": _("Its author was warned"),
    "comments.suspend": _("Its author was suspended"),
    "comments.ban": _("Its author was banned"),
    "comments.lift": _("The decision about its author was lifted"),
    "comments.lock": pgettext_lazy("what happened to a discussion", "Locked"),
    "comments.unlock": pgettext_lazy("what happened to a discussion", "Unlocked"),
    "comments.slow": pgettext_lazy("what happened to a discussion", "Slowed down"),
    "comments.move": pgettext_lazy("what happened to a comment", "Moved to another discussion"),
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

_ABOUT_CONTRIBUTIONS = {
    "comments.contribution_draft": _("Contribution written"),
    "comments.contribution_rewrite": _("Contribution rewritten"),
    "comments.contribution_submit": _("Contribution submitted for validation"),
    "comments.contribution_send_back": _("Contribution sent back to its author"),
    "comments.contribution_validate": _("Contribution validated and posted"),
    "comments.contribution_withdraw": _("Contribution withdrawn"),
    "comments.propose": _("Comment proposed for a public page"),
    "comments.proposal_accepted": _("Proposal accepted by the comment’s author"),
    "comments.proposal_declined": _("Proposal declined by the comment’s author"),
    "comments.proposal_withdrawn": _("Proposal withdrawn"),
}

_ABOUT_CONSULTATIONS = {
    "comments.consultation_plan": _("Consultation planned"),
    "comments.consultation_replan": _("Consultation changed"),
    "comments.consultation_call_off": _("Consultation called off"),
}

_ABOUT_RULES = {
    "comments.rule_add": _("Rule added"),
    "comments.rule_change": _("Rule changed"),
    "comments.rule_withdraw": _("Rule withdrawn"),
}

DECISIONS = tuple(f"comments.{action}" for action in MODERATION_ACTIONS)
"""The names of the audit rows that moderators' decisions leave."""
DISMISSED = "comments.dismiss"
"""The audit row of a comment that stays although readers report it."""


def why(data: dict[str, Any]) -> str:
    """The reason, the words and the note of an audit row, as one sentence; empty when none was given."""
    code = data.get("reason") or ""
    label = data.get("label") or (str(BUILT_IN[code].label) if code in BUILT_IN else code)
    kind = str(ReportKind(data["kind"]).label) if data.get("kind") in ReportKind.values else ""
    return " · ".join(filter(None, [label, kind, data.get("words"), data.get("note")]))


def newest_decision(comment: Model) -> ModelLogEntry | None:
    """The audit row of the newest decision about a comment, one that left it as it was included; None where it was undone."""
    decided = [*DECISIONS, DISMISSED, f"comments.{Action.UNDO}", f"comments.{Action.HOLD}", f"comments.{Action.RESUBMIT}"]
    rows = ModelLogEntry.objects.filter(object_id=str(comment.pk), action__in=decided).order_by("-timestamp", "-pk")
    kind = ContentType.objects.get_for_model(comment).pk
    newest = next((row for row in rows[:10] if row.content_type_id == kind), None)
    return newest if newest is not None and newest.action in {*DECISIONS, DISMISSED} else None


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


class ContributionFormatter(LogFormatter):
    """Says what was done to what a network says, and where its author validated it, there being no other facilitator."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        if log_entry.data.get("alone"):
            return gettext("%(act)s by its author, the only facilitator of the network") % {"act": self.label}
        return str(self.label)


class ConsultationFormatter(LogFormatter):
    """Says between which dates it lies since."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        moments = [datetime.fromisoformat(log_entry.data[name]) for name in ("opens_at", "closes_at") if name in log_entry.data]
        dates = " – ".join(date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT") for moment in moments)
        return f"{self.label} ({dates})" if dates else str(self.label)


class RuleFormatter(LogFormatter):
    """Says what a rule was set to."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        told = ", ".join(f"{name}: {value}" for name, value in log_entry.data.items() if value not in {"", None})
        return f"{self.label} ({told})" if told else str(self.label)


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
    for name, label in _ABOUT_CONTRIBUTIONS.items():
        actions.register_action(name)(type("Formatter", (ContributionFormatter,), {"label": label}))
    for name, label in _ABOUT_CONSULTATIONS.items():
        actions.register_action(name)(type("Formatter", (ConsultationFormatter,), {"label": label}))
    for name, label in _ABOUT_RULES.items():
        actions.register_action(name)(type("Formatter", (RuleFormatter,), {"label": label}))
