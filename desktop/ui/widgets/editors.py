"""Editors of one cell. All speak alike: ``value``, ``show_value``, ``typed`` while typing, ``finished`` at its end.

None keeps an undo history of its own (Ctrl+Z is the window's, over everything), and none hands over a text
while an input method still composes it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QPlainTextEdit, QSizePolicy, QWidget

from desktop.ui.theme import GRID

_OWN_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


_TEXT_KEYS = (Qt.Key.Key_A, Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X)


def _is_windows(event: QEvent) -> bool:
    """Whether a key is the window's: with Ctrl only four letters are a text's own, though Linux knows more of them."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and (
            any(event.matches(key) for key in _OWN_UNDO)
            or (
                event.modifiers() == Qt.KeyboardModifier.ControlModifier
                and Qt.Key.Key_A <= event.key() <= Qt.Key.Key_Z
                and event.key() not in _TEXT_KEYS
            )
        )
    )


def _show_menu(menu: QMenu, event: QContextMenuEvent) -> None:
    for action in menu.actions()[:3]:  # undo, redo and the line below them
        menu.removeAction(action)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(event.globalPos())


class LineEditor(QLineEdit):
    """A line of text."""

    typed = Signal()
    finished = Signal()
    entered = Signal()
    """Enter was pressed; ``finished`` comes after it."""
    focused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self.setFrame(False)
        self.textEdited.connect(self.typed)
        self.editingFinished.connect(self.finished)
        self.returnPressed.connect(self.entered)

    def value(self) -> str:
        """Return what is typed."""
        return self.text()

    def show_value(self, value: str) -> None:
        """Show a text, keeping the cursor where it is as far as that goes."""
        if value != self.text():
            at = self.cursorPosition()
            self.setText(value)
            self.setCursorPosition(min(at, len(value)) if self.hasFocus() else 0)

    def event(self, event: QEvent) -> bool:
        """Leave its keys to the window."""
        if _is_windows(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave undo and redo to the window, wherever they come from."""
        if any(event.matches(key) for key in _OWN_UNDO):
            event.ignore()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether the input method is still composing."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell where the focus is."""
        super().focusInEvent(event)
        self.focused.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the usual menu without its own undo."""
        _show_menu(self.createStandardContextMenu(), event)


class ChoiceEditor(QComboBox):
    """A line of text with the edition's code list; a text outside the list is allowed."""

    typed = Signal()
    finished = Signal()
    entered = Signal()
    focused = Signal()

    def __init__(self, choices: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditable(True)
        self.line = LineEditor(self)
        self.setLineEdit(self.line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.addItems(list(choices))
        self.setCurrentIndex(-1)
        self.setFrame(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(4)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        view = self.view()
        metrics = QFontMetrics(view.font())
        view.setMinimumWidth(max((metrics.horizontalAdvance(one) for one in choices), default=0) + 8 * GRID)
        for name in ("typed", "finished", "entered", "focused"):
            getattr(self.line, name).connect(getattr(self, name))
        self.activated.connect(self._chosen)

    @property
    def composing(self) -> bool:
        """Whether the input method is still composing."""
        return self.line.composing

    def value(self) -> str:
        """Return what is typed or chosen."""
        return self.line.text()

    def show_value(self, value: str) -> None:
        """Show a text."""
        if value != self.line.text():
            self.setCurrentIndex(self.findText(value))
            self.line.setText(value)
        if not self.line.hasFocus():
            self.line.setCursorPosition(0)  # the beginning is what tells choices apart

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll: a wheel over a field must not change what stands in it."""
        event.ignore()

    def _chosen(self, _index: int) -> None:
        self.typed.emit()
        self.finished.emit()


class LongEditor(QPlainTextEdit):
    """Paragraphs of plain text; Tab goes on to the next field. It grows with its text up to a height."""

    typed = Signal()
    finished = Signal()
    focused = Signal()

    def __init__(self, least_lines: int, most_lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.composing = False
        self._showing = False
        self._least, self._most = least_lines, most_lines
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.textChanged.connect(self._changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())

    def value(self) -> str:
        """Return what is typed."""
        # toPlainText would turn fixed-width blanks into ordinary ones.
        return self.document().toRawText().replace("\u2029", "\n")

    def show_value(self, value: str) -> None:
        """Show a text, keeping the cursor where it is as far as that goes."""
        if value == self.value():
            return
        self._showing = True
        at, scroll = self.textCursor().position(), self.verticalScrollBar().value()
        self.setPlainText(value)
        cursor = self.textCursor()
        cursor.setPosition(min(at, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(scroll)
        self._showing = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height where the text wraps otherwise."""
        super().resizeEvent(event)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for the height of the text, between the least and the most lines."""
        line = self.fontMetrics().lineSpacing()
        lines = min(max(self.document().documentLayout().documentSize().height(), self._least), self._most)
        return QSize(40 * GRID, int(lines * line) + 4 * GRID)

    def minimumSizeHint(self) -> QSize:
        """Never less than the least lines."""
        return QSize(30 * GRID, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Leave its keys to the window."""
        if _is_windows(event):
            event.ignore()
            return False
        return super().event(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Note whether the input method is still composing."""
        self.composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell where the focus is."""
        super().focusInEvent(event)
        self.focused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hand over what is typed."""
        super().focusOutEvent(event)
        self.finished.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show the usual menu without its own undo."""
        _show_menu(self.createStandardContextMenu(), event)

    def _changed(self) -> None:
        if not self._showing:
            self.typed.emit()


def visible_rect(widget: QWidget) -> QRect:
    """Return a widget's place with a margin, for scrolling it into sight."""
    return widget.rect().adjusted(-2 * GRID, -4 * GRID, 2 * GRID, 4 * GRID)
