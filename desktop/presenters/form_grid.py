"""The pages of a form as its edition draws them: each cell of a band is a label or a place to type.

An edition that a person puts into the data folder works at once: nothing here knows a particular form.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from desktop.presenters.entries import Entry, EntryKind
from forms.documents import FormKind, Project, parse_path
from forms.edition import Band, Cell, Edition, Part, without_period

_LONG = {"overall_goal", "annual_goal", "expected", "actual"}
_AMOUNT_COLUMNS = {"年初预算数", "全年预算数", "全年执行数"}
_DERIVED = {"执行率", "得分", "total_score"}


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell at its place; a label or an entry."""

    row: int
    column: int
    rows: int
    columns: int
    label: str = ""
    upright: int = 0
    entry: Entry | None = None
    period: tuple[Entry, Entry] | None = None
    """First and last year that the label asks for."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A band of cells with the widths of its columns in mm."""

    part: Part
    widths: tuple[Decimal, ...]
    cells: tuple[GridCell, ...]


def edition_of(project: Project, kind: FormKind) -> str:
    """Return the edition id of one of the project's forms; nothing where it has no such form."""
    form = project.declaration if kind == "declaration" else project.evaluation
    return "" if form is None else form.edition


def grids(edition: Edition, parts: Collection[Part]) -> tuple[Grid, ...]:
    """Return the bands of some parts of a form, from top to bottom."""
    return tuple(
        Grid(
            band.part,
            tuple(right - left for left, right in zip(band.edges, band.edges[1:], strict=False)),
            tuple(_grid_cell(edition, band, cell) for cell in band.cells),
        )
        for band in edition.bands
        if band.part in parts and band.cells
    )


def entries(edition: Edition, parts: Collection[Part]) -> tuple[Entry, ...]:
    """Return all places to type of some parts of a form, in the order of the form."""
    found: list[Entry] = []
    for grid in grids(edition, parts):
        for cell in sorted(grid.cells, key=lambda one: (one.row, one.column)):
            found.extend(cell.period or ())
            if cell.entry is not None:
                found.append(cell.entry)
    return tuple(found)


def _grid_cell(edition: Edition, band: Band, cell: Cell) -> GridCell:
    place = (cell.row, cell.column, cell.rows, cell.columns)
    if cell.path is not None:
        return GridCell(*place, entry=_entry(edition, band, cell, cell.path))
    label = cell.label or ""
    if "{from}" in label:
        first = without_period(label)
        years = (_year(edition, "start", first), _year(edition, "end", first))
        return GridCell(*place, label=first, period=years)
    return GridCell(*place, label=label, upright=cell.upright)


def _year(edition: Edition, which: str, label: str) -> Entry:
    return Entry(f"{edition.kind}.overall_period.{which}", EntryKind.YEAR, label, align="center")


def _entry(edition: Edition, band: Band, cell: Cell, where: str) -> Entry:
    steps = parse_path(where)
    key = str(steps[-1])
    field = edition.field(key) if steps[0] == "fields" else None
    kind, amounts = EntryKind.LINE, None
    if field is not None:
        kind = {"choice": EntryKind.CHOICE, "date": EntryKind.DATE}.get(field.kind, EntryKind.LINE)
    elif key in _LONG:
        kind = EntryKind.LONG
    elif key in _AMOUNT_COLUMNS or (steps[0] == "funds" and len(steps) == 2):
        kind, amounts = EntryKind.AMOUNT, edition.amounts
    elif key in _DERIVED:
        kind = EntryKind.DERIVED
    return Entry(
        f"{edition.kind}.{where}",
        kind,
        _name(band, cell, steps),
        field.choices if field is not None else (),
        cell.align,
        amounts,
    )


def _name(band: Band, cell: Cell, steps: tuple[str | int, ...]) -> str:
    """What the form calls a cell: its key where that is a word of the form, else the labels around it."""
    key = str(steps[-1])
    if len(steps) == 2 and not key.isascii():
        return key
    above = band.labels_above(cell)
    left = [
        one.label
        for one in band.cells
        if one.label and not one.upright and one.row == cell.row and one.rows == 1 and one.column < cell.column
    ]
    if len(steps) == 3 and left and above:
        return f"{left[-1]}·{above[-1]}".replace("\n", "")
    return (above or left or [key])[-1].split("\n")[0]
