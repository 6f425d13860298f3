"""What facilitators fill in about their space: its presentation, its documents, whom it is for."""

from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from networks import files, logos
from networks.forms import LineField, TextField, textarea
from networks.markup import MAX_LENGTH
from networks.models import MAX_LINKS, Network, SpaceDocument, SpaceLink
from networks.states import Colour, Visibility


class LogoField(forms.FileField):
    """A picture that becomes the logo of a space."""

    widget = forms.FileInput(attrs={"accept": logos.ACCEPT})

    def to_python(self, data: Any) -> ContentFile | None:
        """The logo made from the picture; None where none was sent."""
        upload = super().to_python(data)
        return logos.logo_from(upload) if upload else None


class DocumentField(forms.FileField):
    """A file that may be kept."""

    widget = forms.FileInput(attrs={"accept": files.ACCEPT})
    default_validators = [files.validate_file]


class PresentationForm(forms.Form):
    """What facilitators decide of their space."""

    tagline = LineField(
        label=_("Tagline"),
        help_text=_("One sentence under the name."),
        max_length=Network._meta.get_field("tagline").max_length,
        required=False,
    )
    presentation = TextField(
        label=_("Presentation"),
        help_text=_("**bold**, *italic*, - lists, > quotes and links."),
        max_length=MAX_LENGTH,
        required=False,
        widget=textarea(14),
    )
    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")
    contact = LineField(
        label=_("Contact"),
        help_text=_("Whom to turn to, for example a name and a telephone number."),
        max_length=Network._meta.get_field("contact").max_length,
        required=False,
    )
    contact_email = forms.EmailField(
        label=_("E-mail address of the contact"),
        help_text=_("Whoever reads the presentation sees it."),
        required=False,
    )
    logo = LogoField(
        label=_("Logo"),
        help_text=_("PNG, JPEG or WebP, 5 MB at most; shown on white."),
        required=False,
    )
    remove_logo = forms.BooleanField(label=_("Remove this logo"), required=False)
    colour = forms.ChoiceField(
        label=_("Colour"),
        help_text=_("Each of them is legible in light and dark."),
        choices=Colour,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not network.own_logo:
            del self.fields["remove_logo"]

    @property
    def logo_wanted(self) -> ContentFile | bool | None:
        """The logo as `save_presentation` takes it: another one, none, or the one that is there."""
        return self.cleaned_data["logo"] or (False if self.cleaned_data.get("remove_logo") else None)

    @property
    def values(self) -> dict[str, str]:
        """The fields of the network, as they were filled in."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"logo", "remove_logo"}}


class LinkForm(forms.Form):
    """A link with its words; without an address it is none."""

    label = LineField(label=_("Words"), max_length=SpaceLink._meta.get_field("label").max_length, required=False)
    url = forms.URLField(label=_("Address"), max_length=500, required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        """Words ask for an address; an address stands for itself where it has no words."""
        cleaned = super().clean() or {}
        if cleaned.get("label") and not cleaned.get("url") and "url" not in self.errors:
            self.add_error("url", _("Give the address of this link, or clear its words."))
        return cleaned

    @property
    def pair(self) -> tuple[str, str] | None:
        """Words and address; None where nothing was filled in."""
        url = self.cleaned_data.get("url", "")
        return (self.cleaned_data["label"] or url[:120], url) if url else None


LinkFormSet = forms.formset_factory(LinkForm, extra=2, max_num=MAX_LINKS, validate_max=True, absolute_max=MAX_LINKS + 5)


class DocumentForm(forms.Form):
    """A document to keep."""

    title = LineField(label=_("Title"), max_length=SpaceDocument._meta.get_field("title").max_length)
    file = DocumentField(
        label=_("File"),
        help_text=_("PDF, OpenDocument, Word, Excel, PowerPoint, text, CSV or a picture; 20 MB at most."),
    )
    for_members = forms.BooleanField(
        label=_("For members only"),
        help_text=_("Otherwise, whoever reads the presentation reads it too."),
        required=False,
        initial=True,
    )


class SwitchForm(forms.Form):
    """Whom the space shall be for."""

    after = forms.ChoiceField(label=_("Change to"), choices=Visibility, widget=forms.RadioSelect)
