"""Findings as the window shows them: marks by shape and colour, lines grouped by severity, marks of a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from desktop.texts import text

if TYPE_CHECKING:
    from forms.checks import Finding

SEVERITIES = ("error", "confirm", "warning")
"""Gravest first."""

CARRIED = "K01"
"""The rule of what was carried from another year: to be confirmed, but counted and listed apart (待核对)."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding at a place: never colour alone."""

    severity: str
    sign: str
    """■ ▲ or ·"""
    sentence: str


PlaceMarks: TypeAlias = Mapping[str, Sequence[Mark]]
"""The marks of every place that a finding speaks of, by its path, the gravest first."""


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in the list."""

    mark: Mark
    id: str
    source: str
    paths: tuple[str, ...]
    """The places it speaks of, as paths of the project; the first is where a click leads."""
    finding: Finding
    note: str | None = None
    """What the clerk wrote on confirming it; None: it is not confirmed."""
    elsewhere: tuple[tuple[int, str], ...] = ()
    """Of a finding between projects: their numbers and the places in them."""

    @property
    def words(self) -> str:
        """What stands in the list: the sentence, and the note."""
        return (
            text("findings.with_note", sentence=self.mark.sentence, note=self.note) if self.note else self.mark.sentence
        )

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        kind = self.mark.severity if self.note is None else "confirmed"
        return f"{text(f'findings.{kind}')}：{self.words}"


@dataclass(frozen=True, slots=True)
class Worst:
    """The gravest severity of a project and how many findings of it; ``clean`` and 0 where there is none."""

    severity: str
    count: int
    carried: int = 0
    """How much that was carried from another year is still to be confirmed."""


def sign(severity: str) -> str:
    """Return the shape of a severity (or of ``clean``)."""
    return text(f"findings.sign_{severity}")


def lines(found: Iterable[Finding]) -> tuple[Line, ...]:
    """Return the findings as lines, gravest first, what was carried from another year last, else in the order given."""
    made = [
        Line(Mark(str(one.severity), sign(one.severity), one.message), one.id, one.source, paths_of(one), one)
        for one in found
    ]
    return tuple(sorted(made, key=order))


def order(line: Line) -> int:
    """Sort lines: gravest first, what was carried from another year last."""
    return len(SEVERITIES) if line.id == CARRIED else SEVERITIES.index(line.mark.severity)


def confirmed_lines(confirmed: Iterable[tuple[Finding, str]]) -> tuple[Line, ...]:
    """Return what was confirmed as lines, with a quiet mark."""
    return tuple(
        Line(Mark("warning", sign("clean"), one.message), one.id, one.source, paths_of(one), one, note)
        for one, note in confirmed
    )


def paths_of(finding: Finding) -> tuple[str, ...]:
    """Return all places of a finding as paths of the project; those of other projects of a set are left out."""
    found = dict.fromkeys((finding.path, *finding.paths))
    return tuple(path for path in found if not path.startswith(("projects[", "booklet.")))


def counts(found: Sequence[Finding]) -> dict[str, int]:
    """Return how many findings each severity has, and how many are ``carried`` from another year."""
    number = {severity: sum(one.severity == severity and one.id != CARRIED for one in found) for severity in SEVERITIES}
    return number | {"carried": sum(one.id == CARRIED for one in found)}


def count_line(found: Sequence[Finding], confirmed: int = 0) -> str:
    """Return 检查：0 错误 · 1 待确认 · 3 提醒, with what is 待核对 and what was confirmed, if any."""
    number = counts(found)
    line = text("findings.counts", errors=number["error"], confirms=number["confirm"], warnings=number["warning"])
    line += text("findings.counts_carried", count=number["carried"]) if number["carried"] else ""
    return line + (text("findings.counts_confirmed", count=confirmed) if confirmed else "")


def worst(found: Sequence[Finding]) -> Worst:
    """Return the mark that the list of projects carries."""
    number = counts(found)
    carried = number["carried"]
    if carried and not number["error"] and not number["confirm"]:
        return Worst("confirm", carried, carried)
    for severity in SEVERITIES:
        if number[severity]:
            return Worst(severity, number[severity], carried)
    return Worst("clean", 0)


def found_line(found: Worst) -> str:
    """Return what a mark stands for: 2 处错误."""
    only = found.severity == "confirm" and found.count == found.carried
    return text("findings.worst_carried" if only else f"findings.worst_{found.severity}", count=found.count)


def state(found: Worst | None) -> str:
    """Return the state of a project in words: 草稿 while it was not checked, 有错误, 待确认, 待核对, 可定稿."""
    if found is None:
        return text("findings.state_draft")
    if found.carried and found.severity != "error":
        return text("findings.state_carried")
    return text(f"findings.state_{found.severity if found.severity in ('error', 'confirm') else 'final'}")


def marks_by_path(found: Iterable[Finding]) -> PlaceMarks:
    """Return the marks of every place that a finding speaks of, gravest first."""
    marks: dict[str, list[Mark]] = {}
    for line in lines(found):
        for path in line.paths:
            marks.setdefault(path, []).append(line.mark)
    return marks
