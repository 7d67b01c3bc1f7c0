"""The window of find and replace: beside the work, so that one can look at a place and come back."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.presenters.replacing import MOST, SCOPES, Found, Match, Query, find, replacing
from desktop.presenters.trouble import StoreError
from desktop.texts import text
from desktop.ui.dialogs.frame import stacked
from desktop.ui.models.match_model import COLUMNS, MatchModel
from desktop.ui.theme import GRID, give_size
from forms.documents import format_path

if TYPE_CHECKING:
    from desktop.ui.jobs import Job
    from desktop.ui.workbench import Workbench

_PAUSE_MS = 250
"""So long after the last key the search begins."""


class _CutInFront(QStyledItemDelegate):
    """What stands before a match is cut at its beginning: its end is what one wants to read."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Have the text cut in front."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideLeft


class FindReplaceDialog(QDialog):
    """Finds while one types; replaces what is checked, one edit a project."""

    def __init__(
        self, bench: Workbench, go_to: Callable[[int, str], None], commit: Callable[[], None], parent: QWidget
    ) -> None:
        """``go_to`` shows a place of a project; ``commit`` hands over what is typed elsewhere."""
        super().__init__(parent)
        self._bench, self._go_to, self._commit = bench, go_to, commit
        self._found = Found()
        self._answered: Query | None = None
        """What that was found for."""
        self._note = ""
        self._names: dict[int, str] = {}
        self._todo: deque[list[Match]] = deque()
        self._made = self._left = self._projects = 0
        self.setWindowTitle(text("find.title"))
        self._make_widgets()
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.search)
        self._connect()
        self._tell()

    # ---------------------------------------------------------------- the widgets

    def _make_widgets(self) -> None:
        self.words = QLineEdit(self)
        self.words.setClearButtonEnabled(True)
        self.new = QLineEdit(self)
        self.scope = QComboBox(self)
        self.scope.addItems([text(f"find.scope_{scope}") for scope in SCOPES])
        self.loose = QCheckBox(text("find.loose"), self)
        self.loose.setChecked(True)
        self.model = MatchModel(lambda number: self._names.get(number, ""), self)
        self.view = QTableView(self)
        self.view.setModel(self.model)
        self.view.setAccessibleName(text("find.list_name"))
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setTabKeyNavigation(False)
        self.view.verticalHeader().hide()
        header = self.view.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for at, width in enumerate((50, 36, 52, 20)):
            self.view.setColumnWidth(at, width * GRID)
        self.view.setItemDelegateForColumn(COLUMNS.index("before"), _CutInFront(self))
        self.summary = QLabel(self)
        self.summary.setWordWrap(True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.all, self.none, self.go, self.do, self.shut = (
            QPushButton(text(f"find.{name}"), self) for name in ("all", "none", "go", "do", "close")
        )
        for button in (self.all, self.none, self.go, self.do, self.shut):
            button.setAutoDefault(False)  # Enter in a field searches

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setSpacing(2 * GRID)
        form.addRow(text("find.words"), self.words)
        form.addRow(text("find.new"), self.new)
        form.addRow(text("find.scope"), self.scope)
        form.addRow("", self.loose)
        marks = QHBoxLayout()
        marks.addWidget(self.all)
        marks.addWidget(self.none)
        marks.addStretch(1)
        marks.addWidget(self.go)
        ends = QHBoxLayout()
        ends.addWidget(self.summary, 1)
        ends.addWidget(self.do)
        ends.addWidget(self.shut)
        layout = stacked(self, 2 * GRID)
        layout.addLayout(form)
        layout.addWidget(self.view, 1)
        layout.addLayout(marks)
        layout.addLayout(ends)
        give_size(self, 220 * GRID, 130 * GRID)

    def _connect(self) -> None:
        self.words.textChanged.connect(self._typed)
        self.words.returnPressed.connect(self.search)
        self.scope.activated.connect(lambda _at: self.search())
        self.loose.toggled.connect(lambda _on: self.search())
        self.model.chosen_changed.connect(self._tell)
        self.new.textChanged.connect(lambda _words: self._tell())
        self.view.activated.connect(self._show_place)
        self.all.clicked.connect(lambda: self.model.choose_all(on=True))
        self.none.clicked.connect(lambda: self.model.choose_all(on=False))
        self.go.clicked.connect(lambda: self._show_place(self.view.currentIndex()))
        self.do.clicked.connect(self.replace)
        self.shut.clicked.connect(self.close)
        self._bench.opened.connect(self._anew)
        self._bench.changed.connect(self._anew)

    # ---------------------------------------------------------------- asking

    def ask(self, *, replace: bool) -> None:
        """Come to the front with the cursor in the field that is wanted."""
        self._note = ""
        self.show()
        self.raise_()
        self.activateWindow()
        wanted = self.new if replace and self.words.text() else self.words
        wanted.setFocus()
        wanted.selectAll()
        self.search()

    def look_beyond_indicators(self) -> None:
        """Look in all texts of the project: the indicators are not what is in sight."""
        if self.query.scope == "indicators":
            self.scope.setCurrentIndex(SCOPES.index("project"))

    @property
    def query(self) -> Query:
        """What is asked for."""
        return Query(self.words.text(), SCOPES[self.scope.currentIndex()], self.loose.isChecked())

    def _typed(self) -> None:
        self._pause.start()
        self._tell()  # what is listed was found for other words

    def _anew(self) -> None:
        """Look again a moment after something changed."""
        if self.isVisible():
            self._pause.start()

    def search(self) -> None:
        """Look for what is typed, away from this thread."""
        self._pause.stop()
        self._commit()
        query, session = self.query, self._bench.session
        open_one, number = session.project, session.project_id
        if not query.words or (query.scope != "all" and (open_one is None or number is None)):
            self._show(query, Found())
            return
        self._names = {row.id: row.name for row in session.rows()}

        def work(job: Job) -> Found:
            if query.scope == "all":
                return find(session.data.saved(session.data.states()), query, job.report)
            return find({number: open_one} if open_one is not None and number is not None else {}, query)

        self.summary.setText(text("find.looking"))
        self.do.setEnabled(False)
        label = text("find.looking")
        self._bench.jobs.submit("find", work, lambda found: self._show(query, found), label=label, asker=self)

    def _show(self, query: Query, found: Found) -> None:
        if query != self.query:
            return  # a newer search is on its way
        self._found, self._answered = found, query
        self.view.setColumnHidden([*COLUMNS].index("project"), query.scope != "all")
        self.model.show(found.matches)
        if found.matches:
            self.view.setCurrentIndex(self.model.index(0, 0))

    def _tell(self) -> None:
        words, count, is_answer = self.words.text(), len(self.model.matches), self._answered == self.query
        if not words:
            said = text("find.idle")
        elif not is_answer:
            said = text("find.looking")
        elif not count:
            said = text("find.nothing", words=words)
        else:
            said = text("find.count", count=count, chosen=len(self.model.chosen))
        more = text("find.more", count=MOST) if self._found.more else ""
        self.summary.setText("\n".join(one for one in (self._note, said, more) if one))
        self.do.setEnabled(is_answer and bool(self.model.chosen))
        for button in (self.all, self.none, self.go):
            button.setEnabled(count > 0)

    # ---------------------------------------------------------------- acting

    def _show_place(self, index: QModelIndex) -> None:
        if index.isValid():
            match = self.model.matches[index.row()]
            self._go_to(match.project, format_path(match.path))

    def replace(self) -> None:
        """Replace what is checked; each project is one step, which can be taken back there."""
        self._commit()
        self._todo = deque(list(group) for _, group in groupby(self.model.chosen, key=lambda match: match.project))
        self._made = self._left = self._projects = 0
        self.do.setEnabled(False)
        self._replace_next()

    def _replace_next(self) -> None:
        """Change one project after the other, and let the window live between them."""
        if not self._todo:
            said = [text("find.replaced", count=self._made, projects=self._projects)] if self._made else []
            said += [text("find.left", count=self._left)] if self._left else []
            self._note = "\n".join(said)
            self.search()
            return
        matches = self._todo.popleft()
        number, done = matches[0].project, set()
        try:
            edit = replacing(self._bench.session.peek(number), matches, self.new.text())
            if edit is not None:
                self._bench.session.change(number, edit)
                self._projects += 1
                done = {change.path for change in edit.changes}
        except StoreError:  # gone meanwhile, or damaged: opening it will say so
            pass
        made = sum(match.path in done for match in matches)
        self._made, self._left = self._made + made, self._left + len(matches) - made
        QTimer.singleShot(0, self, self._replace_next)
