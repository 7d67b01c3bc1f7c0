"""The page that stands in the window where the data could not be opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.presenters.rescue import Way
from desktop.texts import text
from desktop.ui.theme import GRID, colours


class TroublePage(QWidget):
    """What happened and what to do, in words that can be copied; where there are ways out, one below the other."""

    def __init__(self, sentence: str) -> None:
        super().__init__()
        head = QLabel(text("window.cannot_open"), self)
        font = head.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.3)
        head.setFont(font)
        head.setStyleSheet(f"color: {colours().error.name()}")
        self.words = _words(sentence)
        self.more = _words("")
        self.more.hide()
        self.ways = QVBoxLayout()
        self.ways.setSpacing(3 * GRID)
        self.way_buttons: list[QPushButton] = []
        self.button = QPushButton(text("window.close"), self)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16 * GRID, 16 * GRID, 16 * GRID, 4 * GRID)
        layout.setSpacing(4 * GRID)
        for widget in (head, self.words, self.more):
            layout.addWidget(widget)
        layout.addLayout(self.ways)
        layout.addLayout(row)
        layout.addStretch(1)

    def say(self, sentence: str) -> None:
        """Add a sentence."""
        self.more.setText(sentence)
        self.more.show()

    def offer(self, ways: Sequence[Way], go: Callable[[Way], None]) -> None:
        """Show the ways out."""
        self.say("\n".join((text("rescue.head"), text("rescue.kept"))) if ways else text("rescue.nothing"))
        for way in ways:
            box = QFrame(self)
            box.setFrameShape(QFrame.Shape.StyledPanel)
            button = QPushButton(way.act, box)
            button.clicked.connect(lambda _checked=False, way=way: go(way))
            inside = QVBoxLayout(box)
            inside.setSpacing(2 * GRID)
            inside.addWidget(_words(way.words))
            inside.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self.ways.addWidget(box)
            self.way_buttons.append(button)


def _words(sentence: str) -> QLabel:
    label = QLabel(sentence)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
