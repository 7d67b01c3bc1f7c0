"""The indicators as a table of lines: what stands where, what is chosen, how it is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

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
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.presenters.indicator_cells import Column, Shown
from desktop.presenters.indicator_tree import Facts
from desktop.presenters.line_steps import runs
from desktop.ui.delegates.indicator_delegate import IndicatorDelegate
from desktop.ui.delegates.indicator_painter import INDENT, LEAST_HEIGHT
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.widgets.indicator_drag import IndicatorDrag
from desktop.ui.widgets.indicator_heights import IndicatorHeights
from desktop.ui.widgets.indicator_widths import IndicatorWidths
from forms.documents import Indicator

Index = QModelIndex | QPersistentModelIndex
_Select = QItemSelectionModel.SelectionFlag


class IndicatorTable(QTableView):
    """Shows an ``IndicatorModel``: draws its lines and lets rows be dragged."""

    add_wanted = Signal(QModelIndex)
    """A row is wanted behind a row, or under a 二级指标."""
    drop_wanted = Signal(QModelIndex)
    """A blank row is passed over, and not wanted any more."""

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
        # Else it would be drawn anew whenever another line is chosen.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))
        lines = self.verticalHeader()
        lines.hide()
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setMinimumSectionSize(LEAST_HEIGHT)
        lines.setDefaultSectionSize(LEAST_HEIGHT)
        self.widths = IndicatorWidths(self)
        self.heights = IndicatorHeights(self, model, self.delegate.height)
        self.delegate.add_wanted.connect(self.add_wanted)
        self._meant = QPersistentModelIndex()
        """The cell of the cursor while its line is chosen as a whole."""
        self.drag = IndicatorDrag(self)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.widths.changed.connect(self._measure_anew)
        model.modelReset.connect(lambda: self.widths.use(model.columns))
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

    def current_cell(self) -> tuple[int, Column] | None:
        """Row and column of the cursor; None on a line of the first two levels."""
        index = self.currentIndex()
        row = self._model.row_of(index)
        return None if row < 0 else (row, self._model.column(index))

    def chosen_lines(self) -> Iterator[int]:
        """The chosen lines. Asked for rows, Qt would ask for the flags of each cell."""
        for stretch in self.selectionModel().selection().toList():
            yield from range(stretch.top(), stretch.bottom() + 1)

    def selected_rows(self, *, parents: bool = False) -> list[int]:
        """The rows of the chosen lines; those beneath a chosen 一级 or 二级指标 only with ``parents``."""
        return self._model.rows_at(self.chosen_lines(), parents=parents)

    def selects_rows(self, *, parents: bool = False) -> bool:
        """Whether ``selected_rows`` finds any."""
        return self._model.has_rows_at(self.chosen_lines(), parents=parents)

    @property
    def means_rows(self) -> bool:
        """Whether whole lines are meant, not a cell: other lines or more than that of the cursor, or it as a whole."""
        index = self.currentIndex()
        return set(self.chosen_lines()) != {index.row()} or self._meant == index or self.current_cell() is None

    def mean_row(self) -> None:
        """Mean the line of the cursor as a whole, beside any others that are chosen."""
        index = self.currentIndex()
        if index.isValid():
            self.selectionModel().select(index, _Select.Select | _Select.Rows)
            self._meant = QPersistentModelIndex(index)
            self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click left of the name of a row chooses it as a whole, as the number of a line does in a spreadsheet."""
        self._meant = QPersistentModelIndex()
        super().mousePressEvent(event)
        at = event.position().toPoint()
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        margin = at.x() - self.columnViewportPosition(0) < 2 * INDENT
        if plain and margin and not self.means_rows and self._model.row_of(self.indexAt(at)) >= 0:
            self.mean_row()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Mean a cell again, once the cursor goes on."""
        super().currentChanged(current, previous)
        self._meant = QPersistentModelIndex()

    def choose_lines(self, lines: Iterable[int], current: QModelIndex) -> None:
        """Choose lines, given from top to bottom, with the cursor on a cell."""
        chosen, last = QItemSelection(), len(self._model.columns) - 1
        for first, end in runs(lines):
            chosen.select(self._model.index(first, 0), self._model.index(end, last))
        self.selectionModel().setCurrentIndex(current, _Select.NoUpdate)
        self.selectionModel().select(chosen, _Select.ClearAndSelect)

    # ---------------------------------------------------------------- drawing

    def _measure_anew(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self.delegate.least_height())
        self.heights.forget()
        self.heights.fit()

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
        chosen = set(self.chosen_lines())
        at = header.logicalIndexAt(area.top())
        while 0 <= at < header.count() and (top := header.sectionViewportPosition(at)) <= area.bottom():
            index, height = self._model.index(at, 0), header.sectionSize(at)
            facts = self._model.facts(index)
            if facts is not None:
                cells = {one: QRect(x, top, w, height) for one, (x, w) in zip(columns, places, strict=True)}
                self.delegate.painter.line(painter, look, facts, cells, chosen=at in chosen)
            at += 1
        current = self.currentIndex()
        if current.isValid() and self.hasFocus():
            rect = self.visualRect(current)
            if self._meant == current:
                rect = QRect(0, rect.top(), sum(width for _, width in places), rect.height())
            self.delegate.painter.focus(painter, rect)
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
