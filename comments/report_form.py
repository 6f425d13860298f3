"""The form by which anybody reports a comment; what is illegal asks for what article 16 of the Digital Services Act asks."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comments import reporters
from comments.forms import TypedText
from comments.guests import proven_guest
from comments.models import ThreadComment
from comments.services import Reporter
from comments.states import ReportKind
from networks.accounts import name_of


class ReportForm(forms.Form):
    """What is wrong with a comment; a name, an address and good faith are asked for what is called illegal, of who is not known."""

    kind = forms.ChoiceField(label=_("What is wrong with this comment?"), choices=ReportKind.choices, widget=forms.RadioSelect)
    words = TypedText(
        label=_("In your own words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What a moderator should know. For something illegal: what is illegal about it, and why you think so."),
    )
    child_abuse = forms.BooleanField(
        label=_("It shows or encourages the sexual abuse of children"),
        required=False,
        help_text=_("Then you need not say who you are."),
    )
    name = TypedText(label=_("Your name"), required=False, max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=254,
        help_text=_("We confirm your notice there, and tell you what is decided."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    good_faith = forms.BooleanField(
        label=_("I believe in good faith that what I say here is accurate and complete"),
        required=False,
    )

    ONLY_FOR_ILLEGAL = ("child_abuse", "name", "email", "good_faith")

    def __init__(self, request: HttpRequest, comment: ThreadComment, data: Any = None) -> None:
        super().__init__(data, auto_id=f"signaler-{comment.pk}-%s")
        self.request, self.guest = request, proven_guest(request)
        if request.user.is_authenticated or self.guest:
            for name in ("name", "email", "child_abuse"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind in {ReportKind.ILLEGAL, ReportKind.OTHER} and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", _("Say in a few words what is wrong."))
        if kind == ReportKind.ILLEGAL:
            self._ask_who_says_so(cleaned)
        return cleaned

    def _ask_who_says_so(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("good_faith"):
            self.add_error("good_faith", _("Please confirm this: the law asks for it."))
        if cleaned.get("child_abuse"):
            return
        for name, sentence in {"name": _("Please give your name."), "email": _("Please give your e-mail address.")}.items():
            if name in self.fields and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)

    @property
    def about_illegal(self) -> list[forms.BoundField]:
        """The fields that only a notice of something illegal asks for."""
        return [self[name] for name in self.ONLY_FOR_ILLEGAL if name in self.fields]

    def reporter(self) -> Reporter:
        """Who reports, as `services.report` asks; a visitor's name and address only with a notice of something illegal."""
        language = get_language() or ""
        if self.request.user.is_authenticated:
            user = self.request.user
            return Reporter(reporters.key_of_account(user), user=user, name=name_of(user), language=language)
        if self.guest:
            return Reporter(reporters.key_of_guest(self.guest.email), name=self.guest.name, email=self.guest.email, language=language)
        said = self.cleaned_data if self.cleaned_data["kind"] == ReportKind.ILLEGAL else {}
        name, email = said.get("name", ""), said.get("email", "")
        key = reporters.key_of_visitor(self.request.META.get("REMOTE_ADDR", ""), email)
        return Reporter(key, name=name, email=email, language=language)
