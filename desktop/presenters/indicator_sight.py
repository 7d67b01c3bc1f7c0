"""How the indicators of a form are looked at: which lines are folded away, narrowed down, locked or marked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from desktop.presenters.findings import Mark
from desktop.presenters.indicator_cells import Shown
from desktop.presenters.indicator_filter import RowTexts
from desktop.presenters.indicator_lines import LineBook, Lines
from desktop.presenters.indicator_tree import Facts, Head, gravest_first

Marks = Mapping[int, tuple[Mark, ...]]
"""What was found, by row."""


class Sight:
    """One form in sight. Lines are known by their lasting numbers; those of rows are above 0."""

    def __init__(self, book: LineBook, shown: Shown, marks: Marks) -> None:
        self._book = book
        self.lines: Lines = book.begin(shown)
        self._marks: dict[int, tuple[Mark, ...]] = {}
        self._folded: set[int] = set()
        self._locked: set[int] = set()
        self._wanted: set[int] | None = None
        self._texts = RowTexts()
        self.mark(marks)

    @property
    def shown(self) -> Shown:
        """The form."""
        return self.lines.shown

    def follow(self, shown: Shown, marks: Marks | None) -> list[int]:
        """Take in the form after a change; return the lines that say something else.

        Without ``marks`` rows keep those they have.
        """
        old = self.lines
        self.lines, changed = self._book.follow(old, shown)
        if self._wanted is not None:
            self._wanted |= set(self.lines.ids).difference(old.ids)
        return changed if marks is None else changed + self.mark(marks)

    def mark(self, marks: Marks) -> list[int]:
        """Take in what was found; return the lines of which something else is said than before."""
        ids, before = self.lines.ids, self._marks
        self._marks = {ids[row]: here for row, here in marks.items() if row < len(ids)}
        return [line for line in before.keys() | self._marks.keys() if before.get(line) != self._marks.get(line)]

    def arranged(self) -> list[int]:
        """The lines to be seen, from top to bottom."""
        self.lines.arrange(self._folded, self._wanted)
        return self.lines.visible

    # ---------------------------------------------------------------- folding and narrowing

    def is_folded(self, line: int) -> bool:
        """Whether the lines beneath one of the first two levels are folded away."""
        return line in self._folded

    def fold(self, line: int, *, folded: bool) -> None:
        """Fold the lines beneath one of the first two levels away, or show them again."""
        (self._folded.add if folded else self._folded.discard)(line)

    def fold_all(self, depths: Collection[int]) -> None:
        """Fold all lines of these levels, and no others."""
        self._folded = {self.lines.head_ids[head.key] for head in self.lines.heads if head.depth in depths}

    def head_line(self, row: int, depth: int) -> int:
        """The line of the 一级 or 二级指标 above a row."""
        return self.lines.head_ids[self.lines.head_of(row, depth).key]

    def reveal(self, row: int) -> None:
        """Have a row shown: everything, where it is left out; the lines above it unfolded."""
        self._wanted = None
        self._folded -= {self.head_line(row, depth) for depth in (1, 2)}

    @property
    def is_narrowed(self) -> bool:
        """Whether only some rows are shown."""
        return self._wanted is not None

    def read(self, most: int) -> bool:
        """Read so many rows more for ``narrow``; return whether all are read."""
        return self._texts.read(self.shown.rows, most)

    def narrow(self, words: str) -> None:
        """Show only the rows that hold all words, with their heads; without words all. All rows must be read.

        Rows that come or change later stay in sight.
        """
        found = self._texts.rows_with(words)
        self._wanted = None if found is None else {self.lines.ids[row] for row in found}

    # ---------------------------------------------------------------- locked points

    def lock(self, rows: Collection[int]) -> list[int]:
        """Lock the points of rows, or unlock them where all of them are locked; return their lines."""
        lines = [self.lines.ids[row] for row in rows]
        if self._locked.issuperset(lines):
            self._locked.difference_update(lines)
        else:
            self._locked.update(lines)
        return lines

    def locked_rows(self) -> set[int]:
        """The rows whose points are locked."""
        return {row for line in self._locked if isinstance(row := self.lines.about.get(line), int)}

    # ---------------------------------------------------------------- what a line says

    def rows_of(self, lines: Iterable[int], *, parents: bool) -> list[int]:
        """The rows that lines are; with ``parents`` those beneath lines of the first two levels, too."""
        abouts = list(map(self.lines.about.get, lines))
        rows = {one for one in abouts if isinstance(one, int)}
        if parents:
            rows.update(*(range(one.start, one.stop) for one in abouts if isinstance(one, Head)))
        return sorted(rows)

    def has_rows(self, lines: Iterable[int], *, parents: bool) -> bool:
        """Whether ``rows_of`` finds any."""
        abouts = map(self.lines.about.get, lines)
        return any(one.start < one.stop and parents if isinstance(one, Head) else one is not None for one in abouts)

    def facts(self, line: int) -> Facts | None:
        """What a line says; None for one that is gone."""
        about = self.lines.about.get(line)
        if about is None:
            return None
        if isinstance(about, int):
            row = self.shown.rows[about]
            marks, locked = self._marks.get(line, ()), line in self._locked
            return Facts((row.l1, row.l2), 3, about, row, marks=marks, stop=about + 1, is_locked=locked)
        is_folded = line in self._folded and self._wanted is None
        marks = ()
        if is_folded and self._marks:
            found = [self._marks[one] for one in self.lines.ids[about.start : about.stop] if one in self._marks]
            marks = gravest_first(mark for here in found for mark in here)
        return Facts(
            about.levels,
            about.depth,
            about.start if about.stop > about.start else -1,
            None,
            about.standing,
            about.points,
            about.score,
            marks,
            about.stop,
            is_folded,
        )
