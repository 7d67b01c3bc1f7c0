"""The lines of the register for Qt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.presenters.register import COLUMNS, Line, fitting, ordered
from desktop.texts import text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_RIGHT = (COLUMNS.index("amount"), COLUMNS.index("score"))


class RegisterModel(QAbstractTableModel):
    """Lines that fit some words, in the order of a column."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[Line] = []
        self._shown: list[Line] = []
        self._words, self._column, self._descending = "", -1, False
        self._heads = text("register.columns").split("|")

    def show(self, lines: Sequence[Line]) -> None:
        """Show other lines."""
        self._all = list(lines)
        self._arrange()

    def narrow(self, words: str) -> None:
        """Show the lines that hold all the words."""
        self._words = words
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """As Qt asks."""
        self._column, self._descending = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def _arrange(self) -> None:
        self.beginResetModel()
        found = fitting(self._all, self._words)
        if self._column >= 0:
            found = ordered(found, self._column, descending=self._descending)
        self._shown = found
        self.endResetModel()

    def number_at(self, row: int) -> int:
        """Return the number of the project in a row."""
        return self._shown[row].id

    def row_of(self, number: int) -> int:
        """Return the row of a project; -1 where it is not shown."""
        return next((at for at, one in enumerate(self._shown) if one.id == number), -1)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """As Qt asks."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """As Qt asks."""
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As Qt asks."""
        if not index.isValid():
            return None
        words = self._shown[index.row()].texts[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return words
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _RIGHT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As Qt asks."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._heads[section]
        return None
