"""Small dialogs that several commands share: long words to read and copy, a question with one act, a trouble told."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QMessageBox, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.texts import text
from desktop.ui.dialogs.frame import stacked
from desktop.ui.theme import GRID, give_size


class WordsDialog(QDialog):
    """A sentence and, below it, lines that can be scrolled and copied; with ``act`` a question."""

    def __init__(self, title: str, sentence: str, lines: str, parent: QWidget | None, act: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.sentence = QLabel(sentence, self)
        self.sentence.setWordWrap(True)
        self.lines = QPlainTextEdit(lines, self)
        self.lines.setReadOnly(True)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # lines are broken
        self.lines.setVisible(bool(lines))
        self.lines.setTabChangesFocus(True)
        self.lines.setAccessibleName(title)
        self.buttons = QDialogButtonBox(self)
        self.act = self.buttons.addButton(act, QDialogButtonBox.ButtonRole.AcceptRole) if act else None
        leave = text("window.cancel") if act else text("window.close")
        self.leave = self.buttons.addButton(leave, QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.body = QVBoxLayout()
        self.body.setSpacing(3 * GRID)
        layout = stacked(self, 3 * GRID)
        layout.addWidget(self.sentence)
        layout.addWidget(self.lines, 1)
        layout.addLayout(self.body)
        layout.addWidget(self.buttons)
        give_size(self, 130 * GRID, (100 if lines else 40) * GRID)


def show_words(title: str, sentence: str, lines: str, parent: QWidget | None) -> None:
    """Let the clerk read something."""
    dialog = WordsDialog(title, sentence, lines, parent)
    dialog.exec()
    dialog.deleteLater()


def ask(question: str, act: str, parent: QWidget | None) -> bool:
    """Ask whether to go on; going on is not what Return does."""
    box = QMessageBox(QMessageBox.Icon.Question, text("window.name"), question, parent=parent)
    yes = box.addButton(act, QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(text("window.cancel"), QMessageBox.ButtonRole.RejectRole))
    box.exec()
    chosen = box.clickedButton() is yes
    box.deleteLater()
    return chosen


def tell(title: str, words: str, parent: QWidget | None) -> None:
    """Tell of something that did not go as wanted."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, words, parent=parent)
    box.addButton(text("window.close"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()
    box.deleteLater()
