"""The numbers of the rules."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments import services
from comments.admin_views.rules.base import RulesForm
from comments.conf import setting
from comments.models import ModerationSettings


class NumbersForm(forms.ModelForm):
    """How many is too many."""

    class Meta:
        model = ModerationSettings
        fields = [
            "links_held",
            "newcomer_until",
            "hold_after_reports",
            "flood_posts",
            "flood_minutes",
            "flood_challenge",
            "akismet",
            "digest_hour",
        ]

    def clean_akismet(self) -> bool:
        """Without a key nobody would answer."""
        if self.cleaned_data["akismet"] and not setting("COMMENTS_AKISMET_KEY"):
            raise forms.ValidationError(_("There is no key: set AKISMET_KEY first."))
        return self.cleaned_data["akismet"]


class NumbersView(RulesForm):
    """The numbers of the whole site."""

    screen = "rules_numbers"
    form_class = NumbersForm
    intro = _("They hold for the whole site, from the next comment on.")

    def get_page_title(self) -> str:
        return gettext("Numbers of the rules")

    def get_form_kwargs(self) -> dict[str, Any]:
        only = ModerationSettings.objects.filter(pk=ModerationSettings.ONLY).first()
        return {**super().get_form_kwargs(), "instance": only or ModerationSettings(pk=ModerationSettings.ONLY)}

    def save(self, form: NumbersForm) -> str:
        services.change_numbers(form.instance, by=self.request.user)
        return gettext("The numbers are saved.")
