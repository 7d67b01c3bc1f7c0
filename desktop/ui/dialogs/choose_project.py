"""The dialog that asks for a project: words to narrow the list, and the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from desktop.presenters.branch_copy import Place
from desktop.texts import text
from desktop.ui.dialogs.frame import act_buttons, stacked
from desktop.ui.theme import GRID, give_size

_NUMBER = Qt.ItemDataRole.UserRole


class ChooseProjectDialog(QDialog):
    """Asks into which project something goes; ``number`` tells after ``exec``."""

    def __init__(
        self, sentence: str, places: Callable[[str], Sequence[Place]], act: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._places = places
        self.setWindowTitle(text("indicators.copy_title"))
        label = QLabel(sentence, self)
        label.setWordWrap(True)
        self.filter = QLineEdit(self)
        self.filter.setPlaceholderText(text("indicators.copy_filter"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName(text("indicators.copy_filter"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(text("indicators.copy_list"))
        self.buttons, self.accept_button = act_buttons(self, act)
        layout = stacked(self, 2 * GRID)
        for widget in (label, self.filter, self.list, self.buttons):
            layout.addWidget(widget)
        give_size(self, 130 * GRID, 110 * GRID)
        self.filter.textChanged.connect(self._fill)
        self.filter.installEventFilter(self)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.list.currentRowChanged.connect(lambda at: self.accept_button.setEnabled(at >= 0))
        self._fill()
        self.filter.setFocus()

    @property
    def number(self) -> int | None:
        """The project chosen."""
        item = self.list.currentItem()
        return None if item is None else int(item.data(_NUMBER))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let up and down in the filter move through the list."""
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            QApplication.sendEvent(self.list, event)
            return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        self.list.clear()
        for place in self._places(self.filter.text()):
            item = QListWidgetItem(place.words, self.list)
            item.setData(_NUMBER, place.number)
        self.list.setCurrentRow(0 if self.list.count() else -1)
        self.accept_button.setEnabled(self.list.count() > 0)
