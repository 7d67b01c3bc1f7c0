"""The dialog of 对照: what the open project is to be compared with."""

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

from desktop.presenters.comparing import Partner
from desktop.texts import text
from desktop.ui.dialogs.frame import act_buttons, stacked
from desktop.ui.theme import GRID, give_size
from forms.reading import sq

_PARTNER = Qt.ItemDataRole.UserRole
_MOST = 500


class CompareDialog(QDialog):
    """A list to choose from; ``chosen`` gives the choice after ``exec``."""

    def __init__(self, partners: Sequence[Partner], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._partners = partners
        self.setWindowTitle(text("summaries.compare_title"))
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(text("summaries.compare_find"))
        self.words.setAccessibleName(text("summaries.compare_find"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._fill)
        self.list = QListWidget(self)
        self.list.setAccessibleName(text("summaries.compare_with"))
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.list.currentItemChanged.connect(self._enable)
        self.buttons, self.act = act_buttons(self, text("summaries.compare_do"))
        layout = stacked(self, 2 * GRID)
        for widget in (QLabel(text("summaries.compare_with"), self), self.words, self.list, self.buttons):
            layout.addWidget(widget)
        give_size(self, 130 * GRID, 110 * GRID)
        self._fill()
        self.list.setFocus()

    @property
    def chosen(self) -> Partner | None:
        """What is chosen."""
        item = self.list.currentItem()
        partner = None if item is None else item.data(_PARTNER)
        return partner if isinstance(partner, Partner) else None

    def _enable(self) -> None:
        self.act.setEnabled(self.chosen is not None)

    def _fill(self) -> None:
        wanted = [sq(word) for word in self.words.text().split()]
        self.list.clear()
        fitting = [one for one in self._partners if all(word in one.search for word in wanted)]
        for one in fitting[:_MOST]:
            item = QListWidgetItem(one.words, self.list)
            item.setData(_PARTNER, one)
        self.list.setCurrentRow(0)
