"""The pane at the left: all projects of the data folder, or those in the recycle bin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop.presenters import project_list
from desktop.presenters.project_list import SORTS, Choice
from desktop.texts import text
from desktop.ui.models.project_model import ProjectDelegate, ProjectModel
from desktop.ui.theme import GRID
from desktop.ui.workbench import Workbench


class ProjectsPane(QWidget):
    """Units, years, filter, the list, its totals, and the recycle bin."""

    open_wanted = Signal(int)
    menu_wanted = Signal(QPoint)
    """The context menu of the list is wanted at a place of the screen."""
    restore_wanted = Signal()
    purge_wanted = Signal()
    recycle_wanted = Signal()

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._rows: Sequence[Any] = ()
        self._shown: Sequence[Any] = ()
        self._total = ""
        self._choice = Choice()
        self.in_bin = False
        self._filling = False
        self.unit = QComboBox(self)
        self.year = QComboBox(self)
        self.filter = QLineEdit(self)
        self.sort = QToolButton(self)
        self.list = QListView(self)
        self.model = ProjectModel(self)
        self.totals = QLabel(self)
        self.bin = QPushButton(self)
        self.restore = QPushButton(text("window.restore"), self)
        self.purge = QPushButton(text("window.purge"), self)
        self._set_up()
        bench.listed.connect(self.refresh)
        bench.checking.marked.connect(self._mark)
        bench.indexed.connect(self._find)
        bench.opened.connect(self._select_open)

    def _set_up(self) -> None:
        for box, key in ((self.unit, "window.unit_box"), (self.year, "window.year_box")):
            box.setAccessibleName(text(key))
            box.setToolTip(text(key))
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.currentIndexChanged.connect(self._choose)
        self.filter.setPlaceholderText(text("window.filter"))
        self.filter.setAccessibleName(text("window.filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._choose)
        self.sort.setText(text("window.sort"))
        self.sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.sort.setMenu(self._sort_menu())
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)  # ten thousand are not measured one by one
        self.list.selectionModel().selectionChanged.connect(self._tell_totals)
        self.list.setItemDelegate(ProjectDelegate(self.list))
        self.list.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(text("window.projects"))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(
            lambda at: self.menu_wanted.emit(self.list.viewport().mapToGlobal(at))
        )
        self.list.clicked.connect(self._open)
        self.list.activated.connect(self._open)
        self.totals.setContentsMargins(2 * GRID, 0, 0, 0)
        self.totals.setWordWrap(True)
        self.bin.setFlat(True)
        self.bin.clicked.connect(lambda: self.show_bin(not self.in_bin))
        self.restore.clicked.connect(self.restore_wanted)
        self.purge.clicked.connect(self.purge_wanted)
        line = QHBoxLayout()
        line.setSpacing(GRID)
        line.addWidget(self.filter, 1)
        line.addWidget(self.sort)
        binned = QHBoxLayout()
        binned.setSpacing(GRID)
        binned.addWidget(self.restore)
        binned.addWidget(self.purge)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, GRID, 2 * GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.unit)
        layout.addWidget(self.year)
        layout.addLayout(line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.totals)
        layout.addLayout(binned)
        layout.addWidget(self.bin, 0, Qt.AlignmentFlag.AlignLeft)

    def _sort_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for key in SORTS:
            action = QAction(text(f"window.sort_{key}"), group)
            action.setCheckable(True)
            action.setChecked(key == self._choice.sort)
            action.setData(key)
            menu.addAction(action)
        group.triggered.connect(self._sort_by)
        return menu

    # ---------------------------------------------------------------- what is asked of it

    def selected(self) -> list[int]:
        """Return the numbers of the selected projects, in the order of the list."""
        indexes = sorted(self.list.selectionModel().selectedIndexes(), key=lambda one: one.row())
        return [number for one in indexes if (number := self.model.number_at(one)) is not None]

    def select_all(self) -> None:
        """Select all projects shown, and go to the list."""
        self.list.selectAll()
        self.list.setFocus()

    def choose(self, numbers: Sequence[int]) -> None:
        """Show all projects, and select some of them."""
        self.in_bin = False
        self.filter.clear()
        self.unit.setCurrentIndex(0)
        self.year.setCurrentIndex(0)
        self.refresh()
        self.list.clearSelection()
        chosen = QItemSelection()
        for index in map(self.model.index_of, numbers):
            if index.isValid():
                chosen.select(index, index)
        self.list.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def listed(self) -> list[int]:
        """Return the numbers of all projects shown, in order."""
        return [row.id for row in self._shown]

    def show_bin(self, shown: bool) -> None:  # noqa: FBT001 - a switch
        """Show the recycle bin, or the projects again."""
        self.in_bin = shown
        self.refresh()

    def refresh(self) -> None:
        """Show the list anew."""
        self._rows = self._bench.session.rows(recycled=self.in_bin)
        self._fill_boxes()
        self._show()

    @property
    def unit_and_year(self) -> tuple[str, int | None]:
        """The unit looked at, or that of the first project; the year looked at, if it is one."""
        return self._choice.unit or next(iter(project_list.units(self._rows)), ""), self._choice.year

    @property
    def newest_year(self) -> int:
        """The latest year that has projects; 0 where none has."""
        return next(iter(project_list.years(self._rows)), 0)

    # ---------------------------------------------------------------- showing

    def _fill_boxes(self) -> None:
        self._filling = True
        units, years = project_list.units(self._rows), project_list.years(self._rows)
        _fill(self.unit, text("window.all_units"), [(one or text("window.no_unit"), one) for one in units])
        _fill(self.year, text("window.all_years"), [(text("window.year_item", year=one), one) for one in years])
        self._filling = False
        self._choice = replace(self._choice, unit=self.unit.currentData(), year=self.year.currentData())

    def _show(self) -> None:
        rows = self._shown = project_list.chosen(self._rows, self._choice, self._bench.checking.marks)
        mixed = len({row.kind for row in rows}) > 1
        marks = {} if self.in_bin else self._bench.checking.marks
        chosen = self.selected()
        self.model.show(
            [row.id for row in rows],
            lambda at: project_list.item(rows[at], marks.get(rows[at].id), both_kinds=mixed),
        )
        self._total = project_list.total_line(rows)
        self._select(chosen)
        self._tell_totals()
        self.bin.setText(text("window.back_from_bin") if self.in_bin else text("window.recycle_bin"))
        self.restore.setVisible(self.in_bin)
        self.purge.setVisible(self.in_bin)
        self._select_open()

    def _mark(self) -> None:
        """Show marks that came to be known; only where they make the order is the list made anew."""
        if self._choice.sort == "marks":
            self._show()
        elif self._shown:
            self.model.dataChanged.emit(self.model.index(0), self.model.index(len(self._shown) - 1))

    def _select(self, numbers: Sequence[int]) -> None:
        """Select again several projects that are listed in another order or among others."""
        if len(numbers) > 1 and self.selected() != list(numbers):
            chosen = QItemSelection()
            for index in map(self.model.index_of, numbers):
                if index.isValid():
                    chosen.select(index, index)
            self.list.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _tell_totals(self) -> None:
        """Tell what the selected projects come to, or all that are listed."""
        chosen = set(self.selected())
        if len(chosen) > 1:
            several = [row for row in self._shown if row.id in chosen]
            self.totals.setText(project_list.total_line(several, selected=True))
        else:
            self.totals.setText(self._total)

    def _select_open(self) -> None:
        index = self.model.index_of(self._bench.session.project_id)
        if index.isValid() and len(self.selected()) <= 1:
            # Qt's own shorter way would look at the keys of the shortcut that opened it, and select both.
            select = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.list.selectionModel().setCurrentIndex(index, select)
        elif not index.isValid() and self._bench.session.project_id is None and not self.in_bin:
            self.list.clearSelection()

    def _choose(self) -> None:
        if not self._filling:
            words = self.filter.text()
            self._choice = replace(
                self._choice, unit=self.unit.currentData(), year=self.year.currentData(), words=words
            )
            self._find()
            if words:
                self._bench.index()

    def _find(self) -> None:
        """Show what fits, by its name or by anything that stands in it."""
        words = self._choice.words
        found = self._bench.session.find(words) if words else None
        self._choice = replace(self._choice, found=found or frozenset())
        self._show()

    def _sort_by(self, action: QAction) -> None:
        self._choice = replace(self._choice, sort=str(action.data()))
        self._show()

    def _open(self, index: QModelIndex) -> None:
        number = self.model.number_at(index)
        if number is not None and not self.in_bin and len(self.selected()) == 1:
            self.open_wanted.emit(number)


def _fill(box: QComboBox, everything: str, items: Sequence[tuple[str, Any]]) -> None:
    """Fill a box, keeping what is chosen where it is still there."""
    kept = box.currentData()
    box.clear()
    box.addItem(everything, None)
    for words, value in items:
        box.addItem(words, value)
    at = box.findData(kept) if kept is not None else 0
    box.setCurrentIndex(max(at, 0))
    box.setVisible(len(items) > 1 or kept is not None)
