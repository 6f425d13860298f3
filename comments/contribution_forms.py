"""What members write for their network, what facilitators answer, and how a comment is wished for under an article."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comments.models import Contribution, Discussion
from comments.models.contributions import MOST_PEOPLE
from comments.services import Told, places_to_speak
from comments.voices import ContributionKind
from networks.files import ACCEPT, validate_file
from networks.forms import LineField, TextField
from networks.markup import MAX_LENGTH

MOST_PLACES = 500
"""How many articles a list offers; a guide has some dozens."""
FIRST_YEAR = 2000
"""Of workshops; before, it is a slip."""


class PlaceField(forms.ModelChoiceField):
    """The article that something is brought to."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Discussion.objects.none(), **kwargs)

    def offer(self, user: Any, *, besides: Discussion | None = None) -> None:
        """Offer the articles where this person's network may speak, and the one that was chosen before."""
        offered = places_to_speak(user).values_list("pk", flat=True)[:MOST_PLACES]
        keys = {*offered, *([besides.pk] if besides else [])}
        self.queryset = Discussion.objects.visible_to(user).filter(pk__in=keys).order_by("title", "pk")

    def label_from_instance(self, obj: Any) -> str:
        return str(obj)


class ContributionForm(forms.Form):
    """A network's contribution to an article."""

    kind = forms.ChoiceField(label=_("What it is"), choices=ContributionKind, widget=forms.RadioSelect, initial=ContributionKind.POSITION)
    discussion = PlaceField(label=_("The article"), empty_label=_("Choose an article"))
    text = TextField(
        label=_("What your network says"),
        help_text=_("**bold**, *italic*, - lists, > quotes and links. It appears in the network’s name; yours is not shown."),
        max_length=MAX_LENGTH,
        widget=forms.Textarea(attrs={"rows": 12}),
    )
    held_on = forms.DateField(
        label=_("The workshop was held on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    people = forms.IntegerField(label=_("Number of people"), required=False, min_value=1, max_value=MOST_PEOPLE)
    place = LineField(label=_("Place"), required=False, max_length=Contribution._meta.get_field("place").max_length)
    upload = forms.FileField(
        label=_("A file to download with it"),
        help_text=_("Minutes, slides, a picture of the wall: 20 MB at most. Everyone who reads the article can download it."),
        required=False,
        validators=[validate_file],
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    without_file = forms.BooleanField(label=_("Remove the file"), required=False)

    def __init__(self, *args: Any, user: Any, contribution: Contribution | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["discussion"]
        place.offer(user, besides=contribution and contribution.discussion)
        if contribution is None or not contribution.file:
            del self.fields["without_file"]

    def clean_held_on(self) -> Any:
        """A workshop has been held when it is told of, and in this century."""
        held_on = self.cleaned_data["held_on"]
        if held_on and held_on.year < FIRST_YEAR:
            raise forms.ValidationError(_("Check the year."))
        if held_on and held_on > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."))
        return held_on

    def clean(self) -> dict[str, Any]:
        """Ask for a workshop's facts where it is one."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("kind") == ContributionKind.WORKSHOP:
            for name in ("held_on", "people"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Say it: readers weigh a workshop by it."))
        return cleaned

    def told(self) -> Told:
        """What was written, as the services take it."""
        cleaned = self.cleaned_data
        return Told(
            kind=cleaned["kind"],
            discussion=cleaned["discussion"],
            text=cleaned["text"],
            held_on=cleaned["held_on"],
            people=cleaned["people"],
            place=cleaned["place"],
            upload=cleaned["upload"],
            without_file=cleaned.get("without_file", False),
        )


class ActForm(forms.Form):
    """What is done to a contribution: the version that was on the screen goes along."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("submit", "validate", "send_back", "withdraw")])
    seen = forms.IntegerField(min_value=0, max_value=2**31)
    words = TextField(
        label=_("What should be changed"),
        help_text=_("Its author reads it on this page and in a mail."),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ProposalForm(forms.Form):
    """The wish that a comment stood under an article."""

    discussion = PlaceField(label=_("The article"), empty_label=_("Choose an article"))
    words = TextField(
        label=_("Words for its author"),
        help_text=_("Why you would like to see it there. Only its author reads them."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, user: Any, own: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["discussion"]
        place.offer(user)
        if own:
            del self.fields["words"]
