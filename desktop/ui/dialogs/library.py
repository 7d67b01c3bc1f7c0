"""The libraries of indicators: the unit's own, to be changed and thinned out, and the shipped one with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QWidget,
)

from desktop.presenters.own_library import OwnRow
from desktop.texts import text
from desktop.ui.dialogs.frame import act_buttons, stacked
from desktop.ui.theme import GRID, give_size
from forms.library import LibraryRow
from forms.reading import sq

_NAME, _VALUE = 1, 2


class LibraryDialog(QDialog):
    """Two tables with one line to narrow them.

    After ``exec`` ``own`` is the changed library, and ``picked`` are the rows that are to go into the form.
    """

    def __init__(self, own: Sequence[OwnRow], shipped: Iterable[LibraryRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picked: tuple[OwnRow, ...] = ()
        known = list(shipped)
        self._shipped = [OwnRow(row.l1, row.l2, row.name, row.value, "", "") for row in known]
        self.setWindowTitle(text("library.title"))
        self._rows = list(own)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(text("library.find"))
        self.words.setAccessibleName(text("library.find"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._narrow)
        self.own_table = _table("own", self)
        self.shipped_table = _table("shipped", self)
        self.shipped_table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.tabs = QTabWidget(self)
        self.tabs.addTab(self.own_table, text("library.own"))
        self.tabs.addTab(self.shipped_table, text("library.shipped"))
        self.remove = QPushButton(text("library.remove"), self)
        self.remove.clicked.connect(self._remove)
        self.add = QPushButton(text("library.add"), self)
        self.add.clicked.connect(self._pick)
        self.buttons, _ = act_buttons(self, text("library.save"))
        intro = QLabel(text("library.intro"), self)
        intro.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        foot.addWidget(self.buttons)
        layout = stacked(self, 2 * GRID)
        for widget in (intro, self.words, self.tabs):
            layout.addWidget(widget)
        layout.addLayout(foot)
        give_size(self, 250 * GRID, 140 * GRID)
        self._fill_own()
        _fill(self.shipped_table, ((row.l2, row.name, row.value, row.theme, row.source.shown) for row in known))
        self.own_table.itemChanged.connect(self._changed)
        for table in (self.own_table, self.shipped_table):
            table.itemSelectionChanged.connect(self._enable)
        self.tabs.currentChanged.connect(self._enable)
        self._enable()
        self.words.setFocus()

    @property
    def own(self) -> tuple[OwnRow, ...]:
        """The unit's own library as it was left; rows whose name was taken away are gone."""
        return tuple(row for row in self._rows if row.name.strip())

    def _fill_own(self) -> None:
        blocked = self.own_table.blockSignals(True)  # noqa: FBT003 - Qt's own name
        _fill(self.own_table, ((row.l2, row.name, row.value, row.project) for row in self._rows))
        for at in range(self.own_table.rowCount()):
            for column in (0, 3):
                item = self.own_table.item(at, column)
                if item is not None:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
        self.own_table.blockSignals(blocked)

    def _changed(self, item: QTableWidgetItem) -> None:
        row = self._rows[item.row()]
        if item.column() == _NAME:
            self._rows[item.row()] = replace(row, name=item.text())
        elif item.column() == _VALUE:
            self._rows[item.row()] = replace(row, value=item.text())

    def _remove(self) -> None:
        gone = _chosen(self.own_table)
        self._rows = [row for at, row in enumerate(self._rows) if at not in gone]
        self._fill_own()
        self.own_table.clearSelection()
        self._narrow(self.words.text())
        self._enable()

    def _enable(self) -> None:
        own = self.tabs.currentWidget() is self.own_table
        self.remove.setEnabled(own and bool(_chosen(self.own_table)))
        self.add.setEnabled(bool(_chosen(self.own_table if own else self.shipped_table)))

    def _pick(self) -> None:
        own = self.tabs.currentWidget() is self.own_table
        table, rows = (self.own_table, self._rows) if own else (self.shipped_table, self._shipped)
        self.picked = tuple(rows[at] for at in _chosen(table))
        self.accept()

    def _narrow(self, words: str) -> None:
        wanted = sq(words).lower()
        for table in (self.own_table, self.shipped_table):
            for at in range(table.rowCount()):
                texts = (item.text() for column in range(table.columnCount()) if (item := table.item(at, column)))
                table.setRowHidden(at, wanted not in sq(" ".join(texts)).lower())


def _chosen(table: QTableWidget) -> list[int]:
    """The chosen rows in sight."""
    chosen = sorted(index.row() for index in table.selectionModel().selectedRows())
    return [at for at in chosen if not table.isRowHidden(at)]


def _table(name: str, parent: QWidget) -> QTableWidget:
    columns = text(f"library.columns_{name}").split("|")
    table = QTableWidget(0, len(columns), parent)
    table.setHorizontalHeaderLabels(columns)
    table.setAccessibleName(text(f"library.{name}"))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    table.setTabKeyNavigation(False)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
    for column, width in enumerate((38, 0, 36, 36, 50)[: len(columns)]):
        table.setColumnWidth(column, width * GRID)
    return table


def _fill(table: QTableWidget, rows: Iterable[Sequence[str]]) -> None:
    lines = list(rows)
    table.setRowCount(len(lines))
    for at, line in enumerate(lines):
        for column, words in enumerate(line):
            item = QTableWidgetItem(words)
            item.setToolTip(words)
            table.setItem(at, column, item)
