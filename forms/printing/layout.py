"""A grid set in one size of type: column edges, the lines of each box, the heights of rows."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from forms.printing.linebreak import Line, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.printing.grid import Box, Grid

MM: Final = 72 / 25.4
SIDE_PAD: Final = 1.3 * MM
"""Blank at the left and the right of a text in its cell."""
LEADING: Final = 1.3
"""Distance of two lines, in sizes of the type."""
_TIGHT: Final = 0.8 * MM
"""Least blank above and below a vertical label."""
_LOOSE: Final = 1.9
"""The widest distance of the lines of a vertical label."""
_RUNNING: Final = 14.0
"""Ems from which on a line is wide enough to be justified whatever stands in it."""
_NOTHING: Final = Text("", lambda _: 0.0)


class Setting(NamedTuple):
    """Size of type and blank above and below a text, in points."""

    size: float
    pad: float

    @property
    def leading(self) -> float:
        """Distance of two lines."""
        return self.size * LEADING

    def height(self, lines: int) -> float:
        """Height of a cell with so many lines; an empty cell is as high as one line."""
        return 2 * self.pad + self.size + max(lines - 1, 0) * self.leading

    def fitting(self, height: float) -> int:
        """Lines that a cell of a height can hold."""
        return max(0, int((height - 2 * self.pad - self.size) / self.leading + 1 + 1e-6))


class Layout:
    """The grid in one setting. Lengths are in points, x from the left edge of the table."""

    def __init__(self, grid: Grid, setting: Setting, edges: Sequence[Sequence[float]], limit: float) -> None:
        """Set the grid; a label higher than ``limit`` flows over pages like a value, it is not repeated."""
        self.grid, self.setting, self.edges, self.limit = grid, setting, edges, limit
        self._fine = False
        self._lines: dict[Box, list[Line]] = {}
        self._least: dict[Box, float] = {}
        self.in_row: list[list[Box]] = [[] for _ in grid.rows]
        """Boxes of a single row, and the text of a merged one that is too high to be repeated."""
        self.merged: list[list[Box]] = [[] for _ in grid.rows]
        """Boxes over several rows, at each of them."""
        for box in grid.boxes:
            rows = range(box.row, box.row + box.rows)
            if box.rows > 1 and not self.flows(box):
                for row in rows:
                    self.merged[row].append(box)
                continue
            self.in_row[box.row].append(box)
            for row in rows[1:]:
                rest = copy(box)
                rest.row, rest.rows, rest.text, rest.path = row, 1, _NOTHING, None
                self.in_row[row].append(rest)
        self._count_lines()

    def padded(self, pad: float) -> Layout:
        """The same lines with another blank above and below them."""
        other = copy(self)
        other.setting = self.setting._replace(pad=pad)
        other._least = {}
        other._set_heights()
        return other

    def refined(self) -> Layout:
        """The same with the lines of long justified texts weighed together: never more lines, often finer ones."""
        other = copy(self)
        other._fine, other._least = True, {}
        other._lines = {box: lines for box, lines in self._lines.items() if not self.is_justified(box)}
        other._count_lines()
        return other

    def is_justified(self, box: Box) -> bool:
        """Whether a text is set like running text, in lines of one length; narrow cells would be full of gaps."""
        return box.align.endswith(("left", "value")) and not box.repeats and self.room(box) >= _RUNNING

    def span(self, box: Box) -> tuple[float, float]:
        """Left and right edge of a box."""
        edges = self.edges[box.band]
        return edges[box.column], edges[box.column + box.columns]

    def room(self, box: Box) -> float:
        """Width of its text in ems."""
        left, right = self.span(box)
        return (right - left - 2 * SIDE_PAD) / self.setting.size

    def lines(self, box: Box) -> list[Line]:
        """The lines of a box that is not upright."""
        found = self._lines.get(box)
        if found is None:
            even = box.repeats or box.align in ("center", "right")
            fine = self._fine and self.is_justified(box)
            found = self._lines[box] = box.text.lines(self.room(box), balanced=even, fine=fine)
        return found

    def least(self, box: Box) -> float:
        """The least height in which a box can be printed whole."""
        found = self._least.get(box)
        if found is None:
            lines = upright_lines(box, int(self.room(box))) if box.upright else self.lines(box)
            found = self._least[box] = self.setting.height(len(lines))
        return found

    def _count_lines(self) -> None:
        """Find how many lines each row asks for: a vertical label would stand as its edition has it."""
        self._counts = [
            max([len(upright_lines(box, box.upright) if box.upright else self.lines(box)) for box in boxes], default=1)
            for boxes in self.in_row
        ]
        self._set_heights()

    def _set_heights(self) -> None:
        height = {count: self.setting.height(count) for count in set(self._counts)}
        self.heights = [height[count] for count in self._counts]

    def flows(self, box: Box) -> bool:
        """Whether the text of a box runs on over page breaks in pieces."""
        return not box.repeats or self.least(box) > self.limit

    @cached_property
    def heads(self) -> list[tuple[int, ...]]:
        """For each row, the rows above it in its band that are repeated on a new page."""
        found: list[tuple[int, ...]] = []
        heads: tuple[int, ...] = ()
        for n, row in enumerate(self.grid.rows):
            if n and row.band != self.grid.rows[n - 1].band:
                heads = ()
            found.append(() if row.head else heads)
            heads = (*heads, n) if row.head else heads
        return found


def upright_lines(box: Box, across: int) -> list[Line]:
    """A vertical label with so many characters a line."""
    across = max(across, 1)
    return [
        Line(paragraph, start, min(start + across, len(paragraph.text)), last=True)
        for paragraph in box.text.paragraphs
        for start in range(0, len(paragraph.text), across)
    ]


def set_upright(box: Box, setting: Setting, room: float, height: float) -> tuple[list[Line], float]:
    """A vertical label in a height: as the edition has it, else two a line, else across. Lines and their distance.

    Before its words are torn apart it stands nearer to the rules above and below it.
    """
    tight = setting._replace(pad=min(setting.pad, _TIGHT))
    tried = [upright_lines(box, across) for across in (box.upright, 2, *range(3, int(room) + 1))]
    lines = next((one for one in tried if tight.height(len(one)) <= height + 1e-6), tried[-1])
    if len(lines) < 2:
        return lines, setting.leading
    free = (height - 2 * setting.pad - setting.size) / (len(lines) - 1)
    return lines, min(max(free, setting.leading), setting.size * _LOOSE)
