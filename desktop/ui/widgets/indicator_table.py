"""The indicators as a table of lines: what stands where, what is chosen, how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHideEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.presenters.indicator_cells import Column, Shown
from desktop.presenters.indicator_tree import Facts
from desktop.ui.delegates.indicator_delegate import IndicatorDelegate
from desktop.ui.delegates.indicator_painter import INDENT, LEAST_HEIGHT
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.widgets.indicator_drag import IndicatorDrag
from desktop.ui.widgets.indicator_heights import IndicatorHeights
from desktop.ui.widgets.indicator_look import Look, restore_look, take_look
from desktop.ui.widgets.indicator_widths import IndicatorWidths
from forms.documents import Indicator

Index = QModelIndex | QPersistentModelIndex
Action = QAbstractItemView.CursorAction
_Select = QItemSelectionModel.SelectionFlag

_SIGN_KEYS = set("<>=≥≤＜＞＝")
# Enter goes on over the cells that are usually typed: 数值 takes the whole value.
_ENTER_STOPS: tuple[Column, ...] = ("l3", "number", "actual", "points", "score", "reason")


class IndicatorTable(QTableView):
    """Shows an ``IndicatorModel``: draws its lines, knows what is chosen, lets rows be dragged."""

    add_wanted = Signal(QModelIndex)
    """A row is wanted behind a row, or under a 二级指标."""
    moved_to = Signal()
    """The cursor is at another cell."""

    def __init__(self, model: IndicatorModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.proposed: Callable[[Indicator], str] = lambda _row: ""
        """The value that is proposed in grey for a row that has none."""
        self.delegate = IndicatorDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self.delegate)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(True)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(True)
        self.horizontalHeader().setHighlightSections(False)
        lines = self.verticalHeader()
        lines.hide()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setMinimumSectionSize(LEAST_HEIGHT)
        lines.setDefaultSectionSize(LEAST_HEIGHT)
        self.widths = IndicatorWidths(self)
        self.heights = IndicatorHeights(self, model, self.delegate.height)
        self.delegate.add_wanted.connect(self.add_wanted)
        self.delegate.fold_wanted.connect(self.turn)
        self.drag = IndicatorDrag(self)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.widths.changed.connect(self._measure_anew)
        self._held: tuple[list[int], int, int, int] = ([], 0, 0, 0)
        model.modelAboutToBeReset.connect(self._hold)
        model.modelReset.connect(self._begin)
        model.settled.connect(self.heights.fit)
        self.verticalScrollBar().valueChanged.connect(lambda _value: self.heights.fit())
        self._quiet_selection()

    # ---------------------------------------------------------------- what stands where

    def facts(self, index: Index) -> Facts | None:
        """What a line says."""
        return self._model.facts(index)

    def column(self, index: Index) -> Column:
        """The column of an index."""
        return self._model.column(index)

    @property
    def shown(self) -> Shown | None:
        """The form that is shown."""
        return self._model.shown

    def row(self, index: Index) -> int:
        """The row of the form that a line is; of a line of the first two levels the first beneath it, -1 for none."""
        facts = self._model.facts(index)
        return -1 if facts is None else facts.row

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns of the form."""
        return self._model.columns

    def text_width(self, column: Column) -> int:
        """The width that a text of a row has in a column."""
        columns = self._model.columns
        if column == "l3":
            return self.columnWidth(0) - 3 * INDENT
        if column == "number":
            return sum(self.columnWidth(columns.index(one)) for one in ("sign", "number", "unit"))
        return self.columnWidth(columns.index(column))

    def value_rect(self, cell: QRect) -> QRect:
        """The place of 符号, 数值 and 单位 together, in the line of a cell."""
        columns = self._model.columns
        left = self.columnViewportPosition(columns.index("sign"))
        return QRect(left, cell.top(), self.text_width("number"), cell.height())

    def visualRect(self, index: Index) -> QRect:
        """The place of a cell; words have the width of 符号, 数值 and 单位."""
        return self.delegate.cell_rect(index, super().visualRect(index))

    # ---------------------------------------------------------------- what is chosen

    def current_cell(self) -> tuple[int, Column] | None:
        """Row and column of the cursor; None on a line of the first two levels."""
        index = self.currentIndex()
        row = self._model.row_of(index)
        return None if row < 0 else (row, self._model.column(index))

    def selected_rows(self, *, parents: bool = False) -> list[int]:
        """The rows of the chosen lines; those beneath a chosen 一级 or 二级指标 only with ``parents``."""
        rows: set[int] = set()
        for index in self.selectionModel().selectedRows():
            facts = self._model.facts(index)
            if facts is not None and (parents or facts.indicator is not None):
                rows.update(facts.rows)
        return sorted(rows)

    def select_rows(self, rows: Sequence[int], current: tuple[int, Column] | None = None) -> None:
        """Choose rows, unfolding what hides them, and put the cursor on a cell (by default on the first of them)."""
        for row in rows:
            self._model.unfold_row(row)
        lines = sorted(index.row() for row in rows if (index := self._model.row_index(row)).isValid())
        if not lines:
            return
        row, column = current or (rows[0], "l3")
        self._model.unfold_row(row)
        cell = self._model.row_index(row, self._model.columns.index(column))
        chosen = QItemSelection()
        first = last = lines[0]
        for line in [*lines[1:], -1]:
            if line == last + 1:
                last = line
                continue
            chosen.select(self._model.index(first, 0), self._model.index(last, len(self._model.columns) - 1))
            first = last = line
        self.selectionModel().setCurrentIndex(cell, _Select.NoUpdate)
        self.selectionModel().select(chosen, _Select.ClearAndSelect)
        self.scrollTo(cell)

    def look(self) -> Look:
        """What is chosen and where on the screen, so that ``restore`` brings it back after undo and redo."""
        return take_look(self, self._model)

    def restore(self, look: Look) -> bool:
        """Choose what was chosen, and scroll to where that was; False where nothing of it is there."""
        return restore_look(self, self._model, look)

    # ---------------------------------------------------------------- opening, folding

    def _hold(self) -> None:
        """Remember what is chosen while the list is made anew."""
        index = self.currentIndex()
        chosen = [self._model.line(one) for one in self.selectionModel().selectedRows()]
        line = self._model.line(index) if index.isValid() else 0
        self._held = chosen, line, index.column(), self.verticalScrollBar().value()

    def _begin(self) -> None:
        self.widths.use(self._model.columns)
        chosen, line, column, scrolled = self._held
        current = next(iter(self._model.indexes_of([line])), QModelIndex())
        if not current.isValid():
            self.setCurrentIndex(self._model.index(0, 0))
            return
        self.go_to(current.siblingAtColumn(column))
        for index in self._model.indexes_of(chosen):
            self.selectionModel().select(index, _Select.Select | _Select.Rows)
        self.verticalScrollBar().setValue(scrolled)
        self.scrollTo(current)

    def hold_still(self, change: Callable[[], None]) -> None:
        """Have a change shown while the line of the cursor, or else the one on top, stays where it is."""
        index = self.currentIndex()
        top = self.verticalHeader().sectionViewportPosition(index.row())
        if not 0 <= top < self.viewport().height():
            index = self._model.index(max(self.verticalHeader().logicalIndexAt(0), 0), 0)
        kept = QPersistentModelIndex(index)
        stood = self.verticalHeader().sectionViewportPosition(index.row())
        change()
        if kept.isValid():
            self.updateGeometries()
            moved = self.verticalHeader().sectionViewportPosition(kept.row()) - stood
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved)

    def _measure_anew(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.delegate.least_height())
        self.heights.forget()
        self.heights.fit()

    def turn(self, index: Index) -> None:
        """Fold a line of the first two levels, or unfold it."""
        self._model.fold(index, folded=not self._model.is_folded(index))

    def turn_here(self) -> None:
        """Fold or unfold the line of the cursor, or the 二级指标 of its row."""
        index = self.currentIndex()
        if self._model.row_of(index) >= 0:
            index = self._model.parent_index(index)
            self.go_to(index)
        self.turn(index)

    def expand_all(self) -> None:
        """Show all lines."""
        self._keep_cursor(lambda: self._model.fold_all(depths=()))

    def collapse_all(self) -> None:
        """Show the lines of the first two levels only."""
        self._keep_cursor(lambda: self._model.fold_all(depths=(2,)))

    def _keep_cursor(self, act: Callable[[], None]) -> None:
        """Do something, and have the cursor on the line it was on, or the one above that in the tree."""
        index = self.currentIndex()
        row = -1 if (facts := self.facts(index)) is None else facts.row
        line = self._model.line(index) if index.isValid() else 0
        act()
        found = self._model.indexes_of([line])
        if not found and row >= 0:
            found = [self._model.head_index(row, 2)]
        if found and found[0].isValid() and found[0] != self.currentIndex().siblingAtColumn(0):
            self.go_to(found[0])

    # ---------------------------------------------------------------- drawing

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the name have the new width."""
        super().resizeEvent(event)
        self.widths.fit_name()
        self.heights.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Measure what comes into sight."""
        super().showEvent(event)
        self.heights.fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self.heights.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines in sight in one go: asked by Qt cell by cell, each would wait for whatever else computes."""
        header, columns, area = self.verticalHeader(), self._model.columns, event.rect()
        painter = QPainter(self.viewport())
        look = self.delegate.painter.look()
        places = [(self.columnViewportPosition(at), self.columnWidth(at)) for at in range(len(columns))]
        selection = self.selectionModel()
        at = header.logicalIndexAt(area.top())
        while 0 <= at < header.count() and (top := header.sectionViewportPosition(at)) <= area.bottom():
            index, height = self._model.index(at, 0), header.sectionSize(at)
            facts = self._model.facts(index)
            if facts is not None:
                cells = {one: QRect(x, top, w, height) for one, (x, w) in zip(columns, places, strict=True)}
                self.delegate.painter.line(painter, look, facts, cells, chosen=selection.isSelected(index))
            at += 1
        current = self.currentIndex()
        if current.isValid() and self.hasFocus():
            self.delegate.painter.focus(painter, self.visualRect(current))
        if self.drag.target is not None:
            self.delegate.painter.drop_line(painter, self.drag.target.y, sum(width for _, width in places))
        painter.end()

    # ---------------------------------------------------------------- dragging

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the chosen rows; Qt's own would take them away by itself."""
        self.drag.start()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Look at what is dragged; files go to the window."""
        event.setAccepted(self.drag.enter(event))

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where it would go."""
        self.drag.over(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show nothing any more."""
        self.drag.leave()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Have the rows moved."""
        self.drag.drop(event)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into sight, at the height that its line turns out to have."""
        if index.isValid():
            self.heights.fit_line(index.row())
            self.updateGeometries()
        super().scrollTo(index, hint)

    def _quiet_selection(self) -> None:
        """The chosen lines are tinted by the delegate, so that text and marks keep their colours."""
        palette = self.palette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
            palette.setColor(group, QPalette.ColorRole.HighlightedText, palette.color(QPalette.ColorRole.Text))
        self.setPalette(palette)

    def go_to(self, index: QModelIndex) -> None:
        """Put the cursor on a cell and choose its line."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell where the cursor is."""
        super().currentChanged(current, previous)
        self.moved_to.emit()
