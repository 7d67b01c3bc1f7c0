"""The dialog of 编报册: the order of the projects by drag, title, and statement with its figures."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.presenters.booklets import Plan, booklet, ordered, remarks, usual
from desktop.texts import text
from desktop.ui.dialogs.frame import stacked
from desktop.ui.theme import GRID, colours, give_size
from forms.documents import Project
from forms.edition import Edition
from forms.printing.statement import TOKENS

_NUMBER = Qt.ItemDataRole.UserRole
_REST = 250
"""Milliseconds without typing after which the booklet is checked."""
Then = Literal["", "save", "print", "pdf"]


class BookletDialog(QDialog):
    """Asks how projects are bound; ``plan`` and ``then`` tell after ``exec``."""

    def __init__(
        self,
        projects: Mapping[int, Project],
        plan: Plan,
        editions: Mapping[str, Edition],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._projects, self._editions = projects, editions
        self.then: Then = ""
        self.setWindowTitle(text("booklet.title"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(text("booklet.order"))
        self.list.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.list.setMinimumWidth(80 * GRID)
        self.heading = QLineEdit(plan.title, self)
        self.statement = QPlainTextEdit(plan.statement, self)
        self.statement.setTabChangesFocus(True)
        self.statement.setAccessibleName(text("booklet.statement"))
        self.insert = QPushButton(text("booklet.insert"), self)
        menu = QMenu(self.insert)
        for token in TOKENS:
            menu.addAction(token, partial(self.statement.insertPlainText, f"【{token}】"))
        self.insert.setMenu(menu)
        self.usual = QPushButton(text("booklet.usual"), self)
        self.shown = QLabel(self)
        self.remarks = QLabel(self)
        self.buttons = QDialogButtonBox(self)
        acts: tuple[Then, ...] = ("save", "print", "pdf")
        for name in acts:
            button = self.buttons.addButton(text(f"booklet.{name}"), QDialogButtonBox.ButtonRole.AcceptRole)
            button.clicked.connect(partial(self._end, name))
        self.buttons.addButton(text("window.cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self._lay_out()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_REST)
        self._later.timeout.connect(self._check)
        self._act()
        self._fill(ordered(projects, plan))
        self._tell()

    def _lay_out(self) -> None:
        intro = QLabel(text("booklet.intro", count=len(self._projects)), self)
        for label in (intro, self.shown, self.remarks):
            label.setWordWrap(True)
        self.remarks.setStyleSheet(f"color: {colours().confirm.name()}")
        self.shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        tools = QHBoxLayout()
        tools.addWidget(self.insert)
        tools.addWidget(self.usual)
        tools.addStretch(1)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setSpacing(GRID)
        form.addRow(text("booklet.heading"), self.heading)
        form.addRow(text("booklet.statement"), self.statement)
        form.addRow(text("booklet.statement_hint"), tools)
        right = QVBoxLayout()
        right.addLayout(form)
        right.addWidget(self.shown)
        right.addWidget(self.remarks)
        right.addStretch(1)
        both = QHBoxLayout()
        both.setSpacing(4 * GRID)
        both.addWidget(self.list, 2)
        both.addLayout(right, 3)
        layout = stacked(self, 3 * GRID)
        layout.addWidget(intro)
        layout.addLayout(both, 1)
        layout.addWidget(self.buttons)
        give_size(self, 230 * GRID, 130 * GRID)

    def _act(self) -> None:
        for name, keys, by in (("up", "Alt+Up", -1), ("down", "Alt+Down", 1)):
            action = QAction(text(f"booklet.{name}"), self.list)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(partial(self._move, by))
            self.list.addAction(action)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.list.model().rowsMoved.connect(self._renumber)
        self.heading.textChanged.connect(self._tell)
        self.statement.textChanged.connect(self._tell)
        self.usual.clicked.connect(self._take_usual)
        self.buttons.rejected.connect(self.reject)

    @property
    def plan(self) -> Plan:
        """What was decided."""
        numbers = tuple(self._numbers())
        order = () if numbers == tuple(self._projects) else numbers
        return Plan(self.heading.text().strip(), self.statement.toPlainText().strip(), order)

    def bound(self) -> dict[int, Project]:
        """Return the projects by their numbers, in their order."""
        return {number: self._projects[number] for number in self._numbers()}

    def projects(self) -> list[Project]:
        """Return the projects in their order."""
        return list(self.bound().values())

    # ---------------------------------------------------------------- within

    def _numbers(self) -> list[int]:
        items = (self.list.item(at) for at in range(self.list.count()))
        return [item.data(_NUMBER) for item in items if item is not None]

    def _fill(self, projects: Mapping[int, Project]) -> None:
        for number in projects:
            item = QListWidgetItem(self.list)
            item.setData(_NUMBER, number)
        self._renumber()
        self.list.setCurrentRow(0)

    def _renumber(self) -> None:
        for at, number in enumerate(self._numbers()):
            item = self.list.item(at)
            if item is not None:
                name = self._projects[number].name or text("window.unnamed")
                item.setText(text("booklet.line", number=at + 1, name=name))
        self._tell()

    def _move(self, by: int) -> None:
        at = self.list.currentRow()
        if 0 <= at + by < self.list.count():
            self.list.insertItem(at + by, self.list.takeItem(at))
            self.list.setCurrentRow(at + by)
            self._renumber()

    def _take_usual(self) -> None:
        plan = usual(self.projects())
        self.heading.setText(plan.title)
        self.statement.setPlainText(plan.statement)

    def _tell(self) -> None:
        """Show the statement as it is printed; what the checks say of it follows when the typing rests."""
        projects, plan = self.projects(), self.plan
        printed = booklet(plan, projects, self._editions).statement
        self.shown.setText(text("booklet.shown", text=printed or text("booklet.nothing")))
        self._later.start()

    def _check(self) -> None:
        found = remarks(self.plan, self.projects(), self._editions)
        self.remarks.setText("\n".join(found))
        self.remarks.setVisible(bool(found))

    def _end(self, then: Then, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self.then = then
        self._later.stop()
        self.accept()
