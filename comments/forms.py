"""The form of a comment."""

import time
from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_comments.forms import CommentSecurityForm

from comments.conf import setting
from comments.guests import ProvenGuest, proven_guest, viewer_of
from comments.models import Discussion, ThreadComment
from comments.permissions import is_known
from comments.services import Author
from comments.states import Moderation
from networks.markup import MAX_LENGTH, clean_text, is_blank
from networks.models import Network, Visibility
from networks.permissions import ties_of

LARGEST_KEY = 2**63 - 1
NOT_OUR_FORM = _("This form is no longer valid. Your text is kept: please send it again.")
SIGNED = ["timestamp", "security_hash", "content_type", "object_pk"]
"""What a form of ours carries to be recognised."""
UNREADABLE = dict.fromkeys(["required", "invalid", "min_length", "max_length", "null_characters_not_allowed"], NOT_OUR_FORM)
ANSWERED_IS_GONE = _("The comment you answer is no longer here. Your text is kept: you can post it as a new comment.")


class TypedText(forms.CharField):
    """Text as a person typed it, without the characters no person types."""

    def to_python(self, value: Any) -> str:
        text = clean_text(super().to_python(value) or "")
        return "" if is_blank(text) else text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `maxlength`: a browser cuts what is pasted without a word, and the text would be lost."""
        return {name: value for name, value in super().widget_attrs(widget).items() if name != "maxlength"}


def ids(answered: ThreadComment | None) -> str:
    """How the ids of a form's fields are made: several forms stand on one page, so they name what they answer."""
    return f"reponse-{answered.pk}-%s" if answered else "commentaire-%s"


def _comes_unsigned_from_here(request: HttpRequest, data: Any) -> bool:
    """Whether a visitor sent the form as it stands on every page, and their browser says that this is where it stood."""
    told = request.headers.get("Origin") or request.headers.get("Sec-Fetch-Site")
    return bool(told) and "security_hash" not in data and "timestamp" not in data


class AddressForm(forms.Form):
    """The address of a guest who asks for a new link, or to be forgotten."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("The one you gave with your comment."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class CommentText(TypedText):
    """The words of a comment, the same for a new one and for one that is changed."""

    default_error_messages = {
        "required": _("Write something before sending."),
        "max_length": _(
            "Your comment has %(show_value)d characters; %(limit_value)d at most are accepted. Shorten it, or send it in parts."
        ),
    }

    def __init__(self) -> None:
        super().__init__(label=_("Your comment"), max_length=MAX_LENGTH, widget=forms.Textarea(attrs={"rows": 6, "data-limit": MAX_LENGTH}))


class CommentForm(CommentSecurityForm):
    """What a comment asks of its author: a name and an address of guests, the text of everybody."""

    name = TypedText(
        label=_("Your name"),
        max_length=50,
        help_text=_("Shown beside your comment."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("Never shown. We send you a link to confirm your comment."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    comment = CommentText()
    network = forms.ModelChoiceField(
        Network.objects.none(),
        label=_("I speak"),
        required=False,
        empty_label=_("in my own name"),
        help_text=_("Your network’s badge is shown beside your comment."),
    )
    reply_to = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST_KEY,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(["invalid", "min_value", "max_value"], ANSWERED_IS_GONE),
    )
    wants_mail = forms.BooleanField(label=_("Tell me by mail when somebody replies"), required=False, initial=True)
    honeypot = forms.CharField(required=False, label=_("Leave this field empty"))

    field_order = ("name", "email", "network", "comment")

    def __init__(self, target_object: Model, data: Any = None, *, discussion: Discussion, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(target_object, data, **kwargs)
        self.discussion = discussion
        self.request = request
        for name in SIGNED:
            self.fields[name].error_messages.update(UNREADABLE)
        self.guest = self._remembered_guest()
        self.carries_token = is_known(viewer_of(request))
        if not self.carries_token and (data is None or _comes_unsigned_from_here(request, data)):
            del self.fields["timestamp"], self.fields["security_hash"]
        if request.user.is_authenticated:
            del self.fields["name"], self.fields["email"]
        elif self.guest:
            del self.fields["email"]
            self.initial.setdefault("name", self.guest.name)
        if discussion.moderation == Moderation.BEFORE:
            self.fields["wants_mail"].label = _("Tell me by mail when it is published, and when somebody replies")
        choice = self.fields.pop("network")
        if request.user.is_authenticated and (data is None or data.get("network")):
            self._offer_networks(choice)

    def _remembered_guest(self) -> ProvenGuest | None:
        """The guest whose address this browser has proven; none for who types another one in a form that asked for it."""
        guest = proven_guest(self.request)
        typed = str(self.data.get("email", "")).strip().lower()
        return guest if guest and typed in {"", guest.email} else None

    def _offer_networks(self, choice: Any) -> None:
        """Let members of networks say for which one they speak; secret ones are not named in public."""
        memberships = ties_of(self.request.user).memberships
        offered = {tie.network_id: tie.name for tie in memberships if tie.visibility != Visibility.SECRET}
        if offered:
            choice.queryset = Network.objects.filter(memberships__user=self.request.user).exclude(visibility=Visibility.SECRET)
            choice.choices = [("", choice.empty_label), *offered.items()]  # known already: each look at the queryset would ask again
            self.fields["network"] = choice
            self.order_fields(self.field_order)
        if self.discussion.network_id in offered:
            self.initial.setdefault("network", self.discussion.network_id)

    def clean_security_hash(self) -> str:
        """Accept only what was signed for this very target."""
        expected = self.initial_security_hash(self.data.get("timestamp", ""))
        if not constant_time_compare(expected, self.cleaned_data["security_hash"]):
            raise forms.ValidationError(NOT_OUR_FORM)
        return self.cleaned_data["security_hash"]

    def clean_timestamp(self) -> int:
        """Refuse a form that is older than a day, or filled faster than anybody types."""
        age = time.time() - self.cleaned_data["timestamp"]
        if age > setting("COMMENTS_TIMEOUT"):
            raise forms.ValidationError(_("This form was open for a long time. Your text is kept: please send it again."), code="expired")
        if age < setting("COMMENTS_MINIMUM_SECONDS"):
            raise forms.ValidationError(
                _("That was very fast, as robots are. Your text is kept: read it once more and send it again."), code="fast"
            )
        return self.cleaned_data["timestamp"]

    def clean_honeypot(self) -> str:
        """A field that people do not see was filled: a robot, or a browser that was too helpful."""
        if self.cleaned_data["honeypot"]:
            raise forms.ValidationError(_("A hidden field was filled in, as robots do. Your text is kept: please send it again."))
        return ""

    @property
    def sentences(self) -> list[str]:
        """Errors that belong to no field a person sees."""
        hidden = [*SIGNED, "honeypot", "reply_to"]
        found = [sentence for name in hidden if name in self.errors for sentence in self.errors[name]]
        if "timestamp" in self.errors and "security_hash" in self.errors:
            found = found[:1]
        return [*self.non_field_errors(), *dict.fromkeys(map(str, found))]

    def renew(self, answered: ThreadComment | None) -> None:
        """Make the form sendable again: a fresh signature unless it was only too fast, every choice, no answer to what is gone."""
        self.data = self.data.copy()
        self.auto_id = ids(answered)
        if answered is None:
            self.data["reply_to"] = ""
        if "network" not in self.fields and self.request.user.is_authenticated:
            self._offer_networks(self.base_fields["network"].__deepcopy__({}))
        self.data["honeypot"] = ""
        if "timestamp" in self.fields and (not self.has_error("timestamp", code="fast") or self.has_error("security_hash")):
            for name, value in self.generate_security_data().items():
                self.data[name] = value

    def add_quote(self, quote: str) -> None:
        """Write a quote below what is typed already."""
        self.data = self.data.copy()
        self.data["comment"] = f"{self.data.get('comment', '').rstrip()}\n\n{quote}".lstrip()

    def author(self) -> Author:
        """Who writes, as `services.post` asks."""
        common = {"language": get_language() or "", "wants_mail": self.cleaned_data["wants_mail"]}
        if self.request.user.is_authenticated:
            network = self.cleaned_data.get("network")
            return Author(user=self.request.user, network_id=network.pk if network else None, **common)
        if self.guest:
            return Author(name=self.cleaned_data["name"], email=self.guest.email, proven=True, **common)
        return Author(name=self.cleaned_data["name"], email=self.cleaned_data["email"], **common)


class EditForm(forms.Form):
    """The words of a comment that its author changes."""

    comment = CommentText()

    def __init__(self, comment: ThreadComment, data: Any = None) -> None:
        super().__init__(data, initial={"comment": comment.comment}, auto_id=f"modifier-{comment.pk}-%s")
        self.fields["comment"].widget.attrs["autofocus"] = True
