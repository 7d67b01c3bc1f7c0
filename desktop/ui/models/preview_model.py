"""A foreign table for Qt: what becomes of each row, then its cells under the meanings of their columns."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.presenters.table_plan import Fate
from desktop.presenters.table_preview import Choice, Outcome, fate_line
from desktop.texts import text
from desktop.ui.theme import severity_colour

Index = QModelIndex | QPersistentModelIndex

_ROOT = QModelIndex()
_COLOURS: dict[Fate, str] = {
    "new": "clean",
    "changed": "confirm",
    "same": "warning",
    "refused": "error",
    "left_out": "warning",
}


class PreviewModel(QAbstractTableModel):
    """Shows a choice and its outcome; the outcome may come later."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice: Choice | None = None
        self._outcome: Outcome | None = None
        self._lines: dict[int, Any] = {}

    def show(self, choice: Choice) -> None:
        """Show another table, or the same with another choice, still without outcome."""
        same = self._choice is not None and self._choice.table is choice.table
        if not same:
            self.beginResetModel()
        self._choice, self._outcome, self._lines = choice, None, {}
        if same:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        else:
            self.endResetModel()

    def show_outcome(self, outcome: Outcome) -> None:
        """Tell what becomes of the rows."""
        self._outcome, self._lines = outcome, outcome.lines
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the rows of the table."""
        return 0 if parent.isValid() or self._choice is None else len(self._choice.table.rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the columns of the table, and one in front."""
        return 0 if parent.isValid() or self._choice is None else self._choice.table.width + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the meaning of a column, the number of a row."""
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole or self._choice is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        if section == 0:
            return text("tables.column_fate")
        meaning = self._choice.mapping.columns[section - 1]
        return text("tables.column_with_menu", name=text(f"tables.meaning_{meaning}"))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell; what is left out is grey."""
        if self._choice is None or not index.isValid():
            return None
        line = self._lines.get(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if index.column() == 0:
                return text("tables.above") if index.row() < self._choice.mapping.first else fate_line(line)
            return self._choice.table.rows[index.row()][index.column() - 1]
        if role == Qt.ItemDataRole.ForegroundRole:
            if index.column() == 0 and line is not None:
                return severity_colour(_COLOURS[line.fate])
            skipped = index.column() > 0 and self._choice.mapping.columns[index.column() - 1] == "skip"
            taken = line is not None and line.row is not None
            return severity_colour("warning") if skipped or (self._outcome is not None and not taken) else None
        return None
