"""查验: is this paper a final copy, the data as they are, or neither?"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from desktop.presenters.freezing import lines_of
from desktop.presenters.verifying import Verdict
from desktop.texts import text
from desktop.ui.dialogs.frame import stacked
from desktop.ui.theme import GRID, give_size


class VerifyDialog(QDialog):
    """A line for the code, which a scanner ends with Return, and what it says."""

    open_wanted = Signal(int)

    def __init__(
        self, verify: Callable[[str, Callable[[Verdict], None], QObject], object], parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._verify = verify
        self._number: int | None = None
        self.setWindowTitle(text("final.verify_title"))
        words = QLabel(text("final.verify_words"), self)
        words.setWordWrap(True)
        self.code = QLineEdit(self)
        self.code.setAccessibleName(text("final.verify_title"))
        self.act = QPushButton(text("final.verify_do"), self)
        self.act.setDefault(True)
        self.verdict = QLabel(self)
        self.verdict.setWordWrap(True)
        self.changes = QPlainTextEdit(self)
        self.changes.setReadOnly(True)
        self.changes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # lines are broken
        self.changes.setVisible(False)
        self.opener = QPushButton(text("final.verify_open"), self)
        self.opener.setVisible(False)
        self.leave = QPushButton(text("window.close"), self)
        for button in (self.opener, self.leave):
            button.setAutoDefault(False)
        line = QHBoxLayout()
        line.setSpacing(2 * GRID)
        line.addWidget(self.code, 1)
        line.addWidget(self.act)
        foot = QHBoxLayout()
        foot.addWidget(self.opener)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        layout = stacked(self, 3 * GRID)
        layout.addWidget(words)
        layout.addLayout(line)
        layout.addWidget(self.verdict)
        layout.addWidget(self.changes, 1)
        layout.addStretch()
        layout.addLayout(foot)
        give_size(self, 130 * GRID, 90 * GRID)
        self.act.clicked.connect(self._ask)
        self.opener.clicked.connect(self._open)
        self.leave.clicked.connect(self.reject)
        self.code.setFocus()

    def _ask(self) -> None:
        if self.code.text().strip():
            self.act.setEnabled(False)
            self.verdict.setText(text("final.verifying"))
            self._verify(self.code.text(), self.show_verdict, self)

    def show_verdict(self, found: Verdict) -> None:
        """Show what the code says."""
        self.act.setEnabled(True)
        self.verdict.setText("\n".join(found.sentences))
        self.changes.setPlainText("\n".join(lines_of(found.changes)))
        self.changes.setVisible(bool(found.changes))
        self._number = found.project_id
        self.opener.setVisible(found.project_id is not None)
        self.code.setFocus()
        self.code.selectAll()  # the next scan replaces it

    def _open(self) -> None:
        if self._number is not None:
            self.open_wanted.emit(self._number)
            self.accept()
