"""What was found, for Qt: a line a match, with a check mark for those to be replaced."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from desktop.presenters.replacing import Match
from desktop.texts import text
from desktop.ui.theme import severity_colour

Index = QModelIndex | QPersistentModelIndex
Column = Literal["where", "project", "before", "found", "behind"]

COLUMNS: tuple[Column, ...] = ("where", "project", "before", "found", "behind")
_ROOT = QModelIndex()


class MatchModel(QAbstractTableModel):
    """Shows matches; all of them are chosen at first."""

    chosen_changed = Signal()

    def __init__(self, name_of: Callable[[int], str], parent: QObject | None = None) -> None:
        """``name_of`` gives 项目名称 by the number of a project."""
        super().__init__(parent)
        self._name_of = name_of
        self.matches: tuple[Match, ...] = ()
        self._chosen: set[int] = set()

    def show(self, matches: tuple[Match, ...]) -> None:
        """Show other matches."""
        self.beginResetModel()
        self.matches = matches
        self._chosen = set(range(len(matches)))
        self.endResetModel()
        self.chosen_changed.emit()

    @property
    def chosen(self) -> list[Match]:
        """The matches with a check mark, in their order."""
        return [self.matches[at] for at in sorted(self._chosen)]

    def choose_all(self, *, on: bool) -> None:
        """Check all, or none."""
        self._chosen = set(range(len(self.matches))) if on else set()
        if self.matches:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.matches) - 1, 0))
        self.chosen_changed.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return the number of matches."""
        return 0 if parent.isValid() else len(self.matches)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column has a check mark."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return text(f"find.column_{COLUMNS[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole and orientation == Qt.Orientation.Horizontal:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[section] == "before" else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell."""
        if not index.isValid():
            return None
        match, column = self.matches[index.row()], COLUMNS[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Checked if index.row() in self._chosen else Qt.CheckState.Unchecked
        if column == "project":
            shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
            return self._name_of(match.project) if shown else None
        if role == Qt.ItemDataRole.DisplayRole:
            return getattr(match, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return match.text
        return _look(column, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Set or take away a check mark."""
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self._chosen.add(index.row())
        else:
            self._chosen.discard(index.row())
        self.dataChanged.emit(index, index)
        self.chosen_changed.emit()
        return True


def _look(column: Column, role: int) -> Any:
    """What was found stands out between what is around it."""
    if column == "before" and role == Qt.ItemDataRole.TextAlignmentRole:
        return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    if column == "found" and role == Qt.ItemDataRole.FontRole:
        font = QFont()
        font.setBold(True)
        return font
    return severity_colour("error") if column == "found" and role == Qt.ItemDataRole.ForegroundRole else None
