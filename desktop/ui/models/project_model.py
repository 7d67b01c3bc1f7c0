"""The list of projects for Qt, and how a line of it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.presenters.project_list import Item
from desktop.ui.theme import GRID, colours, severity_colour

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
ITEM = Qt.ItemDataRole.UserRole


class ProjectModel(QAbstractListModel):
    """The lines of the list."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Item] = []

    def show(self, items: Sequence[Item]) -> None:
        """Show other lines; where only marks and words changed, the selection stays."""
        fresh = list(items)
        if [one.id for one in fresh] != [one.id for one in self._items]:
            self.beginResetModel()
            self._items = fresh
            self.endResetModel()
            return
        for row, (old, new) in enumerate(zip(self._items, fresh, strict=True)):
            if old != new:
                self._items[row] = new
                self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """As Qt asks."""
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As Qt asks."""
        if not index.isValid() or index.row() >= len(self._items):
            return None
        item = self._items[index.row()]
        return {
            Qt.ItemDataRole.DisplayRole: item.name,
            Qt.ItemDataRole.ToolTipRole: "\n".join(part for part in (item.name, item.kind, item.tip) if part),
            Qt.ItemDataRole.AccessibleTextRole: item.spoken,
            ITEM: item,
        }.get(Qt.ItemDataRole(role))

    def number_at(self, index: Index) -> int | None:
        """Return the project's number at an index."""
        return self._items[index.row()].id if index.isValid() else None

    def index_of(self, number: int | None) -> QModelIndex:
        """Return the index of a project; an invalid one where it is not listed."""
        row = next((row for row, item in enumerate(self._items) if item.id == number), None)
        return QModelIndex() if row is None else self.index(row)


class ProjectDelegate(QStyledItemDelegate):
    """Mark at the left, name, kind of form, number of findings at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt calls it with both
        """Give a line room to be read and hit."""
        return QSize(20 * GRID, option.fontMetrics.height() + 3 * GRID)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a line."""
        item: Item = index.data(ITEM)
        style = option.widget.style() if option.widget else QApplication.style()
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        group = (
            QPalette.ColorGroup.Active if option.state & QStyle.StateFlag.State_Active else QPalette.ColorGroup.Inactive
        )
        if chosen:  # not left to the style: that of Windows draws it so light that white words vanish on it
            painter.fillRect(option.rect, option.palette.color(group, QPalette.ColorRole.Highlight))
        else:
            style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        words = option.palette.color(group, role)
        painter.save()
        area = option.rect.adjusted(2 * GRID, 0, -2 * GRID, 0)
        mark = QRect(area.left(), area.top(), 4 * GRID, area.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(words if chosen else severity_colour(item.severity))
        painter.drawText(mark, middle | Qt.AlignmentFlag.AlignHCenter, item.mark)
        count = painter.fontMetrics().horizontalAdvance(item.count) + GRID if item.count else 0
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, item.count)
        kind = painter.fontMetrics().horizontalAdvance(item.kind) + 2 * GRID if item.kind else 0
        painter.setPen(words if chosen else colours().warning)
        painter.drawText(area.adjusted(0, 0, -count - GRID, 0), middle | Qt.AlignmentFlag.AlignRight, item.kind)
        painter.setPen(words)
        name = area.adjusted(5 * GRID, 0, -count - kind - GRID, 0)
        shown = painter.fontMetrics().elidedText(item.name, Qt.TextElideMode.ElideRight, name.width())
        painter.drawText(name, middle | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()
