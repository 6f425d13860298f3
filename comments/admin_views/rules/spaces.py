"""Which networks' discussions are read before publication, whatever each of them says."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from comments import services
from comments.admin_views.rules.base import RulesForm
from comments.forms import LARGEST_KEY
from comments.models import SpaceModeration
from comments.permissions import sets_rules
from networks.models import Network


class NetworksField(forms.ModelMultipleChoiceField):
    """Networks that are ticked; a key that no row can have is none."""

    def clean(self, value: Any) -> Any:
        for key in value or []:
            if len(key) >= len(str(LARGEST_KEY)):
                raise ValidationError(self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key[:20]})
        return super().clean(value)


class SpacesForm(forms.Form):
    """The networks whose discussions are read first, ticked."""

    networks = NetworksField(
        Network.objects.none(), label=_("Read before publication"), required=False, widget=forms.CheckboxSelectMultiple
    )


class SpacesView(RulesForm):
    """The networks that a moderator decides about."""

    screen = "rules_spaces"
    form_class = SpacesForm
    intro = _("What is posted in these networks’ spaces waits for a moderator, in every discussion, until you untick them.")

    def get_page_title(self) -> str:
        return gettext("Spaces read before publication")

    def get_form(self, form_class: Any = None) -> SpacesForm:
        form = super().get_form(form_class)
        user = self.request.user
        networks = Network.objects.visible_to(user) if sets_rules(user) else Network.objects.moderated_by(user)
        form.fields["networks"].queryset = networks.order_by("name")
        form.initial["networks"] = list(SpaceModeration.objects.filter(network__in=networks).values_list("network", flat=True))
        return form

    def save(self, form: SpacesForm) -> str:
        before, wanted = set(form.initial["networks"]), set(form.cleaned_data["networks"])
        for network in form.fields["networks"].queryset:
            if (network in wanted) != (network.pk in before):
                services.read_first(network, by=self.request.user, wanted=network in wanted)
        return gettext("The spaces are saved.")
