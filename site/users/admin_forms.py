"""The forms of accounts in the Wagtail admin: an address and a display name instead of a first and a last name."""

from django import forms
from wagtail.users.forms import UserCreationForm, UserEditForm

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
