"""The list beneath the paper: what the checks found, gravest first, then what was confirmed.

A click leads to the place; what can be done about the finding that is chosen stands below the list. After a check of
all projects the list can show them all, each under its name.
"""

from __future__ import annotations

from typing import TypeAlias

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.presenters.findings import CARRIED, Line, Mark, count_line
from desktop.presenters.review import confirming, fixing, note_of, withdrawing
from desktop.presenters.whole_check import Checked, Group, found_in, group_of, when
from desktop.texts import text
from desktop.ui.theme import GRID, colours
from desktop.ui.widgets.finding_bar import FindingBar
from desktop.ui.widgets.finding_filter import ALL, OPEN, FindingFilter
from desktop.ui.widgets.signs import sign_icon
from desktop.ui.workbench import Workbench
from forms.edits import Edit

_LINE, _PROJECT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
MOST_LINES = 300
"""So many lines are listed at once; more are reached by narrowing the list."""

_Key: TypeAlias = tuple[int | None, str, str, str]


class FindingsPane(QWidget):
    """A line of counts and one line a finding."""

    place_wanted = Signal(object, str)
    """The number of a project (None: the open one) and a place in it."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self._shown: tuple[object, ...] = ()
        self._made: dict[tuple[int, str], tuple[Checked, Group]] = {}
        self._open_rows: list[int] = []
        """Rows of what is still to be looked at, not of headings and not of what was confirmed."""
        self._gone: tuple[_Key, int] | None = None
        self._since = QElapsedTimer()
        self.filter = FindingFilter(self)
        self.counts = self.filter.counts
        self.when = QLabel(self)
        self.when.setContentsMargins(2 * GRID, 0, 2 * GRID, 0)
        self.when.setWordWrap(True)
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
        self.clean = QLabel(self.list)
        self.clean.setStyleSheet(f"color: {colours().clean.name()}; padding: {2 * GRID}px")
        self.clean.setVisible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.filter)
        layout.addWidget(self.when)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.bar)
        self.filter.changed.connect(self.show_findings)
        bench.checking.checked.connect(self.show_findings)
        bench.opened.connect(self.show_findings)
        bench.listed.connect(self.show_findings)
        bench.checking.whole_checked.connect(self._show_whole)

    def _show_whole(self) -> None:
        """Show a new check of all projects, or no more than the open one."""
        self._made.clear()
        self.filter.show_whole(self._bench.checking.whole)
        self.filter.choose(ALL)
        self.show_findings()

    def show_findings(self) -> None:
        """Show the findings of what is looked at, keeping the line that is chosen."""
        self.filter.show_whole(self._bench.checking.whole)
        projects, scope = self._looked_at(), self.filter.wanted_scope
        self.counts.setText(count_line(*found_in(projects)) if self._bench.project is not None else "")
        self.when.setText(when(self._bench.checking.whole) if scope != OPEN else "")
        self.when.setVisible(scope != OPEN)
        groups = [self._group(one) for one in projects]
        groups = [one for one in groups if one.open or one.confirmed]
        self._say_nothing_found(shown=not groups and (self._bench.checking.is_checked or scope != OPEN))
        if (scope, *groups) == self._shown:
            self._show_bar()
            return
        chosen, row = _key(self.list.currentItem()), self.list.currentRow()
        self._shown = (scope, *groups)
        self._fill(groups, headed=scope == ALL)
        rows = range(self.list.count())
        row = next((at for at in rows if chosen is not None and _key(self.list.item(at)) == chosen), row)
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)
        self._show_bar()

    def _looked_at(self) -> list[Checked]:
        """The projects whose findings are wanted."""
        bench, scope = self._bench, self.filter.wanted_scope
        if scope == ALL:
            return list(bench.checking.whole.projects)
        number = bench.session.project_id if scope == OPEN else int(scope)
        known = bench.checking.whole.of(number)
        if number is None or (scope != OPEN and known is not None):
            return [] if known is None else [known]
        return [Checked(number, "", bench.checking.review, () if known is None else known.between)]

    def _group(self, one: Checked) -> Group:
        """The lines of a project, made once: after an edit those of the others are the same."""
        kind = self.filter.wanted_kind
        made = self._made.get((one.number, kind))
        if made is None or made[0] is not one:
            made = self._made[one.number, kind] = one, group_of(one, kind)
        return made[1]

    def _say_nothing_found(self, *, shown: bool) -> None:
        self.clean.setText(text("checking.none_of_kind" if self.filter.wanted_kind else "findings.clean"))
        self.clean.setVisible(shown)
        self.clean.adjustSize()

    def _fill(self, groups: list[Group], *, headed: bool) -> None:
        self.list.clear()
        self._open_rows = []
        self._gone = None
        icons: dict[Mark, QIcon] = {}
        left = sum(len(group.open) + len(group.confirmed) for group in groups)
        room = MOST_LINES
        for group in groups:
            if not room:
                break
            if headed:
                self._add_heading(group.heading, bold=True)
            for at, line in enumerate(group.open[:room]):
                if line.id == CARRIED and (not at or group.open[at - 1].id != CARRIED):
                    count = sum(one.id == CARRIED for one in group.open)
                    self._add_heading(text("findings.carried_group", count=count))
                self._open_rows.append(self.list.count())
                self._add(line, group.number, icons)
            room -= len(group.open[:room])
            if group.confirmed and room:
                self._add_heading(text("findings.confirmed_group", count=len(group.confirmed)))
                for line in group.confirmed[:room]:
                    self._add(line, group.number, icons).setForeground(colours().warning)
                room -= len(group.confirmed[:room])
        if left > MOST_LINES:
            self._add_heading(text("checking.more_lines", count=left - MOST_LINES))

    def _add_heading(self, words: str, *, bold: bool = False) -> None:
        head = QListWidgetItem(words, self.list)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        if bold:
            font = self.list.font()
            font.setBold(True)
            head.setFont(font)
            head.setForeground(self.list.palette().text())

    def _add(self, line: Line, number: int | None, icons: dict[Mark, QIcon]) -> QListWidgetItem:
        look = Mark(line.mark.severity, line.mark.sign, "")
        if look not in icons:
            icons[look] = sign_icon(look, self.list)
        item = QListWidgetItem(icons[look], line.words, self.list)
        item.setToolTip(text("findings.tip", sentence=line.words, id=line.id, source=line.source))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, line.spoken)
        item.setData(_LINE, line)
        item.setData(_PROJECT, number)
        return item

    @property
    def line(self) -> Line | None:
        """The finding that is chosen."""
        return _line(self.list.currentItem())

    def _is_open_ones(self) -> bool:
        """Whether the finding that is chosen is one of the open project, so that something can be done about it."""
        item = self.list.currentItem()
        return item is not None and bool(item.data(_PROJECT) == self._bench.session.project_id)

    def step(self, by: int) -> None:
        """Go to the finding after (1) or before (-1) the one chosen, round and round; what is confirmed is past."""
        if self._open_rows:
            row = self.list.currentRow()
            if by > 0:
                row = next((one for one in self._open_rows if one > row), self._open_rows[0])
            else:
                row = next((one for one in reversed(self._open_rows) if one < row), self._open_rows[-1])
            self.list.setCurrentRow(row)
            self._go(self.list.currentItem())

    def _clicked(self, item: QListWidgetItem) -> None:
        """Lead to the first place; a later click on the same line leads to the next of several."""
        again = self._gone is not None and self._gone[0] == _key(item) and self._since.isValid()
        late = again and self._since.elapsed() > QApplication.doubleClickInterval()
        if self._gone is not None and late:
            self._gone = self._gone[0], self._gone[1] + 1
        self._since.start()
        self._go(item)

    def _go(self, item: QListWidgetItem) -> None:
        line, key = _line(item), _key(item)
        if line is None or key is None:
            return
        stops = line.elsewhere or tuple((item.data(_PROJECT), path) for path in line.paths)
        if self._gone is None or self._gone[0] != key:
            self._gone = key, 0
        if stops:
            # The list may be filled anew on the way: nothing of the item is touched after this.
            self.place_wanted.emit(*stops[self._gone[1] % len(stops)])

    def _copy(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            QApplication.clipboard().setText(item.text())

    # ---------------------------------------------------------------- what can be done about a finding

    def _show_bar(self) -> None:
        line = self.line
        if not self._is_open_ones():
            line = None
        self.bar.show_line(line, fixable=line is not None and line.finding in self._bench.checking.review.fixable)

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


def _line(item: QListWidgetItem | None) -> Line | None:
    line = None if item is None else item.data(_LINE)
    return line if isinstance(line, Line) else None


def _key(item: QListWidgetItem | None) -> _Key | None:
    """What tells a line from others, also when the list is filled anew."""
    line = _line(item)
    return None if item is None or line is None else (item.data(_PROJECT), line.id, line.finding.path, line.words)
