"""A bar across the window for what must not be overlooked: saving failed, or something else went wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.ui.theme import GRID


class Banner(QFrame):
    """White words on seal red; it stays until the trouble is over."""

    pressed = Signal()
    style_sheet = "#bar { background: #B23A2B } #bar QLabel { color: white }"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bar")
        self.setStyleSheet(self.style_sheet)
        self.words = QLabel(self)
        self.words.setWordWrap(True)
        self.button = QPushButton(self)
        self.button.clicked.connect(self.pressed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(3 * GRID, GRID, 3 * GRID, GRID)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.button)
        self.setVisible(False)

    def say(self, sentence: str, button: str) -> None:
        """Show a sentence and what can be done; nothing hides the bar."""
        self.button.setText(button)
        self.words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))


class Hint(Banner):
    """The same in quiet colours, for what is not urgent."""

    style_sheet = "#bar { background: palette(alternate-base); border-bottom: 1px solid palette(mid) }"
