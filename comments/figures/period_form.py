"""Which time somebody asks figures of, and of which network."""

from datetime import date
from typing import Any, Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from comments.figures.periods import LONGEST, Period
from networks.models import Network

PERIODS = [("7", _("7 days")), ("30", _("30 days")), ("91", _("A quarter")), ("365", _("A year")), ("dates", _("These dates:"))]
USUAL = 30
OLDEST = date(2000, 1, 1)


class PeriodForm(forms.Form):
    """Which time, and of which network."""

    period = forms.ChoiceField(label=_("Period"), choices=PERIODS, required=False)
    network = forms.ModelChoiceField(label=_("Network"), queryset=None, required=False, empty_label=_("All"))

    field_order = ("period", "from", "to", "network")

    @classmethod
    def of(cls, address: QueryDict, **choices: Any) -> Self:
        """The form as an address fills it in; two dates alone are a period, nothing is the usual one."""
        asked = address.copy()
        if "period" not in asked and ("from" in asked or "to" in asked):
            asked["period"] = "dates"
        asked.setdefault("period", str(USUAL))
        return cls(asked, **choices)

    def __init__(self, *args: Any, networks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in {
            "from": pgettext_lazy("period", "From"),
            "to": pgettext_lazy("period", "To"),
        }.items():  # the first is a word of Python's
            picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            self.fields[name] = forms.DateField(label=label, required=False, widget=picker)
        self.order_fields(self.field_order)
        self.fields["network"].queryset = networks

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        first, last = told.get("from"), told.get("to")
        if told.get("period") == "dates" and not self.errors:
            if first is None or last is None:
                self.add_error("from" if first is None else "to", _("Choose a date."))
            elif last < first:
                self.add_error("to", _("It ends before it begins."))
            elif first < OLDEST or last - first >= LONGEST or last.year > 9000:
                self.add_error("from", _("That is too long a time to draw."))
        return told

    @property
    def chosen(self) -> Period:
        """The time that was asked for, else the last thirty days."""
        told = self.cleaned_data if self.is_valid() else {}
        if told.get("period") == "dates":
            return Period(told["from"], told["to"])
        return Period.ending_today(int(told.get("period") or USUAL))

    @property
    def chosen_network(self) -> Network | None:
        """The network that was asked for."""
        return self.cleaned_data.get("network") if self.is_valid() else None
