"""What can be done about the finding that is chosen: confirm it, write why, take that back, have it mended."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop.presenters.findings import Line
from desktop.texts import text
from desktop.ui.theme import GRID

_LONGEST_NOTE = 500


class _NoteEditor(QLineEdit):
    """A line for the 说明; Esc gives it up."""

    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As Qt calls it."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class FindingBar(QWidget):
    """A row of buttons, and the line for a note where one is being written. Hidden while there is nothing to do."""

    confirmed = Signal(str)
    """Confirm, with this note."""
    withdrawn = Signal()
    fix_wanted = Signal()
    note_wanted = Signal()
    """Ask ``write_note`` to begin from the note that is known."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Line | None, bool] | None = None
        self._is_writing = False
        self.fix = self._button("do_fix", "do_fix_tip")
        self.confirm = self._button("do_confirm", "do_confirm_tip")
        self.write = self._button("do_note", "do_note_tip")
        self.withdraw = self._button("do_withdraw")
        self.note = _NoteEditor(self)
        self.note.setPlaceholderText(text("findings.note_hint"))
        self.note.setAccessibleName(text("findings.do_note"))
        self.note.setMaxLength(_LONGEST_NOTE)
        self.fix.clicked.connect(self.fix_wanted)
        self.confirm.clicked.connect(lambda: self.confirmed.emit(self.note.text() if self._is_writing else ""))
        self.write.clicked.connect(self.note_wanted)
        self.withdraw.clicked.connect(self.withdrawn)
        self.note.returnPressed.connect(lambda: self.confirmed.emit(self.note.text()))
        self.note.given_up.connect(self.end_note)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for button in (self.fix, self.confirm, self.write, self.withdraw):
            row.addWidget(button)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 0, 2 * GRID, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(self.note)
        layout.addLayout(row)
        self.show_line(None, fixable=False)

    def _button(self, words: str, tip: str = "") -> QPushButton:
        button = QPushButton(text(f"findings.{words}"), self)
        button.setAutoDefault(False)
        if tip:
            button.setToolTip(text(f"findings.{tip}"))
        return button

    def show_line(self, line: Line | None, *, fixable: bool) -> None:
        """Offer what can be done about a finding; a note begun for another one is given up."""
        if (line, fixable) == self._shown:
            return
        self._shown = line, fixable
        self.end_note()
        known = line is not None and line.note is not None
        asks = line is not None and line.note is None and line.mark.severity == "confirm"
        self.confirm.setVisible(asks)
        self.write.setVisible(asks or known)
        self.write.setText(text("findings.do_change_note" if known else "findings.do_note"))
        self.withdraw.setVisible(known)
        self.fix.setVisible(fixable)
        self.setVisible(asks or known or fixable)

    def write_note(self, words: str) -> None:
        """Show the line for the note."""
        self._is_writing = True
        self.note.setText(words)
        self.note.setVisible(True)
        self.note.setFocus()

    def end_note(self) -> None:
        """Hide the line for the note."""
        self._is_writing = False
        self.note.setVisible(False)
        self.note.clear()
