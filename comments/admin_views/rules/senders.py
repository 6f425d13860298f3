"""Blocked senders: addresses, domains and machines."""

import ipaddress
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.widgets import AdminDateTimeInput

from comments import services
from comments.admin_views.discussions import AsideColumn
from comments.admin_views.rules.base import RulesForm, RulesList
from comments.models import BlockedSender, SenderKind
from comments.rules.senders import sender_value

WIDEST = {4: 8, 6: 16}
"""The shortest prefix of a range: a wider one would shut out a country by a slip of the keyboard."""

EXAMPLES = {
    SenderKind.ADDRESS: _("Write an address, as someone@example.org."),
    SenderKind.DOMAIN: _("Write a domain, as example.org."),
    SenderKind.MACHINES: _("Write an IP address or a range, as 203.0.113.7 or 203.0.113.0/24."),
}


class SenderForm(forms.ModelForm):
    """A sender to block, read as its kind is written."""

    class Meta:
        model = BlockedSender
        fields = ["kind", "value", "effect", "expires_at", "note"]
        widgets = {"kind": forms.RadioSelect, "effect": forms.RadioSelect, "expires_at": AdminDateTimeInput}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, typed = cleaned.get("kind"), cleaned.get("value")
        if kind and typed:
            try:
                cleaned["value"] = sender_value(kind, typed)
            except ValueError:
                self.add_error("value", EXAMPLES[SenderKind(kind)])
            else:
                self._check(kind, cleaned["value"])
        return cleaned

    def _check(self, kind: str, value: str) -> None:
        if kind == SenderKind.MACHINES:
            machines = ipaddress.ip_network(value)
            if machines.prefixlen < WIDEST[machines.version]:
                self.add_error("value", gettext("This range is too wide: /%(prefix)d at most.") % {"prefix": WIDEST[machines.version]})
        if BlockedSender.objects.filter(value=value).exclude(pk=self.instance.pk).exists():
            self.add_error("value", gettext("Is listed already."))

    def clean_expires_at(self) -> Any:
        """A block that is over when it begins is a slip."""
        moment = self.cleaned_data["expires_at"]
        if moment and moment <= timezone.now() and "expires_at" in self.changed_data:
            raise forms.ValidationError(_("This moment is over: choose a later one, or none."))
        return moment


class SendersView(RulesList):
    """Who is blocked, until when, and why."""

    screen = "rules_senders"
    add_name = "rules_sender_new"
    search_fields = ["value", "note"]
    default_ordering = "value"
    verbose_name_plural = _("blocked senders")
    empty = _("Nobody is blocked.")

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("value", label=_("Sender"), sort_key="value", get_url=_address),
            AsideColumn("kind", label=_("Kind"), accessor="get_kind_display", classname="moderation-aside"),
            Column("effect", label=_("Effect"), accessor=_effect, sort_key="effect"),
            AsideColumn("note", label=_("Note"), classname="moderation-aside"),
            AsideColumn("created_by", label=_("Added by"), classname="moderation-aside"),
            DateColumn("expires_at", label=_("Until"), sort_key="expires_at"),
        ]

    def get_base_queryset(self) -> QuerySet[BlockedSender]:
        return BlockedSender.objects.select_related("created_by")


class SenderView(RulesForm):
    """One sender, new (no key) or changed, or let in again."""

    screen = "rules_senders"
    form_class = SenderForm
    intro = _("A domain holds what is below it. The address of a machine is compared and never kept with a comment.")

    @cached_property
    def sender(self) -> BlockedSender | None:
        return get_object_or_404(BlockedSender, pk=self.kwargs["pk"]) if "pk" in self.kwargs else None

    def get_page_title(self) -> str:
        return str(self.sender) if self.sender else gettext("Block a sender")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": self.sender}

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.sender and "withdraw" in self.request.POST:
            services.withdraw_rule(self.sender, by=self.request.user)
            messages.success(self.request, gettext("“%(sender)s” is blocked no more.") % {"sender": self.sender})
            return redirect(self.get_success_url())
        return super().post(*args, **kwargs)

    def save(self, form: SenderForm) -> str:
        return gettext("“%(sender)s” is blocked.") % {"sender": services.save_rule(form.instance, by=self.request.user)}

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "withdraw": self.sender and gettext("Block no more")}


def _address(sender: BlockedSender) -> str:
    return reverse("moderation:rules_sender", args=[sender.pk])


def _effect(sender: BlockedSender) -> str:
    if sender.expires_at and sender.expires_at <= timezone.now():
        return gettext("over")
    return gettext("refuses") if sender.effect == "refuse" else gettext("holds")
