"""从备份恢复: which backup, what is in it, what would be different."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from desktop.presenters.safekeeping import Choice, Copy, Shown, copy_line
from desktop.texts import text
from desktop.ui.dialogs.files import documents
from desktop.ui.dialogs.frame import stacked
from desktop.ui.theme import GRID, give_size


class RestoreDialog(QDialog):
    """``chosen`` is the file after ``exec``; what is in a file is read away from this thread by ``look``.

    ``some`` names the projects where only those are wanted.
    """

    def __init__(
        self,
        copies: Sequence[Copy],
        look: Callable[[Path, Callable[[Shown | str], None], QObject], object],
        parent: QWidget | None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.chosen: Path | None = None
        self.some: list[str] = []
        self._projects: Sequence[Choice] = ()
        self.setWindowTitle(text("backup.restore_title"))
        words = QLabel(text("backup.restore_words"), self)
        words.setWordWrap(True)
        self.none = QLabel(text("backup.restore_none"), self)
        self.none.setVisible(not copies)
        self.list = QListWidget(self)
        self.list.setAccessibleName(text("backup.restore_title"))
        for copy in copies:
            self._add(copy_line(copy), copy.path)
        self.facts = QLabel(self)
        self.facts.setWordWrap(True)
        self.changes = QPlainTextEdit(self)
        self.changes.setReadOnly(True)
        self.changes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # lines are broken
        self.changes.setAccessibleName(text("backup.restore_changes"))
        self.other = QPushButton(text("backup.restore_other"), self)
        self.part = QPushButton(text("backup.restore_some"), self)
        self.act = QPushButton(text("backup.restore_do"), self)
        self.act.setEnabled(False)
        self.part.setEnabled(False)
        self.leave = QPushButton(text("window.cancel"), self)
        self.leave.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.other)
        row.addStretch(1)
        row.addWidget(self.part)
        row.addWidget(self.act)
        row.addWidget(self.leave)
        layout = stacked(self, 3 * GRID)
        layout.addWidget(words)
        layout.addWidget(self.none)
        layout.addWidget(self.list, 2)
        layout.addWidget(self.facts)
        layout.addWidget(self.changes, 2)
        layout.addLayout(row)
        give_size(self, 150 * GRID, 140 * GRID)
        self.list.currentItemChanged.connect(lambda item, _old: self._show(item))
        self.other.clicked.connect(self._ask_other)
        self.part.clicked.connect(self._ask_some)
        self.act.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)
        if copies:
            self.list.setCurrentRow(0)

    def _add(self, words: str, path: Path) -> QListWidgetItem:
        item = QListWidgetItem(words, self.list)
        item.setData(Qt.ItemDataRole.UserRole, str(path))
        item.setToolTip(str(path))
        return item

    def _ask_other(self) -> None:
        title, kinds = text("backup.restore_title"), text("backup.files")
        name, _ = QFileDialog.getOpenFileName(self, title, str(documents()), kinds)
        if name:
            self.none.hide()
            self.list.setCurrentItem(self._add(Path(name).name, Path(name)))

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        path = Path(item.data(Qt.ItemDataRole.UserRole))
        self.chosen = None
        self.act.setEnabled(False)
        self._allow(())
        self.facts.setText(text("backup.restore_look"))
        self.changes.clear()

        def shown(found: Shown | str) -> None:
            if self.list.currentItem() is not item:
                return
            if isinstance(found, str):
                self.facts.setText(found)
                return
            self.chosen = path
            self.facts.setText(found.facts)
            self.changes.setPlainText("\n".join((text("backup.restore_changes"), *found.changes)))
            self.act.setEnabled(True)
            self._allow(found.projects)

        self._look(path, shown, self)

    def _allow(self, projects: Sequence[Choice]) -> None:
        """Let some of a backup's projects be chosen, where it has any."""
        self._projects = projects
        self.part.setEnabled(bool(projects))

    def _ask_some(self) -> None:
        from desktop.ui.dialogs.take_back import TakeBackDialog

        dialog = TakeBackDialog(self._projects, self)
        accepted, self.some = bool(dialog.exec()), dialog.chosen
        dialog.deleteLater()
        if accepted:
            self.accept()
        else:
            self.some = []
