"""What people fill in on a space's pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy
from wagtail.models import Page

from networks import chapters
from networks.markup import MAX_LENGTH, clean_text, is_blank
from networks.models import MAX_TAGS, Network, Topic, TopicTag
from networks.states import Role
from networks.tags import tags_in

KNOWN_TAGS = 100
"""How many of the network's tags a form suggests."""


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


def textarea(rows: int) -> forms.Textarea:
    """A field for several lines, so many of them shown."""
    return forms.Textarea(attrs={"rows": rows})


class JoinForm(forms.Form):
    """A request to join."""

    message = TextField(
        label=_("Your message to the facilitators"),
        help_text=_("Who you are and what brings you: they read it before they answer."),
        max_length=2000,
        required=False,
        widget=textarea(5),
    )


class DecisionForm(forms.Form):
    """A facilitator's answer to a request to join."""

    decision = forms.ChoiceField(choices=[("accept", _("Accept")), ("refuse", _("Refuse"))])
    answer = TextField(
        label=_("Words for this person"),
        help_text=_("They read it on the space's page and in the mail that tells them your answer."),
        max_length=2000,
        required=False,
        widget=textarea(2),
    )


class RoleForm(forms.Form):
    """The role given to a member."""

    role = forms.ChoiceField(label=_("Role"), choices=Role)


class ChapterField(forms.ModelChoiceField):
    """A chapter of the guide, by its title."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.title


class TagsField(LineField):
    """Words separated by commas; cleans to a list."""

    def clean(self, value: Any) -> list[str]:
        """The words, without doubles; refuses too many, and too long ones."""
        words = tags_in(super().clean(value))
        if len(words) > MAX_TAGS:
            raise ValidationError(ngettext_lazy("%(count)s word at most.", "%(count)s words at most.", MAX_TAGS) % {"count": MAX_TAGS})
        longest = TopicTag._meta.get_field("name").max_length
        if any(len(word) > longest for word in words):
            raise ValidationError(_("A word of %(count)s characters at most, please.") % {"count": longest})
        return words


class TopicForm(forms.Form):
    """A topic's title and text, the chapter it is about and its tags."""

    title = LineField(label=_("Title"), max_length=Topic._meta.get_field("title").max_length)
    text = TextField(
        label=_("What you would like to discuss"),
        help_text=_("**bold**, *italic*, - lists, > quotes and links. A question at the end helps people answer."),
        max_length=MAX_LENGTH,
        required=False,
        widget=textarea(10),
    )
    chapter = ChapterField(
        label=_("Chapter of the guide"),
        help_text=_("The topic is named under the chapter, for those who may read it here."),
        queryset=Page.objects.none(),
        empty_label=_("None: about something else"),
        required=False,
    )
    tags = TagsField(
        label=_("Tags"),
        help_text=_("A few words separated by commas, for example: method, calendar."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, user: Any, network: Network, topic: Topic | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(chapters.visible_to(user))
        self.fields["chapter"].queryset = chapters.visible_to(user)
        if not offered or (topic and topic.chapter_id and topic.chapter_id not in {page.pk for page in offered}):
            del self.fields["chapter"]  # nothing to choose, or a choice made by somebody who reads more: it stays
        self.known_tags = list(network.topic_tags.all()[:KNOWN_TAGS])


class TopicActForm(forms.Form):
    """What a facilitator does to a topic."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("close", "reopen", "archive", "pin", "unpin")])
