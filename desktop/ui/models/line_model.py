"""Lines of a table for Qt, known by numbers that they keep: few signals lead from one list of them to another.

A tree of thousands of rows is laid out anew by Qt at every change, a table is not; so folding and filtering are lines
that come and go. After a change lines that stay keep their indexes, so that the view keeps its cursor, selection,
scrolling and an open editor, through undo as well.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Signal

from desktop.presenters.indicator_cells import Column
from desktop.presenters.line_steps import Gone, LineStep, Moved, line_steps

Index: TypeAlias = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()


class LineModel(QAbstractTableModel):
    """Lines and columns; what they say is for others to tell."""

    lines_changed = Signal(list)
    """The lines (their lasting numbers) that say something else than before, so that they may need another height."""
    settled = Signal()
    """Everything was told of a change."""

    def __init__(self, columns: tuple[Column, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._visible: list[int] = []
        """The lines as Qt knows them at this moment: between two states some have not come yet."""

    @property
    def visible(self) -> Sequence[int]:
        """The numbers of all visible lines, from top to bottom."""
        return self._visible

    def indexes_of(self, lines: Iterable[int]) -> list[QModelIndex]:
        """The indexes of those of some lines that are visible, from top to bottom."""
        wanted = set(lines)
        return [self.index(at, 0) for at, line in enumerate(self._visible) if line in wanted]

    def index(self, row: int, column: int, parent: Index = _ROOT) -> QModelIndex:
        """Return the index of a cell. Qt's own would ask for both counts first, which takes four times as long."""
        if parent.isValid() or not (0 <= row < len(self._visible) and 0 <= column < len(self._columns)):
            return QModelIndex()
        return self.createIndex(row, column)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of visible lines."""
        return 0 if parent.isValid() else len(self._visible)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns of the form."""
        return 0 if parent.isValid() else len(self._columns)

    # ---------------------------------------------------------------- from one state to the next

    def _settle(self, wanted: list[int]) -> None:
        """Bring the visible lines into a new state, telling what goes, moves and comes."""
        if self._visible == wanted:
            return
        steps = line_steps(self._visible, wanted)
        if steps is None:
            self.beginResetModel()
            self._visible = wanted
            self.endResetModel()
            return
        self._visible = list(self._visible)
        for step in steps:
            begin, end = self._telling(step)
            begin()
            step.apply(self._visible)
            end()

    def _telling(self, step: LineStep) -> tuple[Callable[[], object], Callable[[], None]]:
        """What tells Qt of a step before and after it."""
        if isinstance(step, Gone):
            return partial(self.beginRemoveRows, _ROOT, step.first, step.last), self.endRemoveRows
        if isinstance(step, Moved):
            return partial(self.beginMoveRows, _ROOT, step.first, step.last, _ROOT, step.place), self.endMoveRows
        return partial(self.beginInsertRows, _ROOT, step.first, step.first + len(step.lines) - 1), self.endInsertRows

    def _tell(self, lines: Collection[int]) -> None:
        """Tell of the lines that say something else, and that all was told."""
        if lines:
            self.lines_changed.emit(list(lines))
            self._repaint(lines)
        self.settled.emit()

    def _repaint(self, lines: Collection[int]) -> None:
        """Have lines drawn anew, as one stretch: views ask only for what can be seen."""
        wanted = set(lines)
        places = [at for at, line in enumerate(self._visible) if line in wanted] if wanted else []
        if places:
            self.dataChanged.emit(self.index(places[0], 0), self.index(places[-1], len(self._columns) - 1))
