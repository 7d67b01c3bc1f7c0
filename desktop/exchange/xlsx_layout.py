"""Where everything stands on a sheet: the grid of a form brought to one set of columns, rows as high as their texts.

The bands of a form have their own column edges; a sheet has one set for all. Edges of several bands that nearly meet
become one column edge, and each box of the grid covers the columns between its own. Lengths: columns in mm, rows in pt.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from forms.documents import Declaration, Evaluation, Narrative
from forms.printing.columns import balanced, fitted
from forms.printing.grid import build, printed_texts
from forms.printing.linebreak import Text

if TYPE_CHECKING:
    from forms.edition import Edition
    from forms.printing.grid import Box, Grid

BODY_SIZE = 10.0
"""Points of the type in the cells."""
NARRATIVE_TITLE = "项目经费情况说明"

_TITLE, _YEAR, _HEADING = 18.0, 12.0, 14.0
_LEADING, _PAD = 1.36, 5.0
_TALLEST = 380.0
"""A row of a sheet may be 409 pt high; a higher one of the form takes several rows, merged."""
_PT_PER_MM = 72 / 25.4
_MEETING = 2.2
"""Edges of two bands that are no further apart become one."""
_NARROWER = 0.97
"""The share of a cell's width that a text surely has in every spreadsheet."""
_SPARE = 8
"""One line in so many is left free."""
_NARRATIVE_WIDTH = 170.0


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of the sheet, perhaps merged. Rows and columns count from 0."""

    row: int
    column: int
    rows: int
    columns: int
    words: str
    across: str = "center"
    down: str = "center"
    size: float = BODY_SIZE
    bold: bool = False
    stacked: bool = False
    """One character a line."""
    framed: bool = True


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """A whole sheet."""

    cells: tuple[SheetCell, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    top: int = 0
    """First row of the frame."""
    repeated: int | None = None
    """The row that every further page begins with."""


def _em_width(char: str) -> float:
    """Width of a character in ems, as in 宋体: the face of every spreadsheet that the forms are opened with."""
    return 1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5


def form_layout(form: Declaration | Evaluation, edition: Edition) -> SheetLayout:
    """Return the sheet of a form: title, year line, table."""
    grid = build(form, edition, _em_width)
    printed = dict(printed_texts(form, edition))
    wide, _ = fitted(grid, balanced(grid), BODY_SIZE, 1.0)
    edges, places = _columns([[round(edge / _PT_PER_MM, 2) for edge in band] for band in wide])
    rooms = {box: _room(box, edges, places) for box in grid.boxes}
    heights = _row_heights(grid, rooms)
    parts = [max(1, -int(-height // _TALLEST)) for height in heights]
    starts = [2 + sum(parts[:row]) for row in range(len(parts) + 1)]
    year = edition.year_line.replace("{year}", str(form.year))
    width = len(edges) - 1
    cells = [
        SheetCell(0, 0, 1, width, edition.title, size=_TITLE, bold=True, framed=False),
        SheetCell(1, 0, 1, width, year, size=_YEAR, framed=False),
    ]
    for box in grid.boxes:
        left, right = places[box.band][box.column], places[box.band][box.column + box.columns]
        first, last = starts[box.row], starts[box.row + box.rows]
        words = _words(box, printed)
        across, down = _alignment(box, rooms[box])
        stacked = box.upright == 1
        cells.append(SheetCell(first, left, last - first, right - left, words, across, down, stacked=stacked))
    tall = [height / count for height, count in zip(heights, parts, strict=True) for _ in range(count)]
    band = grid.parts.index("indicators") if "indicators" in grid.parts else -1
    head = next((at for at, row in enumerate(grid.rows) if row.band == band and row.head), None)
    widths = tuple(right - left for left, right in pairwise(edges))
    heights_of_all = (_TITLE * 1.9, _YEAR * 1.9, *tall)
    return SheetLayout(tuple(cells), widths, heights_of_all, 2, None if head is None else starts[head])


def narrative_layout(narrative: Narrative) -> SheetLayout:
    """Return the sheet of 项目经费情况说明: its title, then heading and paragraphs of each section."""
    cells = [SheetCell(0, 0, 1, 1, NARRATIVE_TITLE, size=_TITLE, bold=True, framed=False)]
    heights = [_TITLE * 1.9]
    for section in narrative.sections:
        cells.append(SheetCell(len(heights), 0, 1, 1, section.title, "left", size=_HEADING, bold=True, framed=False))
        heights.append(_HEADING * 1.9)
        for paragraph in section.text.split("\n") if section.text else ():
            height = _height(paragraph, _NARRATIVE_WIDTH * _PT_PER_MM / _YEAR * _NARROWER, _YEAR)
            count = max(1, -int(-height // _TALLEST))
            cells.append(SheetCell(len(heights), 0, count, 1, paragraph, "left", "top", size=_YEAR, framed=False))
            heights += [height / count] * count
    return SheetLayout(tuple(cells), (_NARRATIVE_WIDTH,), tuple(heights))


# ---------------------------------------------------------------- columns


def _columns(bands: Sequence[Sequence[float]]) -> tuple[list[float], list[list[int]]]:
    """The edges of the sheet's columns, and for each band which of them are its own."""
    groups: list[list[float]] = []
    for edge in sorted({edge for edges in bands for edge in edges}):
        if groups and edge - groups[-1][0] <= _MEETING and not _neighbours(bands, groups[-1], edge):
            groups[-1].append(edge)
        else:
            groups.append([edge])
    number = {edge: at for at, group in enumerate(groups) for edge in group}
    return [sum(group) / len(group) for group in groups], [[number[edge] for edge in edges] for edges in bands]


def _neighbours(bands: Sequence[Sequence[float]], group: list[float], edge: float) -> bool:
    """Whether a band has an edge of its own in a group already."""
    return any(edge in edges and any(other in edges for other in group) for edges in bands)


def _room(box: Box, edges: Sequence[float], places: Sequence[Sequence[int]]) -> float:
    """Width of a box for its text, in ems."""
    left, right = edges[places[box.band][box.column]], edges[places[box.band][box.column + box.columns]]
    return (right - left - 1.6) * _PT_PER_MM / BODY_SIZE * _NARROWER


# ---------------------------------------------------------------- rows and texts


def _row_heights(grid: Grid, rooms: dict[Box, float]) -> list[float]:
    heights = [_PAD * 2 + BODY_SIZE * _LEADING] * len(grid.rows)
    for box in sorted(grid.boxes, key=lambda one: one.rows):
        lines = len(_stacked(box)) if box.upright else box.text.count(max(rooms[box], 1.0))
        lines += lines // _SPARE  # a spreadsheet breaks a long text a little otherwise
        need = 2 * _PAD + max(lines, 1) * BODY_SIZE * _LEADING
        rows = slice(box.row, box.row + box.rows)
        missing = need - sum(heights[rows])
        if missing > 0:  # shared by all rows of a label, so that none of them stands out
            heights[rows] = [height + missing / box.rows for height in heights[rows]]
    return heights


def _height(words: str, room: float, size: float) -> float:
    lines = Text(words, _em_width).count(room)
    return max(1, lines + lines // _SPARE) * size * _LEADING + _PAD


def _stacked(box: Box) -> list[str]:
    """A vertical label as lines of so many characters as its edition has it."""
    across = max(box.upright, 1)
    parts = (paragraph.text for paragraph in box.text.paragraphs)
    return [part[start : start + across] for part in parts for start in range(0, len(part), across)]


def _words(box: Box, printed: dict[str, str]) -> str:
    if box.path is not None and box.path in printed:
        return printed[box.path]
    if box.upright > 1:
        return "\n".join(_stacked(box))
    return "\n".join(paragraph.text for paragraph in box.text.paragraphs)


def _alignment(box: Box, room: float) -> tuple[str, str]:
    if box.align == "top-left":
        return "left", "top"
    if box.align == "value":
        return ("center" if box.text.count(max(room, 1.0)) <= 1 else "left"), "center"
    return box.align, "center"
