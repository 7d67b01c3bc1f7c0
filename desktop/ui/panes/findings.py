"""The list beneath the paper: what the checks found, gravest first; a click leads to the place."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.presenters.findings import Line, count_line, lines
from desktop.texts import text
from desktop.ui.theme import GRID, colours
from desktop.ui.widgets.signs import sign_icon
from desktop.ui.workbench import Workbench

_PATHS = Qt.ItemDataRole.UserRole


class FindingsPane(QWidget):
    """A line of counts and one line a finding."""

    place_wanted = Signal(str)

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._shown: tuple[Line, ...] | None = None
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
        self.clean = QLabel(text("findings.clean"), self.list)
        self.clean.setStyleSheet(f"color: {colours().clean.name()}; padding: {2 * GRID}px")
        self.clean.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.counts)
        layout.addWidget(self.list, 1)
        bench.checked.connect(self.show_findings)
        bench.opened.connect(self.show_findings)

    def show_findings(self) -> None:
        """Show the findings of the open project, keeping the line that is chosen."""
        shown = lines(self._bench.findings)
        self.counts.setText(count_line(self._bench.findings) if self._bench.project is not None else "")
        self.clean.setVisible(self._bench.is_checked and not shown)
        if shown == self._shown:
            return
        self._shown, self._gone = shown, None
        row = self.list.currentRow()
        self.list.clear()
        for line in shown:
            item = QListWidgetItem(sign_icon(line.mark, self.list), line.mark.sentence, self.list)
            item.setToolTip(text("findings.tip", sentence=line.mark.sentence, id=line.id, source=line.source))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
            item.setData(_PATHS, line.paths)
        if 0 <= row < len(shown):
            self.list.setCurrentRow(row)

    def step(self, by: int) -> None:
        """Go to the finding after (1) or before (-1) the one chosen, round and round."""
        if self.list.count():
            row = self.list.currentRow()
            self.list.setCurrentRow((row + by) % self.list.count() if row >= 0 or by > 0 else self.list.count() - 1)
            self._go(self.list.currentItem())

    def _clicked(self, item: QListWidgetItem) -> None:
        """Lead to the first place; a later click on the same line leads to the next of several."""
        again = self._gone is not None and self._gone[0] is item and self._since.isValid()
        late = again and self._since.elapsed() > QApplication.doubleClickInterval()
        paths = item.data(_PATHS)
        if self._gone is not None and late and paths:
            self._gone = item, (self._gone[1] + 1) % len(paths)
        self._since.start()
        self._go(item)

    def _go(self, item: QListWidgetItem) -> None:
        paths = item.data(_PATHS)
        if not paths:
            return
        if self._gone is None or self._gone[0] is not item:
            self._gone = item, 0
        self.place_wanted.emit(paths[self._gone[1] % len(paths)])

    def _copy(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            QApplication.clipboard().setText(item.text())
