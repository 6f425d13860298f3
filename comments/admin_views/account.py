"""How often a moderator is told of what waits: a choice among the settings of their account in the admin."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from comments import services
from comments.admin_permissions import is_moderator
from comments.models import ModeratorPace, Pace


class PaceForm(forms.ModelForm):
    """The choice."""

    class Meta:
        model = ModeratorPace
        fields = ["pace"]
        widgets = {"pace": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pace"].required = False  # who sends the page without it changes nothing

    def clean_pace(self) -> str:
        return self.cleaned_data["pace"] or self.instance.pace

    def save(self, commit: bool = True) -> ModeratorPace:
        services.choose_pace(self.instance.user, Pace(self.cleaned_data["pace"]))
        return self.instance


class PacePanel(BaseSettingsPanel):
    """Shown to moderators among their notifications."""

    name = "moderation_mails"
    title = _("Mails about moderation")
    tab = notifications_tab
    order = 50
    form_class = PaceForm

    def is_active(self) -> bool:
        return is_moderator(self.user)

    def get_form(self) -> PaceForm:
        chosen = ModeratorPace.objects.filter(user=self.user).first() or ModeratorPace(user=self.user)
        told = self.request.POST if self.request.method == "POST" else None
        return PaceForm(told, instance=chosen, prefix=self.name)


def add_pace_panel(request: HttpRequest, user: Any, profile: Any) -> PacePanel:
    """The panel (the `register_account_settings_panel` hook)."""
    return PacePanel(request, user, profile)
