"""The rows of a foreign table as indicators, by the meaning of its columns; each that cannot be taken with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.exchange.tables import Table
from desktop.presenters.indicator_cells import assembled
from desktop.presenters.table_mapping import Mapping, Meaning, is_heading_row
from desktop.presenters.taxonomy_words import TaxonomyWords
from desktop.texts import text
from forms.documents import Indicator
from forms.edition import ValueStyle
from forms.indicators import CellKey, Levels
from forms.reading import plain_number, sq
from forms.values import Sign, sign_of

_LONGEST_TOTAL = 12
"""Characters, blanks between them included."""
_TOTALS = {"合计", "总计", "小计", "总分", "合计得分"}
_SIGN_WORDS: dict[str, Sign] = {
    **dict.fromkeys(("大于等于", "大于或等于", "不低于", "不少于", "不小于", "至少"), "≥"),
    **dict.fromkeys(("小于等于", "小于或等于", "不高于", "不超过", "不大于", "不多于", "至多"), "≤"),
    "等于": "=",
    "大于": ">",
    "小于": "<",
}
_CELLS: tuple[CellKey, ...] = ("l3", "target", "mid_l3", "mid_target", "actual", "points", "score", "reason")
_COUNTED_ONCE = ("points", "score")
"""A merged cell of these belongs to its first row alone: repeated, its points would be counted again."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row of the table: an indicator, or why there is none."""

    line: int
    """Row of the table, from 0."""
    row: Indicator | None = None
    reason: str = ""
    refused: bool = False
    """There was something to take in, and it cannot be."""


def cells_of(mapping: Mapping) -> frozenset[CellKey]:
    """Return the cells of an indicator that the table says something of."""
    named: set[Meaning] = {*mapping.columns}
    found: set[CellKey] = {key for key in _CELLS if key in named}
    if named & {"sign", "number", "unit"}:
        found.add("target")
    return frozenset(found)


def incoming(
    table: Table, mapping: Mapping, words: TaxonomyWords, style: ValueStyle, home: Levels | None
) -> Iterator[Incoming]:
    """Read the rows of a table. One without 一级 and 二级指标, where no row above has them, goes to ``home``."""
    above = ("", "")
    for line, cells in enumerate(table.rows):
        if line < mapping.first or not any(cell.strip() for cell in cells):
            continue
        row = _row(table, line, mapping, style)
        is_heading = is_heading_row(cells)
        reason = text("tables.is_heading") if is_heading else _left_out(cells, row)
        if not is_heading:
            above = (row.l1, row.l2) if row.l1.strip() else (above[0], row.l2 if row.l2.strip() else above[1])
        if reason:
            yield Incoming(line, reason=reason)
        elif not row.name.strip() and mapping.column("l3") is not None:
            yield Incoming(line, reason=text("tables.no_name"), refused=True)
        else:
            levels = words.levels(*above, home)
            if isinstance(levels, str):
                yield Incoming(line, reason=levels, refused=True)
            else:
                yield Incoming(line, row._replace(l1=levels[0], l2=levels[1]))


def _left_out(cells: Sequence[str], row: Indicator) -> str:
    """Why a row is no indicator at all."""
    if any(len(one) < _LONGEST_TOTAL and sq(one) in _TOTALS for one in cells):
        return text("tables.is_total")
    return text("tables.no_indicator") if row._replace(l1="", l2="") == Indicator("", "") else ""


def _row(table: Table, line: int, mapping: Mapping, style: ValueStyle) -> Indicator:
    """The cells of a row of the table by their meaning; 一级 and 二级指标 as they are written."""

    def cell(meaning: Meaning) -> str:
        at = mapping.column(meaning)
        if at is None or (meaning in _COUNTED_ONCE and (line, at) in table.filled):
            return ""
        return table.rows[line][at]

    target = cell("target")
    if not target.strip():
        target = _value(style, sq(cell("sign")), cell("number"), cell("unit").strip())
    row = Indicator(
        cell("l1"), cell("l2"), cell("l3"), target, cell("actual"), cell("points"), cell("score"), cell("reason")
    )
    return row._replace(mid_l3=cell("mid_l3"), mid_target=cell("mid_target"))


def _value(style: ValueStyle, sign: str, number: str, unit: str) -> str:
    """A value of three columns; words, and a number that has its unit with it, stay as they are."""
    if not number.strip() or plain_number(number) is None:
        return number
    return assembled(style, sign_of(sign) or _SIGN_WORDS.get(sign, ""), number.strip(), unit.strip("()（）"))
