"""A plain block of cells pasted onto the cells of rows that are there, as in a spreadsheet; and rows put beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.exchange.tables import Table
from desktop.presenters.indicator_cells import Column, Shown, columns_of, is_editable, text_of, typed
from desktop.presenters.table_mapping import is_heading_row
from desktop.presenters.taxonomy_words import TaxonomyWords
from desktop.texts import text
from forms.documents import Indicator, Project
from forms.edits import Edit, Put
from forms.indicators import Levels, Rows, insert, place_for, put_rows
from forms.values import sign_of

_WHOLE: tuple[Column, ...] = ("l3", "number", "mid_l3", "mid_target", "actual", "points", "score", "reason")
"""The columns that a block runs over; a value is one cell of it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is to be put."""

    cell: tuple[int, Column] | None = None
    """Row and column of the cursor."""
    chosen: tuple[int, ...] = ()
    """The rows that are chosen."""
    levels: Levels | None = None
    """The 一级 and 二级指标 at hand …"""
    after: int | None = None
    """… and the row behind which other rows go; None: where the edition has them."""


def pasted(shown: Shown, found: Rows | Table, spot: Spot) -> Edit | None:
    """Return the edit that puts rows or a table there; None where the clerk has to be asked what is meant."""
    if not isinstance(found, Table):
        return paste_rows(shown, found, spot.after, spot.levels)
    return None if spot.cell is None else paste_cells(shown, found, *spot.cell, spot.chosen)


def paste_cells(shown: Shown, table: Table, at: int, column: Column, chosen: Sequence[int] = ()) -> Edit | None:
    """Return the edit that writes a block from row ``at`` and a column on; None where that is not what was meant.

    The edit is empty where the same stands there already. A block is meant that has no headings and no levels and
    ends within the form. One cell, or one line of cells, goes into each of several ``chosen`` rows.
    """
    words = TaxonomyWords(shown.edition)
    if any(is_heading_row(row) for row in table.rows[:2]) or _has_levels(table, words):
        return None
    lines = [*table.rows]
    rows = list(range(at, at + len(lines)))
    if len(lines) == 1 and len(chosen) > 1:
        rows, lines = sorted(chosen), lines * len(chosen)
    columns = _columns(shown, table, column)
    if columns is None or rows[-1] >= len(shown.rows):
        return None
    before, new = shown.rows, list(shown.rows)
    beside: list[Put] = []
    for at_row, cells in zip(rows, lines, strict=True):
        for key, cell in zip(columns, cells, strict=True):
            locked = frozenset({0}) if at_row in shown.locked else frozenset()
            new[at_row], more = _written(replace(shown, rows=(new[at_row],), locked=locked), key, cell)
            for put in more:  # the reasons why rows are others than declared, kept by name
                shown = replace(shown, evaluation=put.apply(Project(evaluation=shown.evaluation)).evaluation)
            beside += more
    count = len(rows) * table.width
    edit = put_rows(shown.form, text("tables.edit_cells", count=count), before, tuple(new))
    return edit._replace(changes=(*edit.changes, *beside))


def _written(alone: Shown, column: Column, cell: str) -> tuple[Indicator, list[Put]]:
    """A row, alone in its form, after a text was typed into one of its cells; and what changes beside the rows."""
    row = alone.rows[0]
    edit = typed(alone, 0, column, cell) if is_editable(row, column) else None
    puts = [] if edit is None else [change for change in edit.changes if isinstance(change, Put)]
    here = (alone.form, "indicators", 0)
    row = row._replace(**{str(put.path[-1]): put.new for put in puts if put.path[:3] == here})
    return row, [put for put in puts if put.path[:3] != here]


def cell_words(shown: Shown, at: int, column: Column) -> str:
    """The text of a cell as it is copied: on 数值 the whole value, as a text typed there is taken for one."""
    row = shown.rows[at]
    return row.target if column == "number" else text_of(row, column)


def cleared(shown: Shown, at: int, column: Column) -> Edit | None:
    """Return the edit that cuts the text of a cell out; None where the cell is blank or cannot be changed."""
    if not is_editable(shown.rows[at], column):
        return None
    edit = typed(shown, at, column, "")
    return None if edit is None else edit._replace(name=text("tables.cut_cell"))


def _columns(shown: Shown, table: Table, column: Column) -> Sequence[Column] | None:
    """The columns that the block lies on; None where it is too wide, or the column is none to write in."""
    known = columns_of(shown)
    apart = column == "sign" or (column == "number" and table.width == 1)
    if column == "sign" and not all(sign_of(row[0].strip()) or not row[0].strip() for row in table.rows):
        apart, column = False, "number"  # whole values dropped on the first cell of the value
    order: Sequence[Column] = known if apart or column == "unit" else [one for one in _WHOLE if one in known]
    if column not in order:
        return None
    start = order.index(column)
    found = [one for one in order[start:] if one != "hint"][: table.width]
    return found if len(found) == table.width else None


def _has_levels(table: Table, words: TaxonomyWords) -> bool:
    """Whether a block tells of 一级 or 二级指标: then it is rows and not cells."""
    first = [row[0] for row in table.rows if row[0].strip()]
    return table.width > 1 and any(words.is_l1(one) or words.is_l2(one) for one in first)


def paste_rows(shown: Shown, rows: Rows, at: int | None, levels: Levels | None) -> Edit | None:
    """Return the edit that puts copied rows in; None where some of them belong to levels the edition has not.

    Rows of one 二级指标 go behind row ``at`` and take its ``levels`` (without a row: to where these belong). Rows of
    several go each to its own.
    """
    form = shown.form
    kept = rows if form == "evaluation" else tuple(_declared_only(row) for row in rows)
    name = text("tables.edit", act=text("tables.paste"), count=len(rows))
    if len({(row.l1, row.l2) for row in kept}) == 1 and levels is not None:
        place = place_for(shown.rows, shown.edition, levels) if at is None else at + 1
        edit = insert(form, shown.rows, place, [row._replace(l1=levels[0], l2=levels[1]) for row in kept])
        return edit._replace(name=name)
    words = TaxonomyWords(shown.edition, {(row.l1, row.l2) for row in shown.rows})
    new = shown.rows
    groups: dict[Levels, list[Indicator]] = {}
    for row in kept:
        found = words.levels(row.l1, row.l2, None)
        if isinstance(found, str):
            return None
        groups.setdefault(found, []).append(row._replace(l1=found[0], l2=found[1]))
    for pair, added in groups.items():
        place = place_for(new, shown.edition, pair)
        new = (*new[:place], *added, *new[place:])
    return put_rows(form, name, shown.rows, new)


def _declared_only(row: Indicator) -> Indicator:
    return row._replace(actual="", points="", score="", reason="", tier="")
