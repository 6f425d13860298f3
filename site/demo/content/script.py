"""Reads talk.txt: who opens what, and who says what below whom."""

import re
from dataclasses import dataclass, field
from pathlib import Path

_LINE = re.compile(r"(?P<marks>>*) ?(?:\[(?P<status>\w+)\] )?(?P<who>~[^:]+|\w+): (?P<text>.+)")


@dataclass
class Line:
    """One comment: its depth, its author (an account's key, or a guest's name after ~), its status and words."""

    depth: int
    who: str
    status: str
    text: str


@dataclass
class Talk:
    """One discussion: the article or topic it is about, and its lines in order."""

    kind: str
    heading: list[str]
    title: str = ""
    text: str = ""
    lines: list[Line] = field(default_factory=list)

    def named(self, name: str) -> list[str]:
        """What its heading says of one thing, as `name:value`."""
        return [word.partition(":")[2] for word in self.heading if word.startswith(f"{name}:")]


def read(path: Path) -> list[Talk]:
    """Return the discussions of a file; raises ValueError naming the line that is no line of the format."""
    talks: list[Talk] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if raw.startswith("= "):
            heading, *rest = [part.strip() for part in raw[2:].split("|")]
            kind, *words = heading.split()
            talks.append(Talk(kind, words, *rest))
        elif raw.strip() and not raw.startswith("#"):
            match = _LINE.fullmatch(raw)
            if not match:
                raise ValueError(f"{path.name}, line {number}: {raw!r}")
            text = match["text"].replace(" / ", "\n\n")
            talks[-1].lines.append(Line(len(match["marks"]), match["who"], match["status"] or "published", text))
    return talks
