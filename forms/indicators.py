"""The indicator rows of a form: seen as a tree, changed by edits.

A form holds a flat tuple of rows, in print order; that tuple is the truth. The tree 一级 / 二级 / 三级 is a view of
it: runs of neighbours that share their 一级指标 and, within, their 二级指标, just as the paper merges its cells.
Each operation takes the rows as they are and returns an ``Edit``; it never loses or doubles a row.
Row numbers count from 0.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Literal, TypeAlias

from forms.documents import FormKind, Indicator
from forms.edition import Edition
from forms.edits import Edit, Put, Splice
from forms.sequences import differences

Rows: TypeAlias = tuple[Indicator, ...]
Levels: TypeAlias = tuple[str, str]
"""一级指标 and 二级指标."""

_LEVELS = attrgetter("l1", "l2")
_MOST_SPLICES = 12

CellKey: TypeAlias = Literal["l3", "target", "mid_l3", "mid_target", "actual", "points", "score", "reason"]

CELL_NAMES: dict[CellKey, str] = {
    "l3": "名称",
    "target": "指标值",
    "mid_l3": "中期名称",
    "mid_target": "中期指标值",
    "actual": "实际完成值",
    "points": "分值",
    "score": "得分",
    "reason": "偏差原因",
}
"""How the name of an edit calls a cell."""


@dataclass(frozen=True, slots=True)
class Twig:
    """A run of rows of one 二级指标: rows ``start`` up to, not including, ``stop``."""

    name: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Branch:
    """A run of rows of one 一级指标 with its runs of 二级指标. A name may stand in several branches."""

    name: str
    twigs: tuple[Twig, ...]

    @property
    def start(self) -> int:
        """First row."""
        return self.twigs[0].start

    @property
    def stop(self) -> int:
        """One past the last row."""
        return self.twigs[-1].stop


def branches(rows: Rows) -> tuple[Branch, ...]:
    """Return the tree of the rows, in their own order."""
    found: list[tuple[str, list[Twig]]] = []
    at = 0
    for (l1, l2), run in groupby(rows, key=_LEVELS):
        stop = at + len(list(run))
        if not found or found[-1][0] != l1:
            found.append((l1, []))
        found[-1][1].append(Twig(l2, at, stop))
        at = stop
    return tuple(Branch(name, tuple(twigs)) for name, twigs in found)


def place_for(rows: Rows, edition: Edition, levels: Levels) -> int:
    """Return the row number at which a new row of these levels belongs.

    After the last row of the same levels; else where the edition's order puts it, within the last branch of its
    一级指标 if there is one. Levels that the edition does not know go to the end.
    """
    l1, l2 = levels
    tree = branches(rows)
    same = [twig.stop for branch in tree if branch.name == l1 for twig in branch.twigs if twig.name == l2]
    if same:
        return same[-1]
    home = next((branch for branch in reversed(tree) if branch.name == l1), None)
    if home is None:
        names = [one.name for one in edition.taxonomy]
        return _after_smaller(names, l1, tree, 0, len(rows))
    one = edition.level1(l1)
    names = [two.name for two in one.l2] if one else []
    return _after_smaller(names, l2, home.twigs, home.start, home.stop)


def _after_smaller(names: Sequence[str], name: str, runs: Sequence[Branch | Twig], start: int, stop: int) -> int:
    """End of the last run that the order of ``names`` puts before ``name``: ``start`` if none, ``stop`` if unknown."""
    if name not in names:
        return stop
    before = set(names[: names.index(name)])
    return max((run.stop for run in runs if run.name in before), default=start)


# ---------------------------------------------------------------- operations


def insert(form: FormKind, rows: Rows, at: int, new: Sequence[Indicator]) -> Edit:
    """Put rows in before row ``at`` (``len(rows)``: at the end)."""
    return _edit(form, _named("增加", new), rows, (*rows[:at], *new, *rows[at:]))


def insert_under(
    form: FormKind, rows: Rows, edition: Edition, levels: Levels, new: Sequence[Indicator] = (Indicator("", ""),)
) -> Edit:
    """Put rows (by default a blank one) under a 二级指标, at the place of ``place_for``."""
    at = place_for(rows, edition, levels)
    return insert(form, rows, at, [row._replace(l1=levels[0], l2=levels[1]) for row in new])


def insert_after(form: FormKind, rows: Rows, at: int) -> Edit:
    """Put a blank row of the same levels behind row ``at``."""
    return insert(form, rows, at + 1, [Indicator(rows[at].l1, rows[at].l2)])


def delete(form: FormKind, rows: Rows, chosen: Collection[int]) -> Edit:
    """Take rows out."""
    gone = frozenset(chosen)
    kept = tuple(row for at, row in enumerate(rows) if at not in gone)
    return _edit(form, _named("删除", _picked(rows, chosen)), rows, kept)


def duplicate(form: FormKind, rows: Rows, chosen: Collection[int]) -> Edit:
    """Put copies of rows behind them: neighbours of one 二级指标 are copied as a block.

    A copy does not take over the keys that this version does not know: an identifier among them must stay unique.
    """
    result: list[Indicator] = []
    block: list[Indicator] = []
    chosen = frozenset(chosen)
    for at, row in enumerate(rows):
        if block and (at not in chosen or not _same_levels(block[-1], row)):
            result += block
            block = []
        result.append(row)
        if at in chosen:
            block.append(row._replace(extra={}))
    return _edit(form, _named("复制", _picked(rows, chosen)), rows, (*result, *block))


def move(form: FormKind, rows: Rows, chosen: Collection[int], step: Literal[-1, 1]) -> Edit:
    """Move rows one place up (-1) or down (1) within their 二级指标.

    A row at the end of its run goes over into the neighbouring run and takes its levels; rows at the very top or
    bottom of the form stay, and hold up the chosen ones that follow them.
    """
    moved = list(rows)
    edge = 0 if step < 0 else len(rows) - 1
    for at in sorted(chosen, reverse=step > 0):
        if at == edge:
            edge -= step
            continue
        neighbour = moved[at + step]
        if _same_levels(moved[at], neighbour):
            moved[at], moved[at + step] = neighbour, moved[at]
        else:
            moved[at] = moved[at]._replace(l1=neighbour.l1, l2=neighbour.l2)
    return _edit(form, _named("上移" if step < 0 else "下移", _picked(rows, chosen)), rows, tuple(moved))


def assign(form: FormKind, rows: Rows, edition: Edition, chosen: Collection[int], levels: Levels) -> Edit:
    """Move rows under another 二级指标, in their order, to the place of ``place_for``; those already there stay."""
    going = {at for at in chosen if (rows[at].l1, rows[at].l2) != levels}
    left = tuple(row for at, row in enumerate(rows) if at not in going)
    place = place_for(left, edition, levels) if going else 0
    arrived = [row._replace(l1=levels[0], l2=levels[1]) for row in _picked(rows, going)]
    return _edit(form, _named("移动", _picked(rows, chosen)), rows, (*left[:place], *arrived, *left[place:]))


def put_at(form: FormKind, rows: Rows, chosen: Collection[int], levels: Levels, at: int) -> Edit:
    """Move rows, in their order, in before row ``at`` (``len(rows)``: to the end), under a 二级指标."""
    chosen = frozenset(chosen)
    before = tuple(row for n, row in enumerate(rows[:at]) if n not in chosen)
    behind = tuple(row for n, row in enumerate(rows[at:], at) if n not in chosen)
    moved = [
        row if (row.l1, row.l2) == levels else row._replace(l1=levels[0], l2=levels[1]) for row in _picked(rows, chosen)
    ]
    return _edit(form, _named("移动", _picked(rows, chosen)), rows, (*before, *moved, *behind))


def put_copies(form: FormKind, rows: Rows, chosen: Collection[int], levels: Levels, at: int) -> Edit:
    """Put copies of rows, in their order, in before row ``at``, under a 二级指标; as with ``duplicate``."""
    copies = [row._replace(l1=levels[0], l2=levels[1], extra={}) for row in _picked(rows, chosen)]
    return _edit(form, _named("复制", _picked(rows, chosen)), rows, (*rows[:at], *copies, *rows[at:]))


def change_cell(form: FormKind, rows: Rows, at: int, key: CellKey, text: str) -> Edit:
    """Write a text into a cell of row ``at``, to the character."""
    name = f"修改指标{_quoted(rows[at])}的{CELL_NAMES[key]}"
    return Edit(name, (Put((form, "indicators", at, key), getattr(rows[at], key), text),))


def put_rows(form: FormKind, name: str, rows: Rows, new: Rows) -> Edit:
    """Put other rows in place of all: paste, import, replace. Rows that stay must be the same objects."""
    return _edit(form, name, rows, new)


def change_rows(form: FormKind, rows: Rows, new: Mapping[int, Indicator], name: str) -> Edit:
    """Write other rows in the place of some, as one edit of this name."""
    return _edit(form, name, rows, tuple(new.get(at, row) for at, row in enumerate(rows)))


def split_target(form: FormKind, rows: Rows, at: int, texts: Sequence[str]) -> Edit:
    """Write one text as the 指标值 of row ``at``, or several: the others go into copies of the row behind it."""
    if len(texts) == 1:
        return change_cell(form, rows, at, "target", texts[0])
    copies = [rows[at]._replace(target=text, extra={}) for text in texts[1:]]
    new = (*rows[:at], rows[at]._replace(target=texts[0]), *copies, *rows[at + 1 :])
    return _edit(form, f"把指标{_quoted(rows[at])}拆成 {len(texts)} 行", rows, new)


def sort_rows(form: FormKind, rows: Rows, edition: Edition) -> Edit:
    """Bring rows into the edition's order and equal levels together (rule I17).

    Rows of one 二级指标 keep their order; levels that the edition does not know go to the end of what they belong to.
    """
    return _edit(form, "按表式重排指标", rows, in_order(rows, edition))


def in_order(rows: Rows, edition: Edition) -> Rows:
    """Return the rows as ``sort_rows`` puts them."""
    ranks = _ranks(edition, ((row.l1, row.l2) for row in rows))
    return tuple(sorted(rows, key=lambda row: ranks[row.l1, row.l2]))


def is_sorted(edition: Edition, tree: Sequence[Branch]) -> bool:
    """Whether ``sort_rows`` would leave the rows of a tree as they are."""
    runs = [(branch.name, twig.name) for branch in tree for twig in branch.twigs]
    ranks = _ranks(edition, runs)
    return all(ranks[one] < ranks[other] for one, other in pairwise(runs))


def _ranks(edition: Edition, present: Iterable[Levels]) -> dict[Levels, tuple[int, int]]:
    """The place of each 二级指标 in a sorted form; those that the edition does not know in the order they come."""
    pairs = dict.fromkeys([*((one.name, two.name) for one in edition.taxonomy for two in one.l2), *present])
    levels1 = {
        name: at for at, name in enumerate(dict.fromkeys([*(e.name for e in edition.taxonomy), *_firsts(pairs)]))
    }
    return {pair: (levels1[pair[0]], at) for at, pair in enumerate(pairs)}


def _firsts(pairs: Iterable[Levels]) -> Iterable[str]:
    return (l1 for l1, _ in pairs)


# ---------------------------------------------------------------- helpers


def _edit(form: FormKind, name: str, old: Rows, new: Rows) -> Edit:
    """A splice for each stretch of rows that are others; rows that stay are the same objects.

    The splices go from the back to the front, so that none shifts the place of the next.
    """
    stretches = [(0, 0, 0, 0)] if old == new else differences(old, new, most=_MOST_SPLICES)
    path = (form, "indicators")
    return Edit(name, tuple(Splice(path, a, old[a:b], new[c:d]) for a, b, c, d in reversed(stretches)))


def _same_levels(one: Indicator, other: Indicator) -> bool:
    return (one.l1, one.l2) == (other.l1, other.l2)


def _picked(rows: Rows, chosen: Collection[int]) -> list[Indicator]:
    return [rows[at] for at in sorted(chosen)]


def _named(verb: str, rows: Sequence[Indicator]) -> str:
    if len(rows) == 1 and _quoted(rows[0]):
        return f"{verb}指标{_quoted(rows[0])}"
    return f"{verb} {len(rows)} 条指标"


def _quoted(row: Indicator) -> str:
    return f"“{_short(row.name)}”" if row.name.strip() else ""


def _short(name: str) -> str:
    """A name as the 撤销 menu can show it."""
    flat = " ".join(name.split())
    return flat if len(flat) <= 20 else f"{flat[:20]}…"
