"""The list of projects for Qt, and how a line of it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, QStringListModel, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.presenters.project_list import Item
from desktop.ui.theme import GRID, colours, severity_colour

Index = QModelIndex | QPersistentModelIndex
ITEM = Qt.ItemDataRole.UserRole


class ProjectModel(QStringListModel):
    """The lines of the list.

    Qt itself holds as many empty strings as there are lines: a list is laid out line by line, and ten thousand calls
    from there into Python, only to ask how many lines there are, would make it halt.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._numbers: list[int] = []
        self._rows: dict[int, int] = {}
        self._line: Callable[[int], Item] = _no_line

    def show(self, numbers: Sequence[int], line: Callable[[int], Item]) -> None:
        """Show other projects; ``line`` gives that of a row, when it is in sight.

        Where only marks and words changed, the selection stays.
        """
        self._line = line
        if list(numbers) != self._numbers:
            self._numbers = list(numbers)
            self._rows = {number: row for row, number in enumerate(self._numbers)}
            self.setStringList([""] * len(self._numbers))  # tells of the reset
        elif numbers:
            self.dataChanged.emit(self.index(0), self.index(len(numbers) - 1))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As Qt asks."""
        if not index.isValid() or index.row() >= len(self._numbers):
            return None
        item = self._line(index.row())
        return {
            Qt.ItemDataRole.DisplayRole: item.name,
            Qt.ItemDataRole.ToolTipRole: "\n".join(part for part in (item.name, item.kind, item.tip) if part),
            Qt.ItemDataRole.AccessibleTextRole: item.spoken,
            ITEM: item,
        }.get(Qt.ItemDataRole(role))

    def number_at(self, index: Index) -> int | None:
        """Return the project's number at an index."""
        return self._numbers[index.row()] if index.isValid() else None

    def index_of(self, number: int | None) -> QModelIndex:
        """Return the index of a project; an invalid one where it is not listed."""
        row = self._rows.get(number) if number is not None else None
        return QModelIndex() if row is None else self.index(row)


def _no_line(row: int) -> Item:
    raise IndexError(row)


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
