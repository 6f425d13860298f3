"""What facilitators fill in to write to all members."""

from django import forms
from django.utils.translation import gettext_lazy as _

from networks.forms import LineField, TextField, textarea
from networks.markup import MAX_LENGTH
from networks.models import Announcement


class AnnouncementForm(forms.Form):
    """A message to all members."""

    subject = LineField(label=_("Subject"), max_length=Announcement._meta.get_field("subject").max_length)
    text = TextField(
        label=_("Your message"),
        help_text=_("**bold**, *italic*, - lists, > quotes and links."),
        max_length=MAX_LENGTH,
        widget=textarea(12),
    )
