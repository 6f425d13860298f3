"""Charts as SVG made here, without script: bars that stand on each other, or lines; the table behind them says the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext, ngettext

from comments.figures.periods import Period

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60
_STEPS_OF_TIME = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 28 * DAY, 91 * DAY)
LEVELS = 4
MOST_TICKS = 8


@dataclass(frozen=True)
class Series:
    """What one colour stands for, and its value in each part; None where there is none."""

    label: str
    values: Sequence[int | None]


@dataclass(frozen=True)
class Bar:
    """A piece of a bar."""

    series: int
    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True)
class Chart:
    """What is drawn; `told` writes a value as people read it."""

    name: str
    title: str
    period: Period
    series: list[Series]
    is_lines: bool = False
    told: Callable[[int], str] = lambda value: str(number_format(value, force_grouping=True))

    LEFT, TOP, WIDTH, HEIGHT = 100, 14, 640, 200

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(value for series in self.series for value in series.values)

    @cached_property
    def labels(self) -> list[str]:
        """What each part is called."""
        return [name_of(first, last) for first, last in self.period.parts]

    @cached_property
    def step(self) -> int:
        """How much lies between two levels."""
        values = [[series.values[part] or 0 for series in self.series] for part in range(len(self.labels))]
        highest = max([max(each) if self.is_lines else sum(each) for each in values], default=0)
        if self.is_lines:
            return next((step for step in _STEPS_OF_TIME if step * LEVELS >= highest), -(-highest // LEVELS))
        return _round_step(highest)

    @property
    def levels(self) -> list[tuple[float, str]]:
        """The lines across, with where they stand and what they are called."""
        return [(self._y(self.step * level), self.told(self.step * level)) for level in range(LEVELS + 1)]

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """The names below, no more than fit, with where they stand."""
        each = -(-len(self.labels) // MOST_TICKS)
        return [(self._x(part), short_name_of(first)) for part, (first, _last) in enumerate(self.period.parts) if part % each == 0]

    @property
    def bars(self) -> list[Bar]:
        """The pieces of all bars."""
        width = min(self._slot * 0.76, 40)
        pieces = []
        for part, label in enumerate(self.labels):
            below = 0
            for number, series in enumerate(self.series):
                value = series.values[part]
                if not value:
                    continue
                top, bottom = self._y(below + value), self._y(below)
                title = f"{label} · {series.label}: {self.told(value)}"
                pieces.append(Bar(number, round(self._x(part) - width / 2, 1), top, round(width, 1), round(bottom - top, 1), title))
                below += value
        return pieces

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The pieces of all lines: a line breaks where a part has no value."""
        pieces = []
        for number, series in enumerate(self.series):
            known = [part for part, value in enumerate(series.values) if value is not None]
            for part, following in pairwise(known):
                if following == part + 1:
                    pieces.append((number, f"{self._point(series, part)} {self._point(series, following)}"))
        return pieces

    @property
    def points(self) -> list[tuple[int, float, float, str]]:
        """The points of all lines, with what they say."""
        return [
            (number, self._x(part), self._y(value), f"{label} · {series.label}: {self.told(value)}")
            for number, series in enumerate(self.series)
            for part, (label, value) in enumerate(zip(self.labels, series.values, strict=True))
            if value is not None
        ]

    @property
    def rows(self) -> list[tuple[str, list[str]]]:
        """The table behind it."""
        return [
            (label, ["–" if series.values[part] is None else self.told(series.values[part]) for series in self.series])
            for part, label in enumerate(self.labels)
        ]

    @property
    def _slot(self) -> float:
        return self.WIDTH / max(1, len(self.labels))

    def _point(self, series: Series, part: int) -> str:
        return f"{self._x(part)},{self._y(series.values[part] or 0)}"

    def _x(self, part: int) -> float:
        return round(self.LEFT + self._slot * (part + 0.5), 1)

    def _y(self, value: float) -> float:
        return round(self.TOP + self.HEIGHT * (1 - value / (self.step * LEVELS)), 1)


def duration(seconds: int) -> str:
    """A time as people say it, in one unit."""
    if seconds < HOUR:
        return gettext("%(number)s min") % {"number": round(seconds / MINUTE)}
    if seconds < 2 * DAY:
        return gettext("%(number)s h") % {"number": number_format(round(seconds / HOUR, 1) if seconds % HOUR else seconds // HOUR)}
    days = round(seconds / DAY)
    return ngettext("%(number)s day", "%(number)s days", days) % {"number": number_format(days, force_grouping=True)}


def name_of(first: object, last: object) -> str:
    """What a part of a time is called in full."""
    start = date_format(first, "SHORT_DATE_FORMAT")
    return start if first == last else gettext("%(first)s to %(last)s") % {"first": start, "last": date_format(last, "SHORT_DATE_FORMAT")}


def short_name_of(day: object) -> str:
    """A day, in as few letters as an axis has room for."""
    return str(date_format(day, "j b"))


def _round_step(highest: int) -> int:
    """A round number of which LEVELS reach as high."""
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * LEVELS >= highest:
                return step
        size *= 10
