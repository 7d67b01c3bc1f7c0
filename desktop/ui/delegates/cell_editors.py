"""Editors of table cells. All speak alike: ``value``, ``begin`` with the text that stands there, ``composing``.

A text that was not changed is given back to the character, whatever Qt makes of its line breaks and blanks.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QStringListModel, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QComboBox, QCompleter, QWidget

from desktop.ui.theme import GRID, colours
from desktop.ui.widgets.editors import LineEditor, LongEditor

_BORDER = 2
_PARAGRAPH = "\u2029"


class TextCell(LongEditor):
    """Text that wraps; the editor grows over the rows below while it is typed."""

    def __init__(self, parent: QWidget, align: Qt.AlignmentFlag) -> None:
        super().__init__(1, 12, parent)
        _frame(self)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        option = self.document().defaultTextOption()
        option.setAlignment(align)
        self.document().setDefaultTextOption(option)
        self._given = ""
        self._begun = ""
        self._place = QRect()
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())

    def begin(self, value: str) -> None:
        """Show the text that stands in the cell, all selected, so that typing replaces it."""
        self.setPlainText(value)
        self._given, self._begun = value, self._typed_text()
        self.selectAll()

    def value(self) -> str:
        """Return what is typed; the very text given to ``begin`` where nothing was."""
        now = self._typed_text()
        return self._given if now == self._begun else now

    def place(self, rect: QRect) -> None:
        """Stand over a cell, and no smaller than it."""
        self._place = QRect(rect)  # the given one belongs to an option that is gone soon
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap at the new width; until it is shown, the editor does not know its own."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def can_move(self, operation: QTextCursor.MoveOperation) -> bool:
        """Whether the cursor can go a line up or down within the text."""
        return QTextCursor(self.textCursor()).movePosition(operation)

    def _typed_text(self) -> str:
        # toPlainText would turn fixed-width blanks into ordinary ones.
        return self.document().toRawText().replace(_PARAGRAPH, "\n")

    def _grow(self) -> None:
        place, viewport = self._place, self.parentWidget()
        room = viewport.height() if viewport is not None else place.height()
        wanted = 0
        block = self.document().begin()
        while block.isValid():
            wanted += int(self.blockBoundingRect(block).height())  # lays the block out at its width
            block = block.next()
        height = max(place.height(), min(wanted + 2 * GRID, room))
        top = max(0, min(place.top(), room - height)) if height > place.height() else place.top()
        self.setViewportMargins(GRID, max(0, (height - wanted) // 2 - _BORDER), GRID, 0)
        self.setGeometry(place.left(), top, place.width(), height)
        if wanted < height:
            self.verticalScrollBar().setValue(0)  # what scrolled while there was less room


class UnitCell(LineEditor):
    """A unit, completed from those known; another one may be typed."""

    def __init__(self, parent: QWidget, units: Iterable[str]) -> None:
        super().__init__(parent)
        _frame(self)
        self.setTextMargins(2, 0, 0, 0)
        completer = QCompleter(QStringListModel(list(units), self), self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def begin(self, value: str) -> None:
        """Show the unit that stands in the cell, selected."""
        self.setText(value)
        self.selectAll()

    def place(self, rect: QRect) -> None:
        """Stand over a cell."""
        self.setGeometry(rect)

    def show_list(self) -> None:
        """Show all units to choose from."""
        self.completer().setCompletionPrefix("")
        self.completer().complete()


class SignCell(QComboBox):
    """One of the signs, or none. Keys choose: ``>`` and then ``=`` is ≥."""

    _AFTER = {(">", "="): "≥", ("<", "="): "≤"}  # noqa: RUF012 - never changed

    def __init__(self, parent: QWidget, signs: Iterable[str]) -> None:
        super().__init__(parent)
        self.setPalette(QApplication.palette())
        self.composing = False
        self.addItems(["", *signs])
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def begin(self, value: str) -> None:
        """Show the sign that stands in the cell."""
        self.setCurrentIndex(max(self.findText(value), 0))

    def value(self) -> str:
        """Return the sign chosen."""
        return self.currentText()

    def place(self, rect: QRect) -> None:
        """Stand over a cell, wide enough for the arrow beside the sign."""
        self.setGeometry(rect.adjusted(0, 0, max(0, 14 * GRID - rect.width()), 0))

    def show_list(self) -> None:
        """Show the signs to choose from."""
        self.showPopup()

    def type_sign(self, typed: str) -> bool:
        """Choose by a typed character, full-width ones too; False where it is no sign."""
        plain = {"＞": ">", "＜": "<", "＝": "="}.get(typed, typed)
        wanted = self._AFTER.get((self.currentText(), plain), plain)
        at = self.findText(wanted)
        if at < 0 or not wanted:
            return False
        self.setCurrentIndex(at)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a sign, take it away, or leave the key to the list."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.setCurrentIndex(0)
        elif not self.type_sign(event.text()):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take signs that an input method sends, as full-width punctuation comes."""
        self.composing = bool(event.preeditString())
        for char in event.commitString():
            self.type_sign(char)
        event.accept()


def _frame(editor: QWidget) -> None:
    """Give an editor the frame of the cell at hand, and the usual selection instead of the tree's pale one."""
    editor.setPalette(QApplication.palette())
    editor.setStyleSheet(f"{type(editor).__name__} {{ border: {_BORDER}px solid {colours().select.name()}; }}")
