"""Forms of the account."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from users.models import User


class SignupForm(forms.Form):
    """What signing up asks beyond the address and the password."""

    display_name = forms.CharField(label=_("Display name"), max_length=50, help_text=_("Shown beside what you write."))

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the display name on the new account."""
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])
