"""A cell of the form: its editor, the mark of its findings, and a line beneath for what is wrong or worth knowing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.presenters.entries import Entry, EntryKind
from desktop.presenters.findings import Mark
from desktop.texts import text
from desktop.ui.theme import GRID, colours, severity_colour
from desktop.ui.widgets.date_editor import DateEditor
from desktop.ui.widgets.editors import ChoiceEditor, LineEditor, LongEditor
from desktop.ui.widgets.wrapping_editor import WrappingEditor

Editor = LineEditor | ChoiceEditor | DateEditor | LongEditor | WrappingEditor

_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


class Field(QFrame):
    """One place to type. It knows the text last shown, so that half-typed text survives a refresh."""

    typed = Signal(object)
    """Something was typed; carries the field."""
    finished = Signal(object)
    """The text is complete: the focus left, Enter was pressed, a choice was made."""
    entered = Signal(object)
    """Enter was pressed: the cursor is to go on."""
    focused = Signal(str)
    fill_wanted = Signal(str)
    """The line beneath was clicked: the total is to become the sum of its parts."""

    def __init__(self, entry: Entry, parent: QWidget | None = None, lines: tuple[int, int] = (6, 16)) -> None:
        super().__init__(parent)
        self.entry = entry
        self._shown = ""
        self.editor = _editor(entry, self, lines)
        self.setFocusProxy(self.editor)
        self.mark = QLabel(self)
        self.mark.setVisible(False)
        self.mark.setCursor(Qt.CursorShape.WhatsThisCursor)
        self.message = _line(self)
        self.note = _line(self)
        self.note.linkActivated.connect(lambda _link: self.fill_wanted.emit(entry.path))
        self.counter = _line(self) if entry.kind is EntryKind.LONG else None
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.editor, 1)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop if self.counter else Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        layout.setSpacing(0)
        long = self.counter is not None
        if not long:
            layout.addStretch(1)
        layout.addLayout(row, 1 if long else 0)
        for line in (self.counter, self.message, self.note):
            if line is not None:
                layout.addWidget(line)
        if not long:
            layout.addStretch(1)
        if self.counter is not None:
            self.counter.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.counter.setVisible(True)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.focus_target.setAccessibleName(entry.name)
        self.focus_target.setObjectName(entry.path)
        self.focus_target.installEventFilter(self)
        self.editor.typed.connect(self._typed)
        self.editor.finished.connect(lambda: self.finished.emit(self))
        self.editor.focused.connect(lambda: self.focused.emit(entry.path))
        if isinstance(self.editor, WrappingEditor) or not isinstance(self.editor, LongEditor):
            self.editor.entered.connect(lambda: self.entered.emit(self))

    @property
    def editor_widget(self) -> LineEditor | LongEditor:
        """The widget that has the cursor."""
        return self.editor.line if isinstance(self.editor, ChoiceEditor | DateEditor) else self.editor

    @property
    def focus_target(self) -> QWidget:
        """The widget that the focus is given to: of a box with choices it is the box."""
        return self.editor if isinstance(self.editor, ChoiceEditor) else self.editor_widget

    @property
    def is_dirty(self) -> bool:
        """Whether something is typed that was not shown by the program."""
        return self.editor.value() != self._shown

    @property
    def composing(self) -> bool:
        """Whether an input method is at work."""
        return self.editor.composing

    def value(self) -> str:
        """Return what is typed."""
        return self.editor.value()

    def show_value(self, value: str, *, keep_typed: bool) -> None:
        """Show the document's text; ``keep_typed``: not while the clerk is typing here."""
        if keep_typed and self.is_dirty and self.editor_widget.hasFocus():
            return
        self.editor.show_value(value)
        self._shown = self.editor.value()  # as the editor gives it back: some blanks and breaks come out otherwise
        self._count()

    def accept(self, value: str) -> None:
        """Take note that the document now has this text, without touching what is being typed."""
        self._shown = value

    def show_message(self, sentence: str) -> None:
        """Show what is wrong with the text, in place."""
        _say(self.message, sentence, colours().error.name())

    def show_note(self, sentence: str, *, odd: bool = False, fillable: bool = False) -> None:
        """Show the sum of the parts beneath a total."""
        colour = (colours().error if odd else colours().warning).name()
        link = f' <a href="fill" style="color:{colours().select.name()}">{text("pages.fill")}</a>' if fillable else ""
        _say(self.note, sentence, colour, link)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """Show the worst mark of the field's findings; the sentences are its tooltip and description."""
        self.mark.setVisible(bool(marks))
        sentences = "\n".join(f"{mark.sign} {mark.sentence}" for mark in marks)
        if marks:
            self.mark.setText(marks[0].sign)
            self.mark.setStyleSheet(f"color: {severity_colour(marks[0].severity).name()}; font-weight: bold")
        self.mark.setToolTip(sentences)
        self.focus_target.setToolTip(sentences)
        self.focus_target.setAccessibleDescription(sentences)

    def set_read_only(self, *, read_only: bool) -> None:
        """Let the text be typed or only be read."""
        self.editor_widget.setReadOnly(read_only)
        self.focus_target.setFocusPolicy(Qt.FocusPolicy.ClickFocus if read_only else Qt.FocusPolicy.StrongFocus)

    def silence(self) -> None:
        """Tell nothing any more: the field goes, and as it goes it loses the focus."""
        self.editor.blockSignals(True)  # noqa: FBT003 - Qt's own name

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the cursor into the editor, wherever the cell was clicked."""
        self.editor_widget.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Redraw the frame with the focus; open the calendar or the list with Alt+Down."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        elif (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Down
            and event.modifiers() == Qt.KeyboardModifier.AltModifier
            and isinstance(self.editor, DateEditor)
        ):
            self.editor.open_calendar()
            return True
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a frame in the accent colour round the cell that has the focus."""
        super().paintEvent(event)
        if self.editor_widget.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(colours().select, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
            painter.end()

    def _typed(self) -> None:
        self._count()
        self.typed.emit(self)

    def _count(self) -> None:
        if self.counter is not None:
            count = sum(not one.isspace() for one in self.editor.value())
            _say(self.counter, text("pages.characters", count=count), colours().warning.name())


def _editor(entry: Entry, parent: QWidget, lines: tuple[int, int]) -> Editor:
    if entry.kind is EntryKind.LONG:
        return LongEditor(*lines, parent)
    if entry.kind is EntryKind.CHOICE:
        return ChoiceEditor(entry.choices, parent)
    if entry.kind is EntryKind.DATE:
        return DateEditor(parent)
    align = _ALIGN["right"] if entry.kind is EntryKind.AMOUNT else _ALIGN.get(entry.align, _ALIGN["left"])
    if entry.kind is EntryKind.LINE:
        return WrappingEditor(align, parent)
    line = LineEditor(parent)
    line.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
    return line


def _line(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setWordWrap(True)
    label.setVisible(False)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * 0.9)
    label.setFont(font)
    return label


def _say(label: QLabel, sentence: str, colour: str, tail: str = "") -> None:
    label.setTextFormat(Qt.TextFormat.RichText if tail else Qt.TextFormat.PlainText)
    shown = f"{sentence}{tail}"
    if label.text() != shown:
        label.setText(shown)
        label.setStyleSheet(f"color: {colour}")
    label.setVisible(bool(sentence))
