"""The list beneath the paper: what the checks found, gravest first, then what was confirmed.

A click leads to the place; what can be done about the finding that is chosen stands below the list.
"""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.presenters.findings import Line, confirmed_lines, count_line, lines
from desktop.presenters.review import confirming, fixing, note_of, withdrawing
from desktop.texts import text
from desktop.ui.theme import GRID, colours
from desktop.ui.widgets.finding_bar import FindingBar
from desktop.ui.widgets.signs import sign_icon
from desktop.ui.workbench import Workbench
from forms.edits import Edit

_LINE = Qt.ItemDataRole.UserRole


class FindingsPane(QWidget):
    """A line of counts and one line a finding."""

    place_wanted = Signal(str)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._shown: tuple[tuple[Line, ...], tuple[Line, ...]] | None = None
        self._gone: tuple[QListWidgetItem, int] | None = None
        self._since = QElapsedTimer()
        self.counts = QLabel(self)
        self.counts.setContentsMargins(2 * GRID, GRID, 0, 0)
        self.list = QListWidget(self)
        self.list.setWordWrap(True)
        self.list.setSpacing(1)
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(text("findings.list"))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        copy = QAction(text("findings.copy"), self.list)
        copy.triggered.connect(self._copy)
        self.list.addAction(copy)
        self.list.itemClicked.connect(self._clicked)
        self.list.itemActivated.connect(self._go)
        self.list.currentItemChanged.connect(self._show_bar)
        self.bar = FindingBar(self)
        self.bar.confirmed.connect(self._confirm)
        self.bar.withdrawn.connect(self._withdraw)
        self.bar.fix_wanted.connect(self._fix)
        self.bar.note_wanted.connect(self._write_note)
        self.clean = QLabel(text("findings.clean"), self.list)
        self.clean.setStyleSheet(f"color: {colours().clean.name()}; padding: {2 * GRID}px")
        self.clean.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.counts)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.bar)
        bench.checked.connect(self.show_findings)
        bench.opened.connect(self.show_findings)

    def show_findings(self) -> None:
        """Show the findings of the open project, keeping the line that is chosen."""
        review = self._bench.review
        shown = lines(review.open), confirmed_lines(review.confirmed)
        counted = count_line(review.open, len(review.confirmed)) if self._bench.project is not None else ""
        self.counts.setText(counted)
        self.clean.setVisible(self._bench.is_checked and not any(shown))
        if shown == self._shown:
            self._show_bar()
            return
        self._shown, self._gone = shown, None
        row = self.list.currentRow()
        self.list.clear()
        for line in shown[0]:
            self._add(line)
        if shown[1]:
            head = QListWidgetItem(text("findings.confirmed_group", count=len(shown[1])), self.list)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            for line in shown[1]:
                self._add(line).setForeground(colours().warning)
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)
        self._show_bar()

    def _add(self, line: Line) -> QListWidgetItem:
        item = QListWidgetItem(sign_icon(line.mark, self.list), line.words, self.list)
        item.setToolTip(text("findings.tip", sentence=line.words, id=line.id, source=line.source))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
        item.setData(_LINE, line)
        return item

    @property
    def line(self) -> Line | None:
        """The finding that is chosen."""
        item = self.list.currentItem()
        line = None if item is None else item.data(_LINE)
        return line if isinstance(line, Line) else None

    def step(self, by: int) -> None:
        """Go to the finding after (1) or before (-1) the one chosen, round and round; what is confirmed is past."""
        count = len(self._shown[0]) if self._shown is not None else 0
        if count:
            row = self.list.currentRow()
            if not 0 <= row < count:
                row = -1 if by > 0 else count
            self.list.setCurrentRow((row + by) % count)
            self._go(self.list.currentItem())

    def _clicked(self, item: QListWidgetItem) -> None:
        """Lead to the first place; a later click on the same line leads to the next of several."""
        again = self._gone is not None and self._gone[0] is item and self._since.isValid()
        late = again and self._since.elapsed() > QApplication.doubleClickInterval()
        paths = _paths(item)
        if self._gone is not None and late and paths:
            self._gone = item, (self._gone[1] + 1) % len(paths)
        self._since.start()
        self._go(item)

    def _go(self, item: QListWidgetItem) -> None:
        paths = _paths(item)
        if not paths:
            return
        if self._gone is None or self._gone[0] is not item:
            self._gone = item, 0
        self.place_wanted.emit(paths[self._gone[1] % len(paths)])

    def _copy(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            QApplication.clipboard().setText(item.text())

    # ---------------------------------------------------------------- what can be done about a finding

    def _show_bar(self) -> None:
        line = self.line
        self.bar.show_line(line, fixable=line is not None and line.finding in self._bench.review.fixable)

    def _confirm(self, note: str) -> None:
        project, line = self._bench.project, self.line
        if project is not None and line is not None:
            self._do(confirming(project, line.finding, note))

    def _withdraw(self) -> None:
        project, line = self._bench.project, self.line
        if project is not None and line is not None:
            self._do(withdrawing(project, line.finding))

    def _write_note(self) -> None:
        project, line = self._bench.project, self.line
        if project is not None and line is not None:
            self.bar.write_note(note_of(project, line.finding))

    def _fix(self) -> None:
        project, line = self._bench.project, self.line
        edit = None
        if project is not None and line is not None:
            edit = fixing(project, line.finding, self._bench.editions)
        if edit is not None:
            self._do(edit)

    def _do(self, edit: Edit) -> None:
        self.list.setFocus()
        self.bar.end_note()
        self._bench.do(edit)


def _paths(item: QListWidgetItem) -> tuple[str, ...]:
    line = item.data(_LINE)
    return line.paths if isinstance(line, Line) else ()
