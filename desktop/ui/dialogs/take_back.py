"""从备份取回项目: which of the projects of a backup come back beside those that are there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from desktop.presenters.safekeeping import Choice
from desktop.texts import text
from desktop.ui.dialogs.frame import act_buttons, stacked
from desktop.ui.theme import GRID, give_size

_UUID = Qt.ItemDataRole.UserRole


class TakeBackDialog(QDialog):
    """``chosen`` names the projects after ``exec``."""

    def __init__(self, projects: Sequence[Choice], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(text("backup.take_title"))
        words = QLabel(text("backup.take_words"), self)
        words.setWordWrap(True)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(text("backup.take_filter"))
        self.filter.setAccessibleName(text("backup.take_filter"))
        self.filter.setClearButtonEnabled(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(text("backup.take_title"))
        self.list.setUniformItemSizes(True)
        for one in projects:
            item = QListWidgetItem(one.words, self.list)
            item.setData(_UUID, one.uuid)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.buttons, self.act = act_buttons(self, text("backup.take_do"))
        layout = stacked(self, 3 * GRID)
        for widget in (words, self.filter, self.list, self.buttons):
            layout.addWidget(widget)
        give_size(self, 170 * GRID, 130 * GRID)
        self.filter.textChanged.connect(self._narrow)
        self.list.itemChanged.connect(self._tell)
        self._tell()
        self.list.setCurrentRow(0)
        self.list.setFocus()

    @property
    def chosen(self) -> list[str]:
        """The projects that are ticked, also those that the filter hides."""
        return [item.data(_UUID) for item in self._items() if item.checkState() is Qt.CheckState.Checked]

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(at) for at in range(self.list.count())]

    def _narrow(self, words: str) -> None:
        wanted = words.lower().split()
        for item in self._items():
            item.setHidden(not all(one in item.text().lower() for one in wanted))

    def _tell(self) -> None:
        self.act.setEnabled(bool(self.chosen))
