"""The dialogs of 定稿 and 盖章."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QWidget

from desktop.presenters.freezing import Stamp, read_day
from desktop.texts import text
from desktop.ui.dialogs.ask import WordsDialog
from desktop.ui.dialogs.frame import stacked
from desktop.ui.theme import GRID, colours, give_size
from desktop.ui.widgets.date_editor import DateEditor


class FreezeDialog(WordsDialog):
    """Asks before a final copy is made: what it will be, and what has changed since the one before."""

    def __init__(self, sentence: str, lines: str, parent: QWidget | None) -> None:
        super().__init__(text("final.freeze_title"), sentence, lines, parent, text("final.freeze_do"))
        self.sign_off = QCheckBox(text("final.freeze_sign_off"), self)
        self.body.addWidget(self.sign_off)


class StampDialog(QDialog):
    """Asks for day and note of a stamp; ``stamp`` gives it after ``exec``."""

    def __init__(self, sentence: str, today: date, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(text("final.stamp_title"))
        self.stamp: Stamp | None = None
        self.day = DateEditor(self)
        self.day.line.setFrame(True)
        self.day.show_value(today.isoformat())
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(text("final.stamp_note_hint"))
        self.hint = QLabel(self)
        self.hint.setWordWrap(True)
        self.hint.setStyleSheet(f"color: {colours().error.name()}")
        self.buttons = QDialogButtonBox(self)
        self.act = self.buttons.addButton(text("final.stamp_do"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.addButton(text("window.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        form = QFormLayout()
        form.setSpacing(2 * GRID)
        form.addRow(text("final.stamp_day"), self.day)
        form.addRow(text("final.stamp_note"), self.note)
        words = QLabel(sentence, self)
        words.setWordWrap(True)
        layout = stacked(self, 3 * GRID)
        layout.addWidget(words)
        layout.addLayout(form)
        layout.addWidget(self.hint)
        layout.addWidget(self.buttons)
        give_size(self, 110 * GRID, 50 * GRID)

    def _take(self) -> None:
        day = read_day(self.day.value())
        if day is None:
            self.hint.setText(text("final.stamp_bad_day", typed=self.day.value()))
            self.day.setFocus()
            return
        self.stamp = Stamp(day, self.note.text().strip())
        self.accept()
