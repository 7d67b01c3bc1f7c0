"""Reads the grid of an edition: bands of cells that fill it without holes, and the columns of the indicator rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from typing import Any

from forms.documents import FormKind
from forms.edition import Align, Band, Cell, Column, ColumnKey, EditionError, Orientation, Part
from forms.strict_toml import Table

KEY = r"[^.\[\]]+"
"""The key of a field. It holds no dot and no bracket, or its path would be another's; nor does a label of a fund."""
PAPER: Mapping[Orientation, int] = {"portrait": 210, "landscape": 297}
"""Width of the paper (A4) in mm: no table is wider."""
MAX_ROWS = 100
"""Rows of a band of cells."""

_ALIGNS = ("left", "center", "right", "top-left", "value")
_COLUMNS: Mapping[FormKind, tuple[str, ...]] = {
    "declaration": ("l1", "l2", "l3", "target", "mid_l3", "mid_target"),
    "evaluation": ("l1", "l2", "l3", "target", "actual", "points", "score", "reason"),
}
_PATHS: Mapping[FormKind, re.Pattern[str]] = {
    "declaration": re.compile(rf"fields\.({KEY})|funds\.{KEY}|overall_goal|annual_goal"),
    "evaluation": re.compile(rf"fields\.({KEY})|funds\[[0-9]\]\.{KEY}|expected|actual|total_points|total_score"),
}
"""What a cell may print."""


class BandReader:
    """Reads the bands of a form of a kind, with its fields, on paper that stands or lies."""

    def __init__(self, kind: FormKind, fields: set[str], orientation: Orientation) -> None:
        self.kind, self.fields, self.paper = kind, fields, PAPER[orientation]

    def band(self, table: Table) -> Band:
        """Read a band and close its table. Raises EditionError."""
        part: Part = table.one_of("part", ("fields", "funds", "goals", "indicators", "total"))
        edges = self._edges(table)
        band = self._rows(table, edges) if part == "indicators" else self._grid(table, part, edges)
        table.close()
        return band

    def _edges(self, table: Table) -> tuple[Decimal, ...]:
        edges = table.take("edges", list)
        if not all(isinstance(edge, (int, float)) and not isinstance(edge, bool) and isfinite(edge) for edge in edges):
            raise table.wrong("edges", "应为数的列表")
        if len(edges) < 2 or edges[0] != 0 or edges != sorted(set(edges)) or edges[-1] > self.paper:
            raise table.wrong("edges", f"应从0起递增，至多{self.paper}")
        return tuple(Decimal(str(edge)) for edge in edges)

    def _rows(self, table: Table, edges: tuple[Decimal, ...]) -> Band:
        side = self._cell(table.table("side"))
        if side.label is None:
            raise table.wrong("side", "应有label")
        columns = tuple(_column(one) for one in table.tables("columns"))
        keys = [column.key for column in columns]
        # The half of the medium term and that of the year each show their 二级指标.
        table.refuse_twice("columns", [key for at, key in enumerate(keys) if key != "l2" or at == 1])
        allowed = _COLUMNS[self.kind]
        if keys[:2] != ["l1", "l2"] or "l3" not in keys or not set(keys) <= set(allowed):
            raise table.wrong("columns", f"应以l1、l2开头，含有l3，只能用{'、'.join(allowed)}")
        if len(columns) != len(edges) - 2:
            raise table.wrong("columns", "应与edges相配")
        return Band("indicators", edges, side=side, columns=columns)

    def _grid(self, table: Table, part: Part, edges: tuple[Decimal, ...]) -> Band:
        width = len(edges) - 1
        cells = tuple(self._cell(one) for one in table.tables("cells"))
        taken: set[tuple[int, int]] = set()
        for n, cell in enumerate(cells, 1):
            if cell.column + cell.columns > width or cell.row + cell.rows > MAX_ROWS:
                raise table.wrong("cells", f"第{n}项超出网格")
            places = {(cell.row + i, cell.column + k) for i in range(cell.rows) for k in range(cell.columns)}
            if taken & places:
                raise table.wrong("cells", f"第{n}项与前面的重叠")
            taken |= places
        rows = max((cell.row + cell.rows for cell in cells), default=0)
        if not cells or len(taken) != rows * width:
            raise table.wrong("cells", "应恰好铺满网格")
        return Band(part, edges, cells, table.whole("header_rows", 0, rows, 0))

    def _cell(self, table: Table) -> Cell:
        row, column = _place(table, "at")
        rows, columns = _place(table, "span")
        label = table.with_blanks("label", "{from}", "{to}") if "label" in table.left else None
        path = table.take("path", str, None)
        if (label is None) == (path is None):
            raise EditionError(f"{table.where}应恰有label与path之一")
        if path is not None:
            self._check_path(table, path)
        align: Align = table.one_of("align", _ALIGNS, "center")
        cell = Cell(row - 1, column - 1, rows, columns, label, path, align, table.whole("upright", 0, 20, 0))
        table.close()
        return cell

    def _check_path(self, table: Table, path: str) -> None:
        place = _PATHS[self.kind].fullmatch(path)
        if place is None:
            raise table.wrong("path", f"“{path}”不是这种表上的位置")
        if place[1] is not None and place[1] not in self.fields:
            raise table.wrong("path", f"“{path}”不在fields里")


def _place(table: Table, key: str) -> tuple[int, int]:
    pair: list[Any] = table.take(key, list, [1, 1])
    if len(pair) != 2 or not all(isinstance(n, int) and not isinstance(n, bool) and 1 <= n <= MAX_ROWS for n in pair):
        raise table.wrong(key, f"应为两个1至{MAX_ROWS}的整数")
    return pair[0], pair[1]


def _column(table: Table) -> Column:
    key: ColumnKey = table.one_of("key", tuple(dict.fromkeys(one for keys in _COLUMNS.values() for one in keys)))
    column = Column(key, table.take("label", str), table.one_of("align", _ALIGNS))
    table.close()
    return column
