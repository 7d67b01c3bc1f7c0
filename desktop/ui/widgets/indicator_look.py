"""What is chosen in the indicator table and where it stands, taken and brought back around undo and redo."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

from PySide6.QtCore import QModelIndex

from desktop.presenters.indicator_cells import Column
from desktop.presenters.line_steps import runs
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.widgets.indicator_table import IndicatorTable
from forms.indicators import Levels


@dataclass(frozen=True, slots=True)
class Look:
    """What is chosen in the view of a form, and how far below its upper edge the cursor is, in px."""

    rows: tuple[tuple[int, int], ...]
    """The rows, as first and last of each run of neighbours: hundreds of looks of thousands of rows are kept."""
    heads: tuple[tuple[Levels, int], ...]
    """Lines of the first two levels, by their levels and first row."""
    cell: tuple[int, Column] | None
    at_head: tuple[Levels, int] | None
    """The line of the cursor, where it is one of the first two levels."""
    top: int


def take_look(view: IndicatorTable, model: IndicatorModel) -> Look:
    """What is chosen and how far below the upper edge the cursor is."""
    index = view.currentIndex()
    facts, cell = model.facts(index), view.current_cell()
    at_head = None if facts is None or cell is not None else (facts.levels, facts.row)
    visible = model.visible
    heads = [model.facts(model.index(at, 0)) for at in view.chosen_lines() if visible[at] < 0]
    return Look(
        tuple(runs(view.selected_rows())),
        tuple((one.levels, one.row) for one in heads if one is not None),
        cell,
        at_head,
        view.verticalHeader().sectionViewportPosition(index.row()) if index.isValid() else 0,
    )


def restore_look(view: IndicatorTable, model: IndicatorModel, look: Look) -> bool:
    """Choose what was chosen, and scroll to where that was; False where nothing of it is there."""
    rows = chain.from_iterable(range(first, last + 1) for first, last in look.rows)
    chosen = model.places_of(rows)
    heads = {look.at_head, *look.heads} - {None}
    lines = (model.index(at, 0) for at, line in enumerate(model.visible if heads else ()) if line < 0)
    found = {key: index for index in lines if (key := _key(model, index)) in heads}
    if look.cell is not None:
        current = model.row_index(look.cell[0], model.columns.index(look.cell[1]))
    else:
        current = found.get(look.at_head, QModelIndex())
    if not current.isValid():
        return False
    view.choose_lines(sorted([*chosen, *(found[key].row() for key in look.heads if key in found)]), current)
    view.scrollTo(current)
    moved = view.verticalHeader().sectionViewportPosition(current.row()) - look.top
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + moved)
    return True


def _key(model: IndicatorModel, index: QModelIndex) -> tuple[Levels, int] | None:
    facts = model.facts(index)
    return None if facts is None else (facts.levels, facts.row)
