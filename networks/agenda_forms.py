"""What facilitators fill in about a date of the agenda."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from networks.forms import LineField, TextField, textarea
from networks.markup import MAX_LENGTH
from networks.models import AgendaDate

LONGEST = timedelta(days=366)
"""How long something lasts at most: longer is a mistake in the year."""
YEARS = (2000, 2100)
"""Between which a date lies: outside, it is a slip."""


def _day(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def _time(**kwargs: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


class AgendaForm(forms.Form):
    """A date: its day, perhaps its hours, perhaps a last day."""

    title = LineField(label=_("What happens"), max_length=AgendaDate._meta.get_field("title").max_length)
    first_day = _day(label=_("Day"))
    begins = _time(label=_("Begins at"), help_text=_("Leave it empty for whole days."), required=False)
    last_day = _day(label=_("Last day"), help_text=_("Where it is another one."), required=False)
    ends = _time(label=_("Ends at"), required=False)
    place = LineField(label=_("Place"), max_length=AgendaDate._meta.get_field("place").max_length, required=False)
    url = forms.URLField(
        label=_("Link"),
        help_text=_("For example to a video conference or a registration."),
        max_length=500,
        required=False,
        assume_scheme="https",
    )
    text = TextField(
        label=_("More about it"),
        help_text=_("**bold**, *italic*, - lists, > quotes and links."),
        max_length=MAX_LENGTH,
        required=False,
        widget=textarea(6),
    )

    def clean(self) -> dict[str, Any]:
        """Put the moments together; what cannot be is said at its field."""
        cleaned = super().clean() or {}
        first = cleaned.get("first_day")
        if self.errors or first is None:
            return cleaned
        last, begins, ends = cleaned.get("last_day") or first, cleaned.get("begins"), cleaned.get("ends")
        for name, day in (("first_day", first), ("last_day", last)):
            if not YEARS[0] <= day.year <= YEARS[1]:
                self.add_error(name, _("Check the year."))
        if ends and not begins:
            self.add_error("begins", _("Say when it begins too, or clear the end."))
        if not self.errors:
            self._put_together(first, last, begins, ends)
        return cleaned

    def _put_together(self, first: date, last: date, begins: time | None, ends: time | None) -> None:
        whole_days = begins is None
        starts_at = _moment(first, begins or time.min)
        ends_at = _moment(last, time(23, 59, 59) if whole_days else ends or (begins if last == first else time(23, 59, 59)))
        if ends_at < starts_at:
            self.add_error("last_day" if last < first else "ends", _("It would end before it begins."))
        elif ends_at - starts_at > LONGEST:
            self.add_error("last_day", _("It would last more than a year: check the year."))
        self.cleaned_data |= {"starts_at": starts_at, "ends_at": ends_at, "whole_days": whole_days}

    @property
    def values(self) -> dict[str, Any]:
        """What `networks.services.save_date` takes."""
        return {name: self.cleaned_data[name] for name in ("title", "text", "place", "url", "starts_at", "ends_at", "whole_days")}

    @staticmethod
    def initial_of(date: AgendaDate) -> dict[str, Any]:
        """A date as its form shows it."""
        starts, ends = timezone.localtime(date.starts_at), timezone.localtime(date.ends_at)
        return {
            "title": date.title,
            "text": date.text,
            "place": date.place,
            "url": date.url,
            "first_day": starts.date(),
            "last_day": ends.date() if date.lasts_days else None,
            "begins": None if date.whole_days else starts.time(),
            "ends": None if date.whole_days or date.starts_at == date.ends_at else ends.time(),
        }


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
