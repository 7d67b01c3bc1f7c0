"""A text of one paragraph in a narrow cell: it wraps as on paper, so that a long name is seen whole."""

from __future__ import annotations

import re

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from desktop.ui.theme import GRID
from desktop.ui.widgets.editors import LongEditor

_MOST_LINES = 6
_BREAK = re.compile(r"\s*[\r\n]+\s*")
_BETWEEN_WORDS = re.compile(r"(?<=[!-~])\s*[\r\n]+\s*(?=[!-~])")
"""A break with Latin letters or digits at both sides, where a blank takes its place; Chinese is written without."""
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class WrappingEditor(LongEditor):
    """Enter goes on to the next field; the editor is as high as its lines."""

    entered = Signal()
    """Enter was pressed, after ``finished``: the cursor goes on to the next field."""

    def __init__(self, align: Qt.AlignmentFlag, parent: QWidget | None = None) -> None:
        super().__init__(1, _MOST_LINES, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(2)
        option = QTextOption(align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)

    def sizeHint(self) -> QSize:
        """Ask for the height of the lines, and of no more."""
        return QSize(12 * GRID, super().sizeHint().height() - 3 * GRID)

    def minimumSizeHint(self) -> QSize:
        """Never less than the lines."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter as the end of the text."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select the text where the focus comes by a key, as a line of text does."""
        super().focusInEvent(event)
        if event.reason() in _BY_KEY:
            self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave nothing selected behind."""
        super().focusOutEvent(event)
        if event.reason() in _BY_KEY:
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste several lines as one paragraph."""
        plain = QMimeData()
        plain.setText(_BREAK.sub("", _BETWEEN_WORDS.sub(" ", source.text().strip())))
        QPlainTextEdit.insertFromMimeData(self, plain)
