"""What the indicator tree shows: the rows of a form merged with the edition's 一级 and 二级指标.

Rows stand in the order of the form, whatever the edition says; 二级指标 that a form of the edition normally has and
this one lacks are offered at their place. The result is a plain value; the window only draws it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from desktop.presenters.findings import SEVERITIES, Mark, marks_by_path
from forms.documents import FormKind, Indicator, parse_path
from forms.edition import Edition
from forms.indicators import Levels, Rows, Twig, branches
from forms.scoring import read_score, score_text

if TYPE_CHECKING:
    from forms.checks import Finding

Standing = Literal["fine", "offered", "outside", "displaced"]
"""``offered``: no rows, but a form of the edition normally has it. ``outside``: the edition does not know it.
``displaced``: the edition has it at another place, or it stands here a second time."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one line of the tree says. Exactly the lines of three levels have an ``indicator``."""

    levels: Levels
    """一级 and 二级指标; the second is blank on a line of the first level."""
    depth: int
    """1, 2 or 3; 0 for the root."""
    indicator: Indicator | None = None
    standing: Standing = "fine"
    points: str = ""
    """Sum of the 分值 beneath; blank where there are none."""
    score: str = ""
    marks: tuple[Mark, ...] = ()
    """The findings, the gravest first; of a parent those of the rows beneath."""

    @property
    def name(self) -> str:
        """The text of the first column."""
        return self.indicator.l3 if self.indicator is not None else self.levels[self.depth - 1]


@dataclass(frozen=True, slots=True)
class Line:
    """A line and those beneath it."""

    facts: Facts
    children: tuple[Line, ...] = ()


def signs(marks: Sequence[Mark]) -> str:
    """The gravest sign, and how many findings there are if more than one."""
    return "" if not marks else f"{marks[0].sign} {len(marks)}" if len(marks) > 1 else marks[0].sign


def marks_by_row(form: FormKind, findings: Iterable[Finding]) -> Mapping[int, tuple[Mark, ...]]:
    """The marks of each row, the gravest first; a finding that names several cells of a row counts once."""
    found: dict[int, list[Mark]] = {}
    for path, marks in marks_by_path(findings).items():
        row = row_of(form, path)
        if row >= 0:
            found.setdefault(row, []).extend(marks)
    return {row: _gravest_first(marks) for row, marks in found.items()}


def _gravest_first(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    return tuple(sorted(dict.fromkeys(marks), key=lambda mark: SEVERITIES.index(mark.severity)))


def row_of(form: FormKind, place: str) -> int:
    """The row of a path such as ``declaration.indicators[3].target``; -1 where it is none of this form."""
    path = parse_path(place)
    return path[2] if path[:2] == (form, "indicators") and len(path) > 2 and isinstance(path[2], int) else -1


def tree(rows: Rows, edition: Edition, marks: Mapping[int, tuple[Mark, ...]]) -> Line:
    """Return the root of what is to be shown. Its rows, from top to bottom, are the rows of the form in order."""
    runs = branches(rows)
    order = [one.name for one in edition.taxonomy]
    wanted = [one.name for one in edition.taxonomy if any(two.expected for two in one.l2)]
    # A 一级指标 in several branches gets its offers in the last one, where new rows would go.
    last = {run.name: at for at, run in enumerate(runs)}
    earlier: dict[str, set[str]] = {}
    lines = []
    for name, at, standing in _merged([run.name for run in runs], order, wanted):
        twigs = () if at is None else runs[at].twigs
        known = edition.level1(name)
        wanted2 = [two.name for two in known.l2 if two.expected] if known and last.get(name) == at else []
        order2 = [two.name for two in known.l2] if known else []
        children = []
        for name2, at2, standing2 in _merged([t.name for t in twigs], order2, wanted2, earlier.get(name, set())):
            twig = None if at2 is None else twigs[at2]
            children.append(_twig((name, name2), twig, standing2, rows, marks))
        earlier.setdefault(name, set()).update(twig.name for twig in twigs)
        lines.append(_parent(Facts((name, ""), 1, standing=standing), rows[_span(twigs)], tuple(children)))
    return Line(Facts(("", ""), 0), tuple(lines))


def _merged(
    present: Sequence[str], order: Sequence[str], wanted: Iterable[str], earlier: Iterable[str] = ()
) -> list[tuple[str, int | None, Standing]]:
    """Names in the order of the form, with those wanted and absent put in: name, place in ``present``, standing."""
    merged: list[tuple[str, int | None, Standing]] = []
    seen, highest = set(earlier), -1
    for at, name in enumerate(present):
        rank = order.index(name) if name in order else -1
        standing: Standing = "outside" if rank < 0 else "displaced" if name in seen or rank < highest else "fine"
        merged.append((name, at, standing))
        seen.add(name)
        highest = max(highest, rank)
    for name in wanted:
        if name not in seen:
            before = set(order[: order.index(name)])
            place = max((at + 1 for at, one in enumerate(merged) if one[0] in before), default=0)
            merged.insert(place, (name, None, "offered"))
    return merged


def _span(twigs: Sequence[Twig]) -> slice:
    return slice(twigs[0].start, twigs[-1].stop) if twigs else slice(0)


def _twig(
    levels: Levels, twig: Twig | None, standing: Standing, rows: Rows, marks: Mapping[int, tuple[Mark, ...]]
) -> Line:
    numbers = range(0) if twig is None else range(twig.start, twig.stop)
    children = tuple(Line(Facts(levels, 3, rows[at], marks=marks.get(at, ()))) for at in numbers)
    return _parent(Facts(levels, 2, standing=standing), rows[numbers.start : numbers.stop], children)


def _parent(facts: Facts, rows: Rows, children: tuple[Line, ...]) -> Line:
    marks = _gravest_first(mark for child in children for mark in child.facts.marks)
    points, score = _sum(row.points for row in rows), _sum(row.score for row in rows)
    return Line(replace(facts, points=points, score=score, marks=marks), children)


def _sum(texts: Iterable[str]) -> str:
    """The sum of those texts that are numbers, without needless zeros; blank where none is."""
    numbers = [number for text in texts if (number := read_score(text)) is not None]
    return score_text(sum(numbers, Decimal(0))) if numbers else ""
