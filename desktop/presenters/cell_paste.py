"""A plain block of cells pasted onto the cells of rows that are there, as in a spreadsheet; and rows put beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.exchange.tables import Table
from desktop.presenters.indicator_cells import Column, Shown, columns_of, is_editable, typed
from desktop.presenters.table_mapping import is_heading_row
from desktop.presenters.taxonomy_words import TaxonomyWords
from desktop.texts import text
from forms.documents import Indicator
from forms.edits import Edit, Put
from forms.indicators import Levels, Rows, insert, place_for, put_rows
from forms.values import sign_of

_WHOLE: tuple[Column, ...] = ("l3", "number", "mid_l3", "mid_target", "actual", "points", "score", "reason")
"""The columns that a block runs over; a value is one cell of it."""


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
    new = list(shown.rows)
    for at_row, cells in zip(rows, lines, strict=True):
        for key, cell in zip(columns, cells, strict=True):
            new[at_row] = _written(replace(shown, rows=(new[at_row],)), key, cell)
    count = len(rows) * table.width
    return put_rows(shown.form, text("tables.edit_cells", count=count), shown.rows, tuple(new))


def _written(alone: Shown, column: Column, cell: str) -> Indicator:
    """A row, alone in its form, after a text was typed into one of its cells."""
    row = alone.rows[0]
    if not is_editable(row, column):
        return row
    edit = typed(alone, 0, column, cell)
    if edit is None:
        return row
    change = edit.changes[0]
    return replace(row, **{str(change.path[-1]): change.new}) if isinstance(change, Put) else row


def _columns(shown: Shown, table: Table, column: Column) -> Sequence[Column] | None:
    """The columns that the block lies on; None where it is too wide."""
    known = columns_of(shown)
    apart = column == "sign" or (column == "number" and table.width == 1)
    if column == "sign" and not all(sign_of(row[0].strip()) or not row[0].strip() for row in table.rows):
        apart, column = False, "number"  # whole values dropped on the first cell of the value
    order: Sequence[Column] = known if apart or column == "unit" else [one for one in _WHOLE if one in known]
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
        edit = insert(form, shown.rows, place, [replace(row, l1=levels[0], l2=levels[1]) for row in kept])
        return replace(edit, name=name)
    words = TaxonomyWords(shown.edition, {(row.l1, row.l2) for row in shown.rows})
    new = shown.rows
    groups: dict[Levels, list[Indicator]] = {}
    for row in kept:
        found = words.levels(row.l1, row.l2, None)
        if isinstance(found, str):
            return None
        groups.setdefault(found, []).append(replace(row, l1=found[0], l2=found[1]))
    for pair, added in groups.items():
        place = place_for(new, shown.edition, pair)
        new = (*new[:place], *added, *new[place:])
    return put_rows(form, name, shown.rows, new)


def _declared_only(row: Indicator) -> Indicator:
    return replace(row, actual="", points="", score="", reason="", tier="")
