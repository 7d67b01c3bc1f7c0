"""Which lines the indicator table shows, and in which order: heads of two levels with the rows beneath them.

Every line has a number of its own that it keeps while it lives, so that the window knows what came, went or moved.
Everything here is cut from slices of the rows, so that a change of thousands of rows costs a millisecond.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import count

from desktop.presenters.indicator_cells import Shown
from desktop.presenters.indicator_match import match_rows
from desktop.presenters.indicator_tree import Head, heads
from forms.indicators import Branch, Levels, branches
from forms.sequences import common_ends


@dataclass(slots=True)
class Lines:
    """The lines of one state of a form. ``ids`` are the numbers of its rows, in their order."""

    shown: Shown
    ids: list[int]
    head_ids: dict[tuple[Levels, int], int]
    tree: tuple[Branch, ...] = ()
    heads: tuple[Head, ...] = ()
    about: dict[int, int | Head] = field(default_factory=dict)
    """Of each line, visible or not: its row, or its head."""
    visible: list[int] = field(default_factory=list)
    """The lines to be seen, from top to bottom."""
    visible_rows: int = 0
    """How many of them are rows."""
    _tops: list[int] = field(default_factory=list)
    """The first rows of the 二级指标 that have rows …"""
    _places: list[int] = field(default_factory=list)
    """… and where these rows begin among the visible lines; -1: folded."""

    def line_of(self, row: int) -> int:
        """The visible line of a row; -1 where it is folded away or left out."""
        at = bisect_right(self._tops, row) - 1
        if at < 0 or self._places[at] < 0:
            return -1
        line = self._places[at] + row - self._tops[at]
        if line < len(self.visible) and self.visible[line] == self.ids[row]:
            return line
        return self.visible.index(self.ids[row]) if self.ids[row] in self.visible else -1

    def head_of(self, row: int, depth: int) -> Head:
        """The 一级 or 二级指标 above a row."""
        return next(head for head in self.heads if head.depth == depth and head.start <= row < head.stop)

    def arrange(self, folded: Collection[int], wanted: Collection[int] | None) -> None:
        """Work out what is visible: nothing beneath folded heads; with ``wanted`` only those rows and their heads."""
        ids = self.ids
        self.visible, self.visible_rows, self._tops, self._places = [], 0, [], []
        hidden = False
        for head in self.heads:
            line = self.head_ids[head.key]
            picked: Sequence[int] = range(head.start, head.stop)
            if wanted is not None:
                picked = [row for row in picked if ids[row] in wanted]
                if not picked:
                    continue
            if head.depth == 1:
                hidden = wanted is None and line in folded
                self.visible.append(line)
                continue
            is_folded = hidden or (wanted is None and line in folded)
            if not hidden:
                self.visible.append(line)
            if picked:
                self._tops.append(head.start)
                self._places.append(-1 if is_folded else len(self.visible))
            if not is_folded:
                self.visible += ids[head.start : head.stop] if wanted is None else [ids[row] for row in picked]
                self.visible_rows += len(picked)


class LineBook:
    """Gives lines their numbers and follows the rows from one state of the form to the next."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._head_ids: dict[tuple[Levels, int], int] = {}

    def begin(self, shown: Shown) -> Lines:
        """The lines of a form that is shown for the first time. No number is given twice."""
        self._head_ids = {}
        return self._lines(shown, [next(self._numbers) for _ in shown.rows])

    def follow(self, lines: Lines, shown: Shown) -> tuple[Lines, list[int]]:
        """The lines after a change, and those of the rows and heads that say something else now."""
        head, tail = common_ends(lines.shown.rows, shown.rows)
        old, new = lines.shown.rows[head : len(lines.ids) - tail], shown.rows[head : len(shown.rows) - tail]
        ids: list[int] = []
        changed: list[int] = []
        for at, was in enumerate(match_rows(old, new)):
            if was is None:
                ids.append(next(self._numbers))
                continue
            ids.append(lines.ids[head + was])
            if old[was] is not new[at] and old[was] != new[at]:
                changed.append(ids[-1])
        after = self._lines(shown, [*lines.ids[:head], *ids, *lines.ids[len(lines.ids) - tail :]])
        before = {head.key: head for head in lines.heads}
        changed += [self._head_ids[head.key] for head in after.heads if not _says_the_same(before.get(head.key), head)]
        return after, changed

    def _lines(self, shown: Shown, ids: list[int]) -> Lines:
        tree = branches(shown.rows)
        lines = Lines(shown, ids, self._head_ids, tree, heads(shown.rows, shown.edition, tree))
        lines.about = dict(zip(ids, range(len(ids)), strict=True))
        for head in lines.heads:
            if head.key not in self._head_ids:
                self._head_ids[head.key] = -next(self._numbers)
            lines.about[self._head_ids[head.key]] = head
        return lines


def _says_the_same(was: Head | None, now: Head) -> bool:
    return was is None or (was.standing, was.points, was.score, was.start == was.stop) == (
        now.standing,
        now.points,
        now.score,
        now.start == now.stop,
    )
