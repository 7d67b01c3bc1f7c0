"""The dialog of 汇总下级单位: every project that the files hold, with a box to tick."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop.presenters.rollup import Item, chosen, outcome
from desktop.texts import text
from desktop.ui.dialogs.frame import act_buttons, stacked
from desktop.ui.theme import GRID, colours, give_size

_ON, _OFF = Qt.CheckState.Checked, Qt.CheckState.Unchecked
_AT = Qt.ItemDataRole.UserRole
_RESULT = 3


class RollUpDialog(QDialog):
    """Lists what was found; ``taken`` gives the items with the clerk's choice after ``exec``."""

    def __init__(self, items: Sequence[Item], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items = items
        self.setWindowTitle(text("rollup.title"))
        self.found = QLabel(outcome(items), self)
        self.found.setWordWrap(True)
        self.tree = QTreeWidget(self)
        self.tree.setHeaderLabels(text("rollup.columns").split("|"))
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setSortingEnabled(False)
        self.tree.setAccessibleName(text("rollup.title"))
        self.line = QLabel(self)
        self.line.setWordWrap(True)
        self.line.setMinimumHeight(2 * self.line.fontMetrics().lineSpacing())  # the list keeps its height
        self.buttons, self.act = act_buttons(self, text("rollup.do"))
        layout = stacked(self, 2 * GRID)
        for widget in (self.found, self.tree, self.line, self.buttons):
            layout.addWidget(widget)
        self.tree.addTopLevelItems([self._row(at, one) for at, one in enumerate(items)])
        header = self.tree.header()
        header.setStretchLastSection(False)
        for column in range(self.tree.columnCount()):
            stretched = column in (0, _RESULT)
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.ResizeToContents
            )
        self.tree.itemChanged.connect(self._enable)
        self.tree.currentItemChanged.connect(lambda now, _before: self._show_line(now))
        self.tree.setCurrentIndex(self.tree.model().index(0, 0))
        self._enable()
        give_size(self, 230 * GRID, 140 * GRID)

    def taken(self) -> list[Item]:
        """Return all items, with those ticked as chosen."""
        rows = [self.tree.topLevelItem(at) for at in range(self.tree.topLevelItemCount())]
        return chosen(self._items, [row.data(0, _AT) for row in rows if row and row.checkState(0) is _ON])

    def _row(self, at: int, one: Item) -> QTreeWidgetItem:
        project = one.project
        name = "" if project is None else project.name or text("window.unnamed")
        unit = "" if project is None else project.unit
        year = "" if project is None or project.year is None else str(project.year)
        result = text(f"rollup.{one.verdict}")
        item = QTreeWidgetItem(
            [name, unit, year, f"{result}：{one.sentence}" if one.sentence else result, one.file.name]
        )
        item.setData(0, _AT, at)
        for column in (_RESULT, 4):
            item.setToolTip(column, one.sentence if column == _RESULT else str(one.file))
        if one.verdict in ("new", "version"):
            item.setCheckState(0, _ON if one.chosen else _OFF)
        else:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        if one.verdict == "refused":
            item.setForeground(_RESULT, colours().error)
        return item

    def _show_line(self, item: QTreeWidgetItem | None) -> None:
        """Show in full what the narrow column may cut short."""
        self.line.setText("" if item is None else item.text(_RESULT))

    def _enable(self) -> None:
        self.act.setEnabled(any(one.chosen for one in self.taken()))
