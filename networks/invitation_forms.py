"""What facilitators fill in to let people in."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from networks.forms import LineField, TextField, textarea
from networks.invitation_lists import MOST_BYTES, MOST_LINES, Line, decode, read_lines, written_lines
from networks.markup import clean_text
from networks.models import MOST_USES
from networks.services import INVITATION_LASTS, LINK_LASTS
from networks.states import Role


def _days(*numbers: int) -> list[tuple[int, Any]]:
    return [(number, ngettext_lazy("%(count)d day", "%(count)d days", number) % {"count": number}) for number in numbers]


def _duration(initial: timedelta, *numbers: int) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=_("Valid for"), choices=_days(*numbers), coerce=lambda days: timedelta(days=int(days)), initial=initial.days
    )


class _WordsForm(forms.Form):
    """What the mail of an invitation says, and in which language."""

    message = TextField(
        label=_("Your words"),
        help_text=_("They stand in the mail, above the link. Who you are and why you write is enough."),
        max_length=2000,
        required=False,
        widget=textarea(4),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()


class AddressField(forms.EmailField):
    """An address, without the characters that no person types."""

    def to_python(self, value: Any) -> str:
        """Clean it before it is checked."""
        return clean_text(super().to_python(value) or "")


class _AddressForm(forms.Form):
    """Whom an invitation is for."""

    email = AddressField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The invitation is for this address only: the person’s account must have it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    lasts = _duration(INVITATION_LASTS, 7, 14, 30)


class GuestForm(_AddressForm, _WordsForm):
    """An invitation to a single topic."""

    field_order = ["email", "message", "language", "lasts"]


class InviteForm(_AddressForm, _WordsForm):
    """An invitation to a network."""

    role = forms.ChoiceField(label=_("Role"), choices=Role, initial=Role.MEMBER)
    field_order = ["email", "role", "message", "language", "lasts"]


class InviteListForm(_WordsForm):
    """Invitations to several people, a line each, from a file or typed."""

    file = forms.FileField(
        label=_("A file"),
        help_text=_("CSV or text, as spreadsheets export it, of 1 MB at most."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )
    lines = forms.CharField(
        label=_("Or the lines themselves"),
        help_text=_("One person a line: address; name; role. Name and role may be missing; the name is not kept."),
        max_length=MOST_BYTES,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    field_order = ["file", "lines", "message", "language"]

    def clean_file(self) -> UploadedFile | None:
        """Refuse a file that is too large to be a list of addresses."""
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file has more than 1 MB: divide it."), code="large")
        return file

    def clean(self) -> dict[str, Any]:
        """Read the lines of both; there must be some, and not too many."""
        cleaned = super().clean()
        file = cleaned.get("file")
        text = clean_text("\n".join(filter(None, [decode(file.read()) if file else "", cleaned.get("lines", "")])))
        found = len(written_lines(text))
        if not self.errors and not found:
            self.add_error("lines", _("Choose a file, or write at least one address."))
        if found > MOST_LINES:
            message = _("%(found)s lines are too many at once: %(most)s at most.")
            self.add_error("file" if file else "lines", forms.ValidationError(message, params={"found": found, "most": MOST_LINES}))
        cleaned["text"] = text
        return cleaned

    def read(self) -> list[Line]:
        """The lines, once the form is valid."""
        return list(read_lines(self.cleaned_data["text"]))


class LinkForm(forms.Form):
    """A link that lets several people in."""

    label = LineField(
        label=_("Name of the link"), help_text=_("For you: where you publish it, for instance."), max_length=100, required=False
    )
    max_uses = forms.IntegerField(label=_("People it lets in at most"), min_value=1, max_value=MOST_USES, initial=20)
    lasts = _duration(LINK_LASTS, 1, 7, 30, 90)
