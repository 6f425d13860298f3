"""What people fill in on a space's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from networks.markup import MAX_LENGTH, clean_text, is_blank
from networks.models import Network, Topic
from networks.states import Colour, Role


class TextField(forms.CharField):
    """Words a person typed, without the characters no person types."""

    def to_python(self, value: Any) -> str:
        """Clean the text before it is measured and stored; one that shows nothing is empty."""
        text = clean_text(super().to_python(value))
        return "" if is_blank(text) else text


class LineField(TextField):
    """Words on one line."""

    def to_python(self, value: Any) -> str:
        """Clean the text and put it on one line."""
        return " ".join(super().to_python(value).split())


def _textarea(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class JoinForm(forms.Form):
    """A request to join."""

    message = TextField(
        label=_("Your message to the facilitators"),
        help_text=_("Who you are and what brings you: they read it before they answer."),
        max_length=2000,
        required=False,
        widget=_textarea(5),
    )


class DecisionForm(forms.Form):
    """A facilitator's answer to a request to join."""

    decision = forms.ChoiceField(choices=[("accept", _("Accept")), ("refuse", _("Refuse"))])
    answer = TextField(
        label=_("Words for this person"),
        help_text=_("They read it on the space's page and in the mail that tells them your answer."),
        max_length=2000,
        required=False,
        widget=_textarea(2),
    )


class RoleForm(forms.Form):
    """The role given to a member."""

    role = forms.ChoiceField(label=_("Role"), choices=Role)


class TopicForm(forms.Form):
    """A topic's title and text."""

    title = LineField(label=_("Title"), max_length=Topic._meta.get_field("title").max_length)
    text = TextField(
        label=_("What you would like to discuss"),
        help_text=_("**bold**, *italic*, - lists, > quotes and links. A question at the end helps people answer."),
        max_length=MAX_LENGTH,
        required=False,
        widget=_textarea(10),
    )


class TopicActForm(forms.Form):
    """What a facilitator does to a topic."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("close", "reopen", "pin", "unpin")])


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
        widget=_textarea(14),
    )
    website = forms.URLField(label=_("Website"), max_length=200, required=False, assume_scheme="https")
    colour = forms.ChoiceField(
        label=_("Colour"),
        help_text=_("Each of them is legible in light and dark."),
        choices=Colour,
        widget=forms.RadioSelect,
    )
