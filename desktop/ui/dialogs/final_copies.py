"""定稿记录: the list of all final copies, and what can be done with one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop.presenters.freezing import FinalCopy, cells_of
from desktop.texts import text
from desktop.ui.dialogs.frame import stacked
from desktop.ui.theme import GRID, give_size

ACTS = ("open", "save", "print", "report", "compare", "stamp")
_HEADS = ("name", "number", "made", "code", "state")


class FinalCopiesDialog(QDialog):
    """A table of final copies, newest first; ``acts`` does what the buttons say with the one chosen."""

    def __init__(
        self,
        copies: Callable[[], Sequence[FinalCopy]],
        opened: tuple[int, str] | None,
        listed: Callable[[], set[int]],
        act: Callable[[str, FinalCopy], None],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._copies, self._opened, self._listed, self._act = copies, opened, listed, act
        self._shown: Sequence[FinalCopy] = ()
        self.setWindowTitle(text("final.list_title"))
        self.only = QCheckBox(text("final.list_only", name=opened[1]) if opened else "", self)
        self.only.setVisible(opened is not None)
        self.none = QLabel(text("final.list_none"), self)
        self.none.setWordWrap(True)
        self.table = QTableWidget(0, len(_HEADS), self)
        self.table.setHorizontalHeaderLabels([text(f"final.head_{name}") for name in _HEADS])
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.verticalHeader().hide()
        self.table.setAccessibleName(text("final.list_title"))
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.buttons = {name: QPushButton(text(f"final.{name}"), self) for name in ACTS}
        self.leave = QPushButton(text("final.close"), self)
        self.leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        for button in self.buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.leave)
        layout = stacked(self, 3 * GRID)
        layout.addWidget(self.only)
        layout.addWidget(self.none)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        give_size(self, 210 * GRID, 110 * GRID)
        self.only.toggled.connect(self.refresh)
        self.table.itemSelectionChanged.connect(self._enable)
        self.table.doubleClicked.connect(lambda: self._do("open"))
        for name, button in self.buttons.items():
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, name=name: self._do(name))
        self.refresh()

    @property
    def chosen(self) -> FinalCopy | None:
        """The copy that is selected."""
        row = self.table.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def refresh(self) -> None:
        """Show the copies anew, with the same one chosen."""
        kept = self.chosen
        mine = self._opened[0] if self._opened is not None and self.only.isChecked() else None
        self._shown = [copy for copy in self._copies() if mine in (None, copy.project_id)]
        listed = self._listed()
        self.table.setRowCount(len(self._shown))
        for row, copy in enumerate(self._shown):
            for column, words in enumerate(cells_of(copy, gone=copy.project_id not in listed)):
                item = QTableWidgetItem(words)
                item.setToolTip(words)
                self.table.setItem(row, column, item)
        at = next((row for row, copy in enumerate(self._shown) if kept is not None and copy.id == kept.id), 0)
        if self._shown:
            self.table.selectRow(at)
        self.none.setVisible(not self._shown)
        self.table.setVisible(bool(self._shown))
        self._enable()

    def _enable(self) -> None:
        for button in self.buttons.values():
            button.setEnabled(self.chosen is not None)

    def _do(self, name: str) -> None:
        copy = self.chosen
        if copy is not None:
            self._act(name, copy)
            self.refresh()
