"""The tree of indicators as a widget: moves as in a spreadsheet, edits at the first key, draws light lines."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QColor, QInputMethodEvent, QKeyEvent, QMouseEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget

from desktop.presenters.indicator_cells import Column, Shown, is_editable
from desktop.presenters.indicator_tree import Facts
from desktop.ui.delegates.cell_editors import SignCell
from desktop.ui.delegates.indicator_delegate import IndicatorDelegate
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.theme import GRID, colours
from desktop.ui.widgets.indicator_widths import IndicatorWidths

Index = QModelIndex | QPersistentModelIndex
Action = QAbstractItemView.CursorAction

_TINT = 40
_MANY_ROWS = 1000
_SIGN_KEYS = set("<>=≥≤＜＞＝")
# Enter goes on over the cells that are usually typed: 数值 takes the whole value.
_ENTER_STOPS: tuple[Column, ...] = ("l3", "number", "actual", "points", "score", "reason")


class IndicatorView(QTreeView):
    """Shows an ``IndicatorModel``."""

    add_wanted = Signal(QModelIndex)
    """A row is wanted behind a row, or under a 二级指标."""
    moved_to = Signal()
    """The cursor is at another cell."""

    def __init__(self, model: IndicatorModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
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
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(4 * GRID)
        self.setMouseTracking(True)
        self.widths = IndicatorWidths(self)
        self.delegate.add_wanted.connect(self.add_wanted)
        self.delegate.left.connect(self._go_on)
        model.rowsInserted.connect(lambda parent, first, last: self._open_new(parent, last - first + 1))
        model.rowsMoved.connect(lambda _from, first, last, parent, _at: self._open_new(parent, last - first + 1))
        model.modelReset.connect(self._begin)
        self._quiet_selection()

    # ---------------------------------------------------------------- what stands where

    def facts(self, index: Index) -> Facts | None:
        """What a line says."""
        node = self._model.node(index)
        return None if node is None else node.facts

    def column(self, index: Index) -> Column:
        """The column of an index."""
        return self._model.column(index)

    @property
    def shown(self) -> Shown | None:
        """The form that is shown."""
        return self._model.shown

    def row(self, index: Index) -> int:
        """The row of the form that a line is; of a line of the first two levels the first beneath it, -1 for none."""
        node = self._model.node(index)
        return -1 if node is None else node.row

    def text_width(self, column: Column) -> int:
        """The width that a text of a row has in a column."""
        columns = self._model.columns
        if column == "l3":
            return self.columnWidth(0) - 3 * self.indentation()
        if column == "number":
            return sum(self.columnWidth(columns.index(one)) for one in ("sign", "number", "unit"))
        return self.columnWidth(columns.index(column))

    def value_rect(self, cell: QRect) -> QRect:
        """The place of 符号, 数值 and 单位 together, in the line of a cell."""
        columns = self._model.columns
        left = self.columnViewportPosition(columns.index("sign"))
        return QRect(left, cell.top(), self.text_width("number"), cell.height())

    # ---------------------------------------------------------------- opening

    def _begin(self) -> None:
        self.setVerticalScrollMode(
            # To scroll by pixels, all heights must be known; in a form of thousands of rows that takes a while.
            QAbstractItemView.ScrollMode.ScrollPerItem
            if self._model.shown is not None and len(self._model.shown.rows) > _MANY_ROWS
            else QAbstractItemView.ScrollMode.ScrollPerPixel
        )
        self.expandAll()
        self.widths.use(self._model.columns)
        self.setCurrentIndex(self._model.index(0, 0))

    def _open_new(self, parent: QModelIndex, came: int) -> None:
        """Unfold a line that had nothing beneath it before."""
        if parent.isValid() and self._model.rowCount(parent) == came:
            self.expand(parent)

    # ---------------------------------------------------------------- drawing

    def event(self, event: QEvent) -> bool:
        """Keep F2 for the cell: elsewhere in the window it means something else."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_F2
            and not _modified(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the name have the new width."""
        super().resizeEvent(event)
        self.widths.fit_name()

    def _quiet_selection(self) -> None:
        """The chosen lines are tinted here, so that text and marks keep their colours."""
        palette = self.palette()
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.Highlight, Qt.GlobalColor.transparent)
            palette.setColor(group, QPalette.ColorRole.HighlightedText, palette.color(QPalette.ColorRole.Text))
        self.setPalette(palette)

    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: Index) -> None:
        """Shade the lines of the first two levels and rule below each line."""
        facts = self.facts(index)
        if facts is not None and facts.depth < 3:
            shade = QColor(colours().label)
            shade.setAlpha(255 if facts.depth == 1 else 140)
            painter.fillRect(options.rect, shade)
        if self.selectionModel().isSelected(index):
            tint = QColor(colours().select)
            tint.setAlpha(_TINT)
            painter.fillRect(options.rect, tint)
        super().drawRow(painter, options, index)
        painter.setPen(colours().line)
        painter.drawLine(options.rect.bottomLeft(), options.rect.bottomRight())

    # ---------------------------------------------------------------- moving about

    def _stops(self, index: Index) -> list[int]:
        """The columns of a row that take typing."""
        facts = self.facts(index)
        if facts is None or facts.indicator is None:
            return [0]
        row = facts.indicator
        return [at for at, column in enumerate(self._model.columns) if is_editable(row, column)]

    def _lines(self, index: QModelIndex, *, up: bool = False) -> Iterator[QModelIndex]:
        """The visible lines after (or before) one."""
        line = index.siblingAtColumn(0)
        while (line := self.indexAbove(line) if up else self.indexBelow(line)).isValid():
            yield line

    def _is_row(self, index: Index) -> bool:
        facts = self.facts(index)
        return facts is not None and facts.indicator is not None

    def moveCursor(self, action: Action, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Left and right go from cell to cell, Tab on to the next row; beyond the last cell it leaves the tree."""
        index = self.currentIndex()
        back = action in (Action.MovePrevious, Action.MoveLeft)
        if not index.isValid() or action not in (
            Action.MoveNext,
            Action.MovePrevious,
            Action.MoveLeft,
            Action.MoveRight,
        ):
            return super().moveCursor(action, modifiers)
        if self._is_row(index):
            stops = self._stops(index)
            beside = [at for at in stops if (at < index.column() if back else at > index.column())]
            if beside:
                return index.siblingAtColumn(beside[-1] if back else beside[0])
            if action == Action.MoveLeft:
                return self._model.parent(index)
            if action == Action.MoveRight:
                return index
        elif action in (Action.MoveLeft, Action.MoveRight):
            return super().moveCursor(action, modifiers)
        line = next((line for line in self._lines(index, up=back) if self._is_row(line)), QModelIndex())
        return line.siblingAtColumn(self._stops(line)[-1 if back else 0]) if line.isValid() else QModelIndex()

    def go_to(self, index: QModelIndex) -> None:
        """Put the cursor on a cell and choose its line."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell where the cursor is."""
        super().currentChanged(current, previous)
        self.moved_to.emit()

    def _go_on(self, how: str, *, typed: bool = True) -> None:
        """Go on from the cell that was just left."""
        index = self.currentIndex()
        if how in ("next", "previous"):
            action = Action.MoveNext if how == "next" else Action.MovePrevious
            self._go_if_valid(self.moveCursor(action, Qt.KeyboardModifier.NoModifier))
        elif how in ("up", "down"):
            line = next(self._lines(index, up=how == "up"), QModelIndex())
            self._go_if_valid(line.siblingAtColumn(index.column()))
        elif self._is_row(index):
            self._enter(index, typed=typed)

    def _enter(self, index: QModelIndex, *, typed: bool) -> None:
        facts = self.facts(index)
        if facts is None or facts.indicator is None:
            return
        columns = self._model.columns
        row = facts.indicator
        blank = not (row.l3 or row.target or row.actual)
        right = [at for at in range(index.column() + 1, len(columns)) if columns[at] in _ENTER_STOPS]
        if right and not (blank and index.column() == 0):
            self._go_if_valid(index.siblingAtColumn(right[0]))
            return
        below = next(self._lines(index), QModelIndex())
        last = not self._is_row(below)
        if last and not blank and (typed or not below.isValid()):
            self.add_wanted.emit(index)
        else:
            self._go_if_valid(below.siblingAtColumn(0))

    def _go_if_valid(self, index: QModelIndex) -> None:
        if index.isValid():
            self.go_to(index)

    # ---------------------------------------------------------------- typing

    def commit(self) -> None:
        """Hand over what is being typed."""
        self.delegate.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, and makes what is offered; a typed character opens the cell that takes it."""
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not _modified(event):
            facts = self.facts(index)
            if facts is not None and facts.standing == "offered" and facts.depth == 2:
                self.add_wanted.emit(index)
            elif self._is_row(index):
                self._go_on("enter", typed=False)
            else:
                self.expand(index.siblingAtColumn(0))
                self._go_on("down")
            return
        typed = event.text()
        if typed and typed.isprintable() and not _modified(event):
            self._turn_to_cell_for(typed)
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the list of signs at once."""
        super().mouseDoubleClickEvent(event)
        if isinstance(self.delegate.editor, SignCell):
            self.delegate.editor.showPopup()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The first key of an input method opens the cell too."""
        self._turn_to_cell_for(event.commitString() or event.preeditString())
        super().inputMethodEvent(event)

    def _turn_to_cell_for(self, typed: str) -> None:
        """What is typed on 符号 and is no sign, or beside words, belongs into 数值."""
        index = self.currentIndex()
        if not typed or not self._is_row(index) or self.column(index) not in ("sign", "unit"):
            return
        editable = index.column() in self._stops(index)
        if not editable or (self.column(index) == "sign" and typed[0] not in _SIGN_KEYS):
            self.setCurrentIndex(index.siblingAtColumn(self._model.columns.index("number")))


def _modified(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier))
