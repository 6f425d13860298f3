"""A time to count over, cut into equal parts, in days of the site's time zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.utils import timezone

MOST_PARTS = 60
"""More bars than that say less, and each is a part of a query."""
WIDTHS = (1, 7, 28, 91, 364)
"""How many days a part may last: whole weeks, so that quiet Sundays weigh the same in each."""
LONGEST = timedelta(days=WIDTHS[-1] * MOST_PARTS)


@dataclass(frozen=True)
class Period:
    """From the beginning of one day to the end of another, at most LONGEST."""

    first: date
    last: date

    @classmethod
    def ending_today(cls, days: int) -> "Period":
        """The last so many days, today included."""
        today = timezone.localdate(timezone=timezone.get_default_timezone())
        return cls(today - timedelta(days=days - 1), today)

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @property
    def days(self) -> int:
        """How many days it lasts."""
        return (self.last - self.first).days + 1

    @cached_property
    def width(self) -> int:
        """How many days each part lasts; the last one may be shorter."""
        return next(width for width in WIDTHS if self.days <= width * MOST_PARTS)

    @cached_property
    def parts(self) -> list[tuple[date, date]]:
        """The first and the last day of each part."""
        starts = [self.first + timedelta(days=day) for day in range(0, self.days, self.width)]
        return [(start, min(start + timedelta(days=self.width - 1), self.last)) for start in starts]

    @property
    def start(self) -> datetime:
        """The moment at which it begins."""
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """The moment before which it ends."""
        return midnight(self.last + timedelta(days=1))

    @cached_property
    def bounds(self) -> list[tuple[datetime, datetime]]:
        """The moments between which each part lies."""
        return [(midnight(first), midnight(last + timedelta(days=1))) for first, last in self.parts]


def midnight(day: date) -> datetime:
    """The beginning of a day in the site's time zone."""
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
