"""The line above the indicators in which words are typed to narrow the list; hidden until it is wanted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.texts import text
from desktop.ui.theme import GRID
from desktop.ui.widgets.editors import LineEditor


class FilterLine(QWidget):
    """A field and how many rows it leaves."""

    changed = Signal(str)
    """The words, at every key; nothing once the line is left."""
    left = Signal()
    """The cursor goes back to the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = LineEditor(self)
        self.words.setFrame(True)
        self.words.setClearButtonEnabled(True)
        self.words.setPlaceholderText(text("indicators.filter_hint"))
        self.words.setAccessibleName(text("indicators.filter_name"))
        self.count = QLabel(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, 2 * GRID, GRID)
        layout.setSpacing(2 * GRID)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.count)
        self.words.textChanged.connect(self.changed)
        self.words.entered.connect(self.left)
        self.hide()

    def begin(self) -> None:
        """Show the line, ready to type."""
        self.show()
        self.words.setFocus()
        self.words.selectAll()

    def end(self) -> None:
        """Show everything again and hide the line."""
        had_focus = self.words.hasFocus()
        self.words.clear()
        self.hide()
        if had_focus:
            self.left.emit()

    def say(self, shown: int, count: int) -> None:
        """Say how many rows are left of how many."""
        self.count.setText(text("indicators.filter_count", shown=shown, count=count) if self.words.text() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends it; down goes on to the list."""
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.end()
        elif event.matches(QKeySequence.StandardKey.MoveToNextLine):
            self.left.emit()
        else:
            super().keyPressEvent(event)
