"""What stands in the middle while no project is open: what one can do, in large words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QCommandLinkButton, QLabel, QVBoxLayout, QWidget

from desktop.texts import text
from desktop.ui.theme import GRID, colours

CHOICES = ("new", "carry", "import")


class _Choice(QCommandLinkButton):
    """A choice in large words, framed while it has the focus: some styles show that only of what the mouse is on."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, too."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(colours().select, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()


class StartPane(QWidget):
    """Three choices and the samples."""

    wanted = Signal(str)
    """``new``, ``carry``, ``import`` or ``samples``."""

    def __init__(self, *, samples: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QCommandLinkButton] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12 * GRID, 8 * GRID, 12 * GRID, 8 * GRID)
        layout.setSpacing(3 * GRID)
        self.words = QLabel(text("window.start_words"), self)
        self.words.setWordWrap(True)
        font = self.words.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        self.words.setFont(font)
        self.words.setFixedWidth(130 * GRID)
        layout.addStretch(1)
        layout.addWidget(self.words, 0, Qt.AlignmentFlag.AlignHCenter)
        for name in (*CHOICES, *(("samples",) if samples else ())):
            button = _Choice(text(f"window.start_{name}"), text(f"window.start_{name}_more"), self)
            button.setObjectName(name)
            button.clicked.connect(lambda _checked=False, name=name: self.wanted.emit(name))
            button.setAutoDefault(True)  # so that Enter presses it, too
            button.setFixedWidth(130 * GRID)
            button.setMinimumHeight(18 * GRID)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            self.buttons[name] = button
        layout.addStretch(2)

    def showEvent(self, event: QShowEvent) -> None:
        """Let Enter do what most want first."""
        super().showEvent(event)
        self.buttons["new"].setFocus()
