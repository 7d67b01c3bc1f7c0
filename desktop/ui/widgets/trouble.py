"""The page that stands in the window where the data could not be opened."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.texts import text
from desktop.ui.theme import GRID, colours


class TroublePage(QWidget):
    """What happened and what to do, in words that can be copied."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        head = QLabel(text("window.cannot_open"), self)
        font = head.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.3)
        head.setFont(font)
        head.setStyleSheet(f"color: {colours().error.name()}")
        self.words = QLabel(sentence, self)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button = QPushButton(text("window.close"), self)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16 * GRID, 16 * GRID, 16 * GRID, 4 * GRID)
        layout.setSpacing(4 * GRID)
        layout.addWidget(head)
        layout.addWidget(self.words)
        layout.addLayout(row)
        layout.addStretch(1)
