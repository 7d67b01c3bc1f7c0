"""A bar across the window for what must not be overlooked: saving failed, or something else went wrong."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.ui.theme import GRID


class Banner(QFrame):
    """White words on seal red; it stays until the trouble is over."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setStyleSheet("#banner { background: #B23A2B } #banner QLabel { color: white }")
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
