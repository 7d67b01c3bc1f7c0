"""What the indicator tree shows: the rows of a form merged with the edition's 一级 and 二级指标.

Rows stand in the order of the form, whatever the edition says; 二级指标 that a form of the edition normally has and
this one lacks are offered at their place. Only the lines of the first two levels are worked out, so that thousands
of rows cost next to nothing; what a row says is in the row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Literal

from desktop.presenters.findings import SEVERITIES, Mark, PlaceMarks
from desktop.presenters.indicator_cells import VALUE_COLUMNS, Column, Shown, parts, text_of
from desktop.presenters.scoring_steps import formula_of
from desktop.texts import text
from forms.documents import FormKind, Indicator, parse_path
from forms.edition import Edition
from forms.indicators import Branch, Levels, Rows, Twig
from forms.scoring import read_score, score_text

_POINTS, _SCORE = attrgetter("points"), attrgetter("score")

Standing = Literal["fine", "offered", "outside", "displaced"]
"""``offered``: no rows, but a form of the edition normally has it. ``outside``: the edition does not know it.
``displaced``: the edition has it at another place, or it stands here a second time."""


@dataclass(frozen=True, slots=True)
class Head:
    """A line of the first two levels, above the rows ``start`` up to, not including, ``stop``."""

    levels: Levels
    """一级 and 二级指标; the second is blank on a line of the first level."""
    depth: Literal[1, 2]
    nth: int
    """The how-manieth line of these levels, from 0: a form may have them in several places."""
    start: int
    stop: int
    standing: Standing = "fine"
    points: str = ""
    """Sum of the 分值 beneath; blank where there are none."""
    score: str = ""

    @property
    def key(self) -> tuple[Levels, int]:
        """What it is known by, whatever comes and goes around it."""
        return self.levels, self.nth


@dataclass(frozen=True, slots=True)
class Facts:
    """What one line of the tree says. Exactly the lines of three levels have an ``indicator``."""

    levels: Levels
    """一级 and 二级指标; the second is blank on a line of the first level."""
    depth: int
    """1, 2 or 3."""
    row: int
    """Row of the form; of the first two levels the first one beneath, -1 where there is none."""
    indicator: Indicator | None = None
    standing: Standing = "fine"
    points: str = ""
    score: str = ""
    marks: tuple[Mark, ...] = ()
    """The findings, the gravest first; of a folded line those of the rows beneath."""
    stop: int = -1
    """One past the last row of the line."""
    is_folded: bool = False
    is_locked: bool = False
    """Whether its points stay when points are spread."""

    @property
    def name(self) -> str:
        """The text of the first column."""
        return self.indicator.l3 if self.indicator is not None else self.levels[self.depth - 1]

    @property
    def rows(self) -> range:
        """The rows of the line: itself, or all beneath."""
        return range(self.row, self.stop) if self.row >= 0 else range(0)


def signs(marks: Sequence[Mark]) -> str:
    """The gravest sign, and how many findings there are if more than one."""
    return "" if not marks else f"{marks[0].sign} {len(marks)}" if len(marks) > 1 else marks[0].sign


def cell_text(facts: Facts, column: Column) -> str:
    """The text of a cell of a line."""
    if facts.indicator is not None:
        return signs(facts.marks) if column == "hint" else text_of(facts.indicator, column)
    return {"l3": facts.name, "points": facts.points, "score": facts.score}.get(column, "")


def tip(shown: Shown, facts: Facts, column: Column) -> str:
    """What is to be said of a line: what was found, whether it is locked, how its score came about; a whole reason."""
    if facts.indicator is None:
        return "" if facts.standing == "fine" else text(f"indicators.{facts.standing}_tip")
    said = [f"{mark.sign} {mark.sentence}" for mark in facts.marks]
    if facts.row in shown.locked:
        said.append(text("indicators.locked_tip"))
    more = formula_of(shown, facts.row) if column == "score" else ""
    if column == "reason":
        more = facts.indicator.reason
    return "\n".join([*said, more] if more else said)


def spoken(facts: Facts, column: Column) -> str:
    """What a screen reader says of a cell: what it is, what stands in it, and what was found about the line."""
    if facts.indicator is None:
        return _spoken_head(facts) if column == "l3" else {"points": facts.points, "score": facts.score}.get(column, "")
    row = facts.indicator
    if column == "l3":
        words = text("indicators.spoken_row", l2=row.l2, name=row.l3 or text("indicators.spoken_blank"))
        locked = text("indicators.spoken_locked") if facts.is_locked else ""
        return "，".join(part for part in (words, locked, _spoken_marks(facts.marks)) if part)
    if column == "hint":
        return "；".join(mark.sentence for mark in facts.marks)
    name = text(f"indicators.column_{'target' if column in VALUE_COLUMNS and parts(row.target).words else column}")
    return text("indicators.spoken_cell", column=name, text=_shown(row, column) or text("indicators.spoken_blank"))


def _shown(row: Indicator, column: Column) -> str:
    return row.target if column in VALUE_COLUMNS and parts(row.target).words else text_of(row, column)


def _spoken_head(facts: Facts) -> str:
    words = text(f"indicators.spoken_head{facts.depth}", name=facts.name or text("indicators.unnamed_level"))
    count = text("indicators.spoken_count", count=len(facts.rows))
    standing = "" if facts.standing == "fine" else text(f"indicators.{facts.standing}_tip")
    folded = text("indicators.spoken_folded") if facts.is_folded else ""
    return "，".join(part for part in (words, standing or count, folded, _spoken_marks(facts.marks)) if part)


def _spoken_marks(marks: Sequence[Mark]) -> str:
    return "" if not marks else text("indicators.spoken_marks", count=len(marks), sentence=marks[0].sentence)


def marks_by_row(form: FormKind, marks: PlaceMarks) -> Mapping[int, tuple[Mark, ...]]:
    """The marks of each row, the gravest first; a finding that names several cells of a row counts once."""
    found: dict[int, list[Mark]] = {}
    for path, here in marks.items():
        row = row_of(form, path)
        if row >= 0:
            found.setdefault(row, []).extend(here)
    return {row: gravest_first(all_of_row) for row, all_of_row in found.items()}


def gravest_first(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Each mark once, the gravest first."""
    return tuple(sorted(dict.fromkeys(marks), key=lambda mark: SEVERITIES.index(mark.severity)))


@lru_cache(maxsize=8192)
def row_of(form: FormKind, place: str) -> int:
    """The row of a path such as ``declaration.indicators[3].target``; -1 where it is none of this form."""
    path = parse_path(place)
    return path[2] if path[:2] == (form, "indicators") and len(path) > 2 and isinstance(path[2], int) else -1


def heads(rows: Rows, edition: Edition, tree: Sequence[Branch]) -> tuple[Head, ...]:
    """Return the lines of the first two levels from top to bottom; the rows stand beneath those of the second."""
    order = [one.name for one in edition.taxonomy]
    wanted = [one.name for one in edition.taxonomy if any(two.expected for two in one.l2)]
    # A 一级指标 in several branches gets its offers in the last one, where new rows would go.
    last = {branch.name: at for at, branch in enumerate(tree)}
    earlier: dict[str, set[str]] = {}
    counted: Counter[Levels] = Counter()
    found: list[Head] = []

    def add(levels: Levels, depth: Literal[1, 2], standing: Standing, run: Branch | Twig | None) -> None:
        start, stop = (0, 0) if run is None else (run.start, run.stop)
        sums = _sums(rows[start:stop]) if edition.kind == "evaluation" else ("", "")
        found.append(Head(levels, depth, counted[levels], start, stop, standing, *sums))
        counted[levels] += 1

    for name, at, standing in _merged([branch.name for branch in tree], order, wanted):
        branch = None if at is None else tree[at]
        twigs = () if branch is None else branch.twigs
        known = edition.level1(name)
        wanted2 = [two.name for two in known.l2 if two.expected] if known and last.get(name) == at else []
        order2 = [two.name for two in known.l2] if known else []
        add((name, ""), 1, standing, branch)
        takes_others = known is not None and known.open
        names2, before2 = [twig.name for twig in twigs], earlier.get(name, set())
        for name2, at2, standing2 in _merged(names2, order2, wanted2, before2, takes_others=takes_others):
            add((name, name2), 2, standing2, None if at2 is None else twigs[at2])
        earlier.setdefault(name, set()).update(twig.name for twig in twigs)
    return tuple(found)


def _merged(
    present: Sequence[str],
    order: Sequence[str],
    wanted: Iterable[str],
    earlier: Iterable[str] = (),
    *,
    takes_others: bool = False,
) -> list[tuple[str, int | None, Standing]]:
    """Names in the order of the form, with those wanted and absent put in: name, place in ``present``, standing.

    ``takes_others``: names that are not in ``order`` are as good, and come last.
    """
    merged: list[tuple[str, int | None, Standing]] = []
    seen, highest = set(earlier), -1
    for at, name in enumerate(present):
        rank = order.index(name) if name in order else len(order) if takes_others and name.strip() else -1
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


def _sums(rows: Rows) -> tuple[str, str]:
    """The sums of 分值 and 得分."""
    return sum_of(tuple(map(_POINTS, rows))), sum_of(tuple(map(_SCORE, rows)))


@lru_cache(maxsize=256)
def sum_of(texts: tuple[str, ...]) -> str:
    """The sum of those texts that are numbers, without needless zeros; blank where none is."""
    numbers = [number for text in texts if text and (number := _read(text)) is not None]
    return score_text(sum(numbers, Decimal(0))) if numbers else ""


_read = lru_cache(maxsize=4096)(read_score)
