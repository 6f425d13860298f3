"""The coverage as a picture: a square for each network and chapter, the darker the more was said. SVG made here, without script."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from comments.spaces.coverage import Cell, Coverage

SIDE, GAP = 28, 4
LEFT, TOP = 210, 40
"""In units of the picture: room for the networks' names, and for the chapters' numbers."""
LONGEST_NAME = 26


@dataclass(frozen=True)
class Square:
    """One cell of the picture."""

    x: int
    y: int
    level: int
    title: str


class Heatmap:
    """What the template draws of a coverage."""

    side = SIDE

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage

    @property
    def width(self) -> int:
        """In units of the picture."""
        return LEFT + len(self.coverage.chapters) * (SIDE + GAP) + GAP

    @property
    def height(self) -> int:
        """In units of the picture."""
        return TOP + len(self.coverage.lines) * (SIDE + GAP) + GAP

    @property
    def names(self) -> list[tuple[int, str]]:
        """The networks, each at its height."""
        return [(_y(place) + SIDE // 2, _short(line.network.badge)) for place, line in enumerate(self.coverage.lines)]

    @property
    def numbers(self) -> list[tuple[int, int]]:
        """The chapters' numbers, each above its column."""
        return [(_x(place) + SIDE // 2, place + 1) for place in range(len(self.coverage.chapters))]

    @property
    def squares(self) -> Iterator[Square]:
        """All cells, line by line."""
        for row, line in enumerate(self.coverage.lines):
            for column, (page, cell) in enumerate(zip(self.coverage.chapters, line.cells, strict=True)):
                yield Square(_x(column), _y(row), cell.level, f"{line.network.badge} · {page.title} · {told(cell)}")


def told(cell: Cell) -> str:
    """What a cell holds, in words."""
    if cell.inside is None:
        return gettext("%(public)s published") % {"public": cell.public}
    return gettext("%(public)s published, %(inside)s in the space") % {"public": cell.public, "inside": cell.inside}


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"


def _x(column: int) -> int:
    return LEFT + column * (SIDE + GAP)


def _y(row: int) -> int:
    return TOP + row * (SIDE + GAP)
