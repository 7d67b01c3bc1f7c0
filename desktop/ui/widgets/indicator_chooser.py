"""What is chosen in the table of indicators, and how that lasts while lines come, go, fold and change their heights."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QWidget

from desktop.presenters.indicator_cells import Column
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.widgets.indicator_look import Look, restore_look, take_look
from desktop.ui.widgets.indicator_table import IndicatorTable

Index = QModelIndex | QPersistentModelIndex
_Select = QItemSelectionModel.SelectionFlag


class IndicatorChooser(IndicatorTable):
    """An ``IndicatorTable`` in which lines are chosen and folded."""

    moved_to = Signal()
    """The cursor is at another cell."""

    def __init__(self, model: IndicatorModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.delegate.fold_wanted.connect(self.turn)
        self._held: tuple[list[int], int, int, int] = ([], 0, 0, 0)
        model.modelAboutToBeReset.connect(self._hold)
        model.modelReset.connect(self._begin)

    # ---------------------------------------------------------------- what is chosen

    def select_rows(self, rows: Sequence[int], current: tuple[int, Column] | None = None) -> None:
        """Choose rows, unfolding what hides them, and put the cursor on a cell (by default on the first of them)."""
        lines = self._model.places_of(rows)
        if not lines:
            return
        row, column = current or (rows[0], "l3")
        self._model.unfold_row(row)
        cell = self._model.row_index(row, self._model.columns.index(column))
        self.choose_lines(lines, cell)
        if current is None:
            self.mean_row()
        self.scrollTo(cell)

    def look(self) -> Look:
        """What is chosen and where on the screen, so that ``restore`` brings it back after undo and redo."""
        return take_look(self, self._model)

    def restore(self, look: Look) -> bool:
        """Choose what was chosen, and scroll to where that was; False where nothing of it is there."""
        return restore_look(self, self._model, look)

    def go_to(self, index: QModelIndex) -> None:
        """Put the cursor on a cell and choose its line."""
        self._meant = QPersistentModelIndex()
        self.selectionModel().setCurrentIndex(index, _Select.ClearAndSelect | _Select.Rows)
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell where the cursor is."""
        super().currentChanged(current, previous)
        self.moved_to.emit()

    # ---------------------------------------------------------------- while the list changes

    def _hold(self) -> None:
        """Remember what is chosen while the list is made anew."""
        index = self.currentIndex()
        chosen = [self._model.line(one) for one in self.selectionModel().selectedRows()]
        line = self._model.line(index) if index.isValid() else 0
        self._held = chosen, line, index.column(), self.verticalScrollBar().value()

    def _begin(self) -> None:
        chosen, line, column, scrolled = self._held
        current = next(iter(self._model.indexes_of([line])), QModelIndex())
        if not current.isValid():
            self.setCurrentIndex(self._model.index(0, 0))
            return
        self.go_to(current.siblingAtColumn(column))
        for index in self._model.indexes_of(chosen):
            self.selectionModel().select(index, _Select.Select | _Select.Rows)
        self.verticalScrollBar().setValue(scrolled)
        self.scrollTo(current)

    def hold_still(self, change: Callable[[], None]) -> None:
        """Have a change shown while the line of the cursor, or else the one on top, stays where it is."""
        index = self.currentIndex()
        top = self.verticalHeader().sectionViewportPosition(index.row())
        if not 0 <= top < self.viewport().height():
            index = self._model.index(max(self.verticalHeader().logicalIndexAt(0), 0), 0)
        kept = QPersistentModelIndex(index)
        stood = self.verticalHeader().sectionViewportPosition(index.row())
        change()
        if kept.isValid():
            self.updateGeometries()
            moved = self.verticalHeader().sectionViewportPosition(kept.row()) - stood
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)

    # ---------------------------------------------------------------- folding

    def turn(self, index: Index) -> None:
        """Fold a line of the first two levels, or unfold it."""
        self._model.fold(index, folded=not self._model.is_folded(index))

    def turn_here(self) -> None:
        """Fold or unfold the line of the cursor, or the 二级指标 of its row."""
        index = self.currentIndex()
        if self._model.row_of(index) >= 0:
            index = self._model.parent_index(index)
            self.go_to(index)
        self.turn(index)

    def expand_all(self) -> None:
        """Show all lines."""
        self._keep_cursor(lambda: self._model.fold_all(depths=()))

    def collapse_all(self) -> None:
        """Show the lines of the first two levels only."""
        self._keep_cursor(lambda: self._model.fold_all(depths=(2,)))

    def _keep_cursor(self, act: Callable[[], None]) -> None:
        """Do something, and have the cursor on the line it was on, or the one above that in the tree."""
        index = self.currentIndex()
        row = -1 if (facts := self.facts(index)) is None else facts.row
        line = self._model.line(index) if index.isValid() else 0
        act()
        found = self._model.indexes_of([line])
        if not found and row >= 0:
            found = [self._model.head_index(row, 2)]
        if found and found[0].isValid() and found[0] != self.currentIndex().siblingAtColumn(0):
            self.go_to(found[0])
