"""The chart of the spam filter's page: where the server draws what."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Chart:
    """Two lines over the thresholds, drawn by the server; the table beside it says the same."""

    rows: list[dict[str, Any]]

    LEFT, TOP, WIDTH, HEIGHT = 44, 12, 520, 180

    @property
    def ticks(self) -> list[tuple[int, str]]:
        """The thresholds, with where they stand."""
        return [(self._x(number), str(row["threshold"])) for number, row in enumerate(self.rows)]

    @property
    def levels(self) -> list[tuple[int, str]]:
        """The lines of 0, 50 and 100 %, with where they stand."""
        return [(self._y(level), str(level)) for level in (0, 50, 100)]

    @property
    def precision(self) -> list[tuple[int, int]]:
        """The points of one line."""
        return self._points("precision")

    @property
    def recall(self) -> list[tuple[int, int]]:
        """The points of the other."""
        return self._points("recall")

    def _points(self, name: str) -> list[tuple[int, int]]:
        return [(self._x(number), self._y(row[name])) for number, row in enumerate(self.rows) if row[name] is not None]

    def _x(self, number: int) -> int:
        return self.LEFT + 16 + round(number * (self.WIDTH - 32) / max(1, len(self.rows) - 1))

    def _y(self, percent: float) -> int:
        return self.TOP + round(self.HEIGHT * (1 - percent / 100))
