"""Findings as the window shows them: marks by shape and colour, lines grouped by severity, marks of a place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.texts import text

if TYPE_CHECKING:
    from forms.checks import Finding

SEVERITIES = ("error", "confirm", "warning")
"""Gravest first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding at a place: never colour alone."""

    severity: str
    sign: str
    """■ ▲ or ·"""
    sentence: str


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in the list."""

    mark: Mark
    id: str
    source: str
    paths: tuple[str, ...]
    """The places it speaks of, as paths of the project; the first is where a click leads."""

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return f"{text('findings.' + self.mark.severity)}：{self.mark.sentence}"


@dataclass(frozen=True, slots=True)
class Worst:
    """The gravest severity of a project and how many findings of it; ``clean`` and 0 where there is none."""

    severity: str
    count: int


def sign(severity: str) -> str:
    """Return the shape of a severity (or of ``clean``)."""
    return text(f"findings.sign_{severity}")


def lines(found: Iterable[Finding]) -> tuple[Line, ...]:
    """Return the findings as lines, gravest first, else in the order given."""
    made = [
        Line(Mark(str(one.severity), sign(one.severity), one.message), one.id, one.source, paths_of(one))
        for one in found
    ]
    return tuple(sorted(made, key=lambda line: SEVERITIES.index(line.mark.severity)))


def paths_of(finding: Finding) -> tuple[str, ...]:
    """Return all places of a finding as paths of the project; those of other projects of a set are left out."""
    found = dict.fromkeys((finding.path, *finding.paths))
    return tuple(path for path in found if not path.startswith(("projects[", "booklet.")))


def counts(found: Sequence[Finding]) -> dict[str, int]:
    """Return how many findings each severity has."""
    return {severity: sum(one.severity == severity for one in found) for severity in SEVERITIES}


def count_line(found: Sequence[Finding]) -> str:
    """Return 检查：0 错误 · 1 待确认 · 3 提醒."""
    number = counts(found)
    return text("findings.counts", errors=number["error"], confirms=number["confirm"], warnings=number["warning"])


def worst(found: Sequence[Finding]) -> Worst:
    """Return the mark that the list of projects carries."""
    number = counts(found)
    for severity in SEVERITIES:
        if number[severity]:
            return Worst(severity, number[severity])
    return Worst("clean", 0)


def marks_by_path(found: Iterable[Finding]) -> dict[str, list[Mark]]:
    """Return the marks of every place that a finding speaks of, gravest first."""
    marks: dict[str, list[Mark]] = {}
    for line in lines(found):
        for path in line.paths:
            marks.setdefault(path, []).append(line.mark)
    return marks
