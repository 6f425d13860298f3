"""The forms of accounts in the Wagtail admin: an address and a display name instead of a first and a last name."""

from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm

from users.forms import DisplayNameField
from users.models import User

FIELDS = ["email", "display_name", "language", "is_superuser", "groups"]


class AccountCreationForm(UserCreationForm):
    """A new account."""

    first_name = None
    last_name = None

    class Meta(UserCreationForm.Meta):
        fields = FIELDS
        widgets = {"groups": forms.CheckboxSelectMultiple}


class AccountEditForm(UserEditForm):
    """An account that exists."""

    first_name = None
    last_name = None

    class Meta(UserEditForm.Meta):
        fields = [*FIELDS, "is_active"]
        widgets = {"groups": forms.CheckboxSelectMultiple}


class DisplayNameForm(forms.ModelForm):
    """The name of the person at work in the admin."""

    display_name = DisplayNameField()

    class Meta:
        model = User
        fields = ["display_name"]
