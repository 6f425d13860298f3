"""Forms of the account."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from users import preferences
from users.models import User
from users.names import clean_name


class DisplayNameField(forms.CharField):
    """The name shown beside what a person writes, put in order."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Display name"))
        kwargs.setdefault("help_text", _("Shown beside what you write."))
        super().__init__(**{"max_length": 50, **kwargs})
        self.widget.attrs["autocomplete"] = "nickname"

    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value))


class SignupForm(forms.Form):
    """What signing up asks beyond the address and the password."""

    display_name = DisplayNameField()

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep the display name on the new account."""
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])


class ProfileForm(forms.ModelForm):
    """How a person is called here, in which language they are spoken to, and what else they choose."""

    display_name = DisplayNameField()

    class Meta:
        model = User
        fields = ["display_name", "language"]
        help_texts = {"language": _("Of the pages, and of the mails you receive.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, preference in preferences.offered().items():
            self.fields[name] = forms.BooleanField(
                label=preference.label, help_text=preference.help_text, required=False, initial=preference.read(self.instance)
            )

    def save(self, commit: bool = True) -> User:
        """Save the account, and have each preference kept by the app that asks for it."""
        user = super().save(commit)
        for name, preference in preferences.offered().items():
            preference.keep(user, self.cleaned_data[name])
        return user


class DeleteAccountForm(forms.Form):
    """The password, to be sure that the person at the keyboard is the account's."""

    password = forms.CharField(
        label=_("Your password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError(_("This is not the password of this account."), code="wrong")
        return password
