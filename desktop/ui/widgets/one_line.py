"""A text on one line, cut to the room there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class OneLine(QWidget):
    """Shows what it is told on one line; what has no room stands in full in its tip.

    Its label stands in no layout: Qt lays out the whole window anew whenever a label that does says something else,
    and what it says follows the cursor.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = self._tip = ""
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, words: str, tip: str = "") -> None:
        """Show a text; without a tip of its own it has one where it is cut."""
        if (words, tip) != (self._words, self._tip):
            self._words, self._tip = words, tip
            self._label.setAccessibleName(words)
            self._cut()

    def text(self) -> str:
        """The whole text."""
        return self._words

    def shown(self) -> str:
        """As much of it as has room."""
        return self._label.text()

    def sizeHint(self) -> QSize:
        """A line high; as wide as there is room."""
        return QSize(0, self._label.fontMetrics().lineSpacing())

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text to the new width."""
        super().resizeEvent(event)
        self._label.setGeometry(self.rect())
        self._cut()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of the text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
            self._cut()

    def _cut(self) -> None:
        shown = self._label.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width())
        self._label.setText(shown)
        self.setToolTip(self._tip or (self._words if shown != self._words else ""))
