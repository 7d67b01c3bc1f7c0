"""Plain tables and charts on paper: summaries, workings, comparisons. No official forms: they carry no package."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

from forms.edition import Cell
from forms.printing.columns import fitted
from forms.printing.draw import ASCENT, Sheet
from forms.printing.embed import Typesetter
from forms.printing.fonts import shipped
from forms.printing.grid import Box, Grid, Row
from forms.printing.layout import MM, Layout, Setting
from forms.printing.linebreak import Text
from forms.printing.paginate import paginate
from forms.printing.plain_paper import plain_pdf
from forms.printing.sheets import FOOT, PORTRAIT, TOP
from forms.tables import Chart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forms.printing.linebreak import Line
    from forms.printing.options import Role
    from forms.tables import Table

_TITLE, _SUBTITLE, _NOTE = 18.0, 11.0, 10.5
_SIDE: Final = 20 * MM
_HEAD: Final = _TITLE + 8 + _SUBTITLE + 8
_SIZES: Final = (10.5, 10.0, 9.5, 9.0)
_PAD: Final = 1.4 * MM
_NOTE_STEP: Final = _NOTE * 1.5
_TOGETHER: Final = 4
"""Lines of the notes that stand on the page of the last row; further ones may go on to another."""
_LABEL: Final = 60
"""Characters of a column's label, which is printed on each page: it may hold a name of any length."""
_BAR, _BAR_STEP, _BAR_TYPE = 12.0, 24.0, 10.5
_BAR_GREY, _TRACK_GREY = 0.45, 0.9
_LABEL_SHARE, _TEXT_SHARE = 0.36, 0.18
"""Shares of the width for what stands before and behind the bars."""
_TINY: Final = 1e-6
_ENDLESS: Final = 1e6
"""Ems that no line is as long as."""


def _measure(char: str) -> float:
    return shipped().measure("table")(char)


def print_tables(tables: Sequence[Table | Chart]) -> bytes:
    """Return a PDF of tables and charts, each from a new page."""
    typesetter = Typesetter(shipped())
    sheets = [sheet for one in tables for sheet in _typeset(one, typesetter)]
    return plain_pdf(tables[0].name if tables else "", sheets, typesetter)


def _typeset(one: Table | Chart, typesetter: Typesetter) -> list[Sheet]:
    return _chart(one, typesetter) if isinstance(one, Chart) else _table(one, typesetter)


# ---------------------------------------------------------------- tables


def _table(table: Table, typesetter: Typesetter) -> list[Sheet]:
    width, height = PORTRAIT[::-1] if table.landscape else PORTRAIT
    room, notes = height - TOP - FOOT, _note_lines(table, width)
    grid = _grid(table, (width - 2 * _SIDE) / MM)
    tail = _NOTE + min(len(notes), _TOGETHER) * _NOTE_STEP if notes else 0.0
    layouts = (_layout(grid, size, room) for size in _SIZES)
    tried = [(layout, paginate(layout, room - _HEAD, room, tail)) for layout in layouts]
    layout, pages = min(tried, key=lambda one: len(one[1]))  # the largest type of those with the fewest pages
    sheets: list[Sheet] = []
    top = TOP
    for page in pages:
        sheets.append(Sheet(width, height, typesetter))
        top = TOP if len(sheets) > 1 else _heading(sheets[0], table.title, table.subtitle)
        sheets[-1].table(page, layout, _SIDE, top)
        top += page.height + _NOTE
    for line in notes:
        if top + _NOTE_STEP > height - FOOT + _TINY:
            sheets.append(Sheet(width, height, typesetter))
            top = TOP
        sheets[-1].line(line, _SIDE, top + ASCENT * _NOTE, _NOTE)
        top += _NOTE_STEP
    return sheets


def _layout(grid: Grid, size: float, room: float) -> Layout:
    edges, _ = fitted(grid, list(grid.edges), size)
    return Layout(grid, Setting(size, _PAD), edges, room / 3)


def _grid(table: Table, width: float) -> Grid:
    """The table as a grid of one band, its columns by their shares of a width in mm."""
    shares = [column.width for column in table.columns]
    edges = tuple(width * share / sum(shares) for share in accumulate(shares, initial=0.0))
    lines = (
        tuple(_shortened(column.label) for column in table.columns),
        *table.rows,
        *([table.totals] if table.totals else []),
    )
    rows = [Row(0, head=False, keep=False) for _ in lines]
    rows[0] = Row(0, head=True, keep=len(lines) > 1)
    if table.totals and len(lines) > 2:
        rows[-2] = Row(0, head=False, keep=True)  # sums never stand alone on a page
    boxes = [
        Box(
            0,
            Cell(n, k, 1, 1, align="center" if n == 0 else column.align),
            0,
            Text(text, _measure),
            None,
            repeats=n == 0,
        )
        for n, line in enumerate(lines)
        for k, (text, column) in enumerate(zip(line, table.columns, strict=True))
    ]
    return Grid(tuple(rows), tuple(boxes), (edges,), ("table",))


def _shortened(label: str) -> str:
    whole = " ".join(label.splitlines())  # lines of a name would make the head as high as the page
    return whole if len(whole) <= _LABEL else f"{whole[: _LABEL - 1]}…"


def _note_lines(table: Table, width: float) -> list[Line]:
    return [line for note in table.notes for line in Text(note, _measure).lines((width - 2 * _SIDE) / _NOTE)]


def _heading(sheet: Sheet, title: str, subtitle: str) -> float:
    """Set title and subtitle; return where the page goes on."""
    _centred(sheet, title, TOP + ASCENT * _TITLE, _TITLE, "title")
    _centred(sheet, subtitle, TOP + _TITLE + 8 + ASCENT * _SUBTITLE, _SUBTITLE, "table")
    return TOP + _HEAD


def _centred(sheet: Sheet, text: str, baseline: float, size: float, role: Role) -> None:
    line = _one_line(text, (sheet.width - 2 * _SIDE) / size, role)
    if line is not None:
        sheet.line(line, line.centred(0, sheet.width, size), baseline, size, role)


# ---------------------------------------------------------------- charts


def _chart(chart: Chart, typesetter: Typesetter) -> list[Sheet]:
    width, height = PORTRAIT
    span = width - 2 * _SIDE
    sheets: list[Sheet] = []
    top = height
    for bar in chart.bars:
        if top + _BAR_STEP > height - FOOT:
            sheets.append(Sheet(width, height, typesetter))
            top = TOP if len(sheets) > 1 else _heading(sheets[0], chart.title, chart.subtitle)
        sheet, left = sheets[-1], _SIDE + span * _LABEL_SHARE
        length = span * (1 - _LABEL_SHARE - _TEXT_SHARE)
        base = top + (_BAR_STEP - _BAR_TYPE) / 2 + ASCENT * _BAR_TYPE
        label = _one_line(bar.label, span * _LABEL_SHARE / _BAR_TYPE - 1)
        if label is not None:
            sheet.line(label, left - (label.width + 0.6) * _BAR_TYPE, base, _BAR_TYPE)
        sheet.bar(left, top + (_BAR_STEP - _BAR) / 2, length, _BAR, _TRACK_GREY)
        sheet.bar(left, top + (_BAR_STEP - _BAR) / 2, length * min(max(bar.share, 0.0), 1.0), _BAR, _BAR_GREY)
        percent = _one_line(bar.text, span * _TEXT_SHARE / _BAR_TYPE)
        if percent is not None:
            sheet.line(percent, left + length + 6, base, _BAR_TYPE)
        top += _BAR_STEP
    return sheets or [Sheet(width, height, typesetter)]


def _one_line(text: str, room: float, role: Role = "table") -> Line | None:
    """A text on one line: cut with an ellipsis where it is wider than so many ems; None for a blank one."""
    measure = shipped().measure(role)
    flat = " ".join(text.split())
    if len(flat) > 1 and sum(map(measure, flat)) > room:
        fitting = sum(width <= room - measure("…") for width in accumulate(map(measure, flat)))
        flat = f"{flat[: max(fitting, 1)]}…"
    return next(iter(Text(flat, measure).lines(_ENDLESS)), None)
