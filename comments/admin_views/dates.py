"""Ranges of dates in filters, within what every database compares: at an end of the calendar another time zone has no such date."""

from datetime import date
from typing import Any

import django_filters
from django.core.validators import MaxValueValidator, MinValueValidator
from django_filters.fields import DateRangeField

EARLIEST, LATEST = date(1900, 1, 1), date(9998, 12, 31)


class BoundedDateRangeField(DateRangeField):
    """Two dates between EARLIEST and LATEST."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for end in self.fields:
            end.validators += [MinValueValidator(EARLIEST), MaxValueValidator(LATEST)]


class DateRangeFilter(django_filters.DateFromToRangeFilter):
    """Narrows to the time between two dates."""

    field_class = BoundedDateRangeField
