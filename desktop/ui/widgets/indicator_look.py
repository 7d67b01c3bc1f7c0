"""What is chosen in the indicator table and where it stands, taken and brought back around undo and redo."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex
from PySide6.QtWidgets import QTableView

from desktop.presenters.indicator_cells import Column
from desktop.ui.models.indicator_model import IndicatorModel
from forms.indicators import Levels

_Select = QItemSelectionModel.SelectionFlag


@dataclass(frozen=True, slots=True)
class Look:
    """What is chosen in the view of a form, and how far below its upper edge the cursor is, in px."""

    rows: tuple[int, ...]
    heads: tuple[tuple[Levels, int], ...]
    """Lines of the first two levels, by their levels and first row."""
    cell: tuple[int, Column] | None
    at_head: tuple[Levels, int] | None
    """The line of the cursor, where it is one of the first two levels."""
    top: int


def take_look(view: QTableView, model: IndicatorModel) -> Look:
    """What is chosen and how far below the upper edge the cursor is."""
    index = view.currentIndex()
    facts, row = model.facts(index), model.row_of(index)
    cell = None if row < 0 else (row, model.column(index))
    at_head = None if facts is None or cell is not None else (facts.levels, facts.row)
    chosen = [facts for one in view.selectionModel().selectedRows() if (facts := model.facts(one)) is not None]
    return Look(
        tuple(one.row for one in chosen if one.indicator is not None),
        tuple((one.levels, one.row) for one in chosen if one.indicator is None),
        cell,
        at_head,
        view.verticalHeader().sectionViewportPosition(index.row()) if index.isValid() else 0,
    )


def restore_look(view: QTableView, model: IndicatorModel, look: Look) -> bool:
    """Choose what was chosen, and scroll to where that was; False where nothing of it is there."""
    for row in look.rows:
        model.unfold_row(row)
    heads = {look.at_head, *look.heads}
    lines = (model.index(at, 0) for at, line in enumerate(model.visible) if line < 0)
    found = {key: index for index in lines if (key := _key(model, index)) in heads}
    if look.cell is not None:
        current = model.row_index(look.cell[0], model.columns.index(look.cell[1]))
    else:
        current = found.get(look.at_head, QModelIndex())
    if not current.isValid():
        return False
    chosen = QItemSelection()
    for index in (*(model.row_index(row) for row in look.rows), *(found[key] for key in look.heads if key in found)):
        chosen.select(index, index.siblingAtColumn(len(model.columns) - 1))
    view.selectionModel().setCurrentIndex(current, _Select.NoUpdate)
    view.selectionModel().select(chosen, _Select.ClearAndSelect)
    view.scrollTo(current)
    moved = view.verticalHeader().sectionViewportPosition(current.row()) - look.top
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + moved)
    return True


def _key(model: IndicatorModel, index: QModelIndex) -> tuple[Levels, int] | None:
    facts = model.facts(index)
    return None if facts is None else (facts.levels, facts.row)
