"""What an import read, made, left as it was and left out, and why; as text for a person, as data for a program."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

OUTCOMES = ("read", "made", "updated", "unchanged", "skipped")
KINDS = ("articles", "pages", "pictures", "files", "accounts", "bylines", "tags", "comments", "pings", "others")
MOST_WARNINGS = 200
"""Lines printed; the data holds them all."""


@dataclass(frozen=True)
class Remark:
    """Something to look at: the line of the file it stands in (0: none), what it is about, and a sentence."""

    line: int
    about: str
    sentence: str

    def __str__(self) -> str:
        where = f"line {self.line}" if self.line else ""
        return f"{', '.join(filter(None, [where, self.about]))}: {self.sentence}"


@dataclass
class Report:
    """The account of one import."""

    file: str
    source: str = ""
    version: str = ""
    dry_run: bool = False
    counts: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    details: Counter[tuple[str, str]] = field(default_factory=Counter)
    warnings: list[Remark] = field(default_factory=list)

    def count(self, kind: str, outcome: str, number: int = 1) -> None:
        """Count things of a kind with what became of them."""
        self.counts[kind][outcome] += number

    def skip(self, kind: str, why: str, number: int = 1) -> None:
        """Count things that were left out, with the reason."""
        self.count(kind, "skipped", number)
        self.reasons[kind, why] += number

    def detail(self, kind: str, what: str, number: int = 1) -> None:
        """Count how things of a kind stand now: published, pending and so on."""
        self.details[kind, what] += number

    def warn(self, sentence: str, *, line: int = 0, about: str = "") -> None:
        """Note something to look at; said once, however often it happens in one place."""
        warning = Remark(line, about, sentence)
        if warning not in self.warnings[-50:]:
            self.warnings.append(warning)

    @property
    def changed(self) -> bool:
        """Whether anything was made or updated."""
        return any(counter["made"] or counter["updated"] for counter in self.counts.values())

    def as_data(self) -> dict[str, Any]:
        """The whole report, for programs."""
        return {
            "file": self.file,
            "source": self.source,
            "wxr_version": self.version,
            "dry_run": self.dry_run,
            "counts": {kind: {outcome: self.counts[kind][outcome] for outcome in OUTCOMES} for kind in KINDS if kind in self.counts},
            "details": [{"kind": kind, "what": what, "number": number} for (kind, what), number in self.details.items()],
            "skipped": [{"kind": kind, "why": why, "number": number} for (kind, why), number in self.reasons.items()],
            "warnings": [{"line": warning.line, "about": warning.about, "sentence": warning.sentence} for warning in self.warnings],
        }

    def as_text(self) -> str:
        """The report for a person at a terminal."""
        lines = [f"{self.file}: {self.source or 'a WordPress without address'}, WXR {self.version or 'of an unknown version'}", ""]
        lines.append("".join([f"{'':12}", *(f"{outcome:>11}" for outcome in OUTCOMES)]))
        lines += [
            "".join([f"{kind:12}", *(f"{self.counts[kind][outcome]:>11}" for outcome in OUTCOMES)]) for kind in KINDS if kind in self.counts
        ]
        lines += self._section("How they stand", self.details)
        lines += self._section("Left out", self.reasons)
        lines += self._warnings()
        if self.dry_run:
            lines += ["", "This was a trial: nothing was changed."]
        elif not self.changed:
            lines += ["", "Nothing was changed."]
        return "\n".join(lines)

    @staticmethod
    def _section(title: str, counter: Counter[tuple[str, str]]) -> list[str]:
        rows = sorted(counter.items(), key=lambda row: KINDS.index(row[0][0]))
        return ["", title, *(f"  {kind:12}{number:>6}  {what}" for (kind, what), number in rows)] if rows else []

    def _warnings(self) -> list[str]:
        if not self.warnings:
            return []
        rows = [f"  {warning}" for warning in self.warnings[:MOST_WARNINGS]]
        if more := len(self.warnings) - MOST_WARNINGS:
            rows += [f"  … and {more} more: --report FILE.json keeps them all."] if more > 0 else []
        return ["", f"To look at ({len(self.warnings)})", *rows]
