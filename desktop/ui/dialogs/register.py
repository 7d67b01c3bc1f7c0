"""The window of the register: all projects, what they come to by unit and year, and acts on those selected."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QSplitter,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.presenters.register import COLUMNS, Line, Total, total_texts
from desktop.texts import text
from desktop.ui.models.register_model import RegisterModel
from desktop.ui.theme import GRID, colours, give_size

BUDGET = 4
"""The column of the totals that the clerk fills in."""


class RegisterWindow(QDialog):
    """May stay open while the clerk works on; ``show_lines`` and ``show_totals`` bring it up to date."""

    budget_typed = Signal(str, object, str)
    """Unit, year, what was typed."""

    def __init__(self, acts: Mapping[str, Callable[[list[int]], None]], parent: QWidget) -> None:
        """``acts`` get the numbers of the selected projects."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(text("register.title"))
        self._acts = acts
        self._totals: Sequence[Total] = ()
        self._filling = False
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(text("register.filter"))
        self.words.setAccessibleName(text("register.filter"))
        self.words.setClearButtonEnabled(True)
        self.model = RegisterModel(self)
        self.table = QTableView(self)
        self.table.setModel(self.model)
        self.table.setAccessibleName(text("register.projects"))
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.table.setSortingEnabled(True)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSortIndicatorClearable(True)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.sums = QTableWidget(0, 6, self)
        self.sums.setHorizontalHeaderLabels(text("register.total_columns").split("|"))
        self.sums.setAccessibleName(text("register.totals"))
        self.sums.setToolTip(text("register.budget_hint"))
        self.sums.verticalHeader().hide()
        self.sums.setTabKeyNavigation(False)
        self.count = QLabel(self)
        self.buttons = QDialogButtonBox(self)
        for name in acts:
            button = self.buttons.addButton(text(f"register.{name}"), QDialogButtonBox.ButtonRole.ActionRole)
            button.clicked.connect(lambda _checked=False, name=name: self._act(name))
        self.buttons.addButton(text("register.close"), QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self.words.textChanged.connect(self._narrow)
        self.table.selectionModel().selectionChanged.connect(self._count)
        self.table.doubleClicked.connect(lambda _index: self._act("open"))
        self.sums.itemChanged.connect(self._typed)
        self.buttons.rejected.connect(self.close)

    def _lay_out(self) -> None:
        lower = QWidget(self)
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(QLabel(text("register.totals"), lower))
        below.addWidget(self.sums)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.table)
        split.addWidget(lower)
        split.setSizes([90 * GRID, 45 * GRID])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * GRID, 3 * GRID, 3 * GRID, 3 * GRID)
        layout.setSpacing(2 * GRID)
        for widget in (self.words, split, self.count, self.buttons):
            layout.addWidget(widget)
        layout.setStretchFactor(split, 1)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, width in enumerate((40, 14, 32, 56, 28, 32, 28, 18)):
            header.resizeSection(column, width * GRID)
        header.setStretchLastSection(True)
        self.sums.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        give_size(self, 260 * GRID, 165 * GRID)

    # ---------------------------------------------------------------- showing

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show the projects; those selected stay so."""
        chosen = self.chosen()
        self.model.show(lines)
        self._select(chosen)
        self._count()

    def show_totals(self, found: Sequence[Total]) -> None:
        """Show the sums."""
        self._filling = True
        self._totals = found
        self.sums.setRowCount(len(found))
        for at, total in enumerate(found):
            for column, words in enumerate(total_texts(total)):
                item = QTableWidgetItem(words)
                if column > 1:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                if column != BUDGET:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                if column > BUDGET and total.left is not None and total.left < 0:
                    item.setForeground(colours().error)
                self.sums.setItem(at, column, item)
        self._filling = False

    def chosen(self) -> list[int]:
        """Return the numbers of the selected projects, from top to bottom."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        return [self.model.number_at(row) for row in rows]

    def _select(self, numbers: Sequence[int]) -> None:
        wanted = QItemSelection()
        for row in map(self.model.row_of, numbers):
            if row >= 0:
                wanted.select(self.model.index(row, 0), self.model.index(row, len(COLUMNS) - 1))
        self.table.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _narrow(self, words: str) -> None:
        chosen = self.chosen()
        self.model.narrow(words)
        self._select(chosen)
        self._count()

    def _count(self) -> None:
        self.count.setText(text("register.count", count=self.model.rowCount(), chosen=len(self.chosen())))

    def _act(self, name: str) -> None:
        numbers = self.chosen()
        if numbers:
            self._acts[name](numbers)

    def _typed(self, item: QTableWidgetItem) -> None:
        if not self._filling and item.column() == BUDGET:
            total = self._totals[item.row()]
            self.budget_typed.emit(total.unit, total.year, item.text())
