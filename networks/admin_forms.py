"""Forms of the networks in the Wagtail admin."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from networks.models import Membership


class NetworkForm(WagtailAdminModelForm):
    """A network; whom its space is for is decided here once, and later where what a switch shows is shown first."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            visibility = self.fields["visibility"]
            visibility.disabled = True
            address = reverse("networks:visibility", args=[self.instance.slug])
            sentence = _("See what a switch would show, and switch, on the space’s own page.")
            visibility.help_text = format_html('<a href="{}">{}</a>', address, sentence)


class MembershipForm(forms.ModelForm):
    """A person in a network; the person is named by the address of their account, and does not change afterwards."""

    email = forms.EmailField(label=_("E-mail address of the account"))

    class Meta:
        model = Membership
        fields = ["network", "role"]

    field_order = ["email", "network", "role"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["email"] = self.instance.user.email
            for name in ("email", "network"):
                self.fields[name].disabled = True

    def clean_email(self) -> str:
        """Find the account; the address is compared without regard to case."""
        email = self.cleaned_data["email"]
        if not self.instance.pk:
            user = get_user_model().objects.filter(email__iexact=email).first()
            if user is None:
                raise ValidationError(_("No account has this address: the person signs up first."))
            self.instance.user = user
        return email

    def clean(self) -> dict[str, Any]:
        """One person is in a network once."""
        cleaned = super().clean()
        twins = Membership.objects.filter(network=cleaned.get("network"), user_id=self.instance.user_id).exclude(pk=self.instance.pk)
        if self.instance.user_id and twins.exists():
            raise ValidationError(_("This person is in the network already: change the role there."))
        return cleaned
