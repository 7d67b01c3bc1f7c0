"""The tree of indicators as a widget: moves as in a spreadsheet and edits at the first key."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from desktop.presenters.indicator_cells import Column, is_editable
from desktop.ui.delegates.cell_editors import SignCell, UnitCell
from desktop.ui.delegates.indicator_delegate import is_alt_down
from desktop.ui.models.indicator_model import IndicatorModel
from desktop.ui.widgets.indicator_chooser import IndicatorChooser
from forms.documents import Indicator

Index = QModelIndex | QPersistentModelIndex
Action = QAbstractItemView.CursorAction

_SIGN_KEYS = set("<>=≥≤＜＞＝")
# Enter goes on over the cells that are usually typed: 数值 takes the whole value.
_ENTER_STOPS: tuple[Column, ...] = ("l3", "number", "mid_l3", "mid_target", "actual", "points", "score", "reason")


class IndicatorView(IndicatorChooser):
    """An ``IndicatorChooser`` that is worked by keys."""

    def __init__(self, model: IndicatorModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.delegate.left.connect(self._go_on)

    def event(self, event: QEvent) -> bool:
        """Keep F2 and the Alt+↓ of a list for the cell: elsewhere they mean something else."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and ((event.key() == Qt.Key.Key_F2 and not _modified(event)) or self._opens_list(event))
        ):
            event.accept()
            return True
        return super().event(event)

    # ---------------------------------------------------------------- moving about

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Let an input method begin on what is offered, too, although that line is no cell."""
        super().currentChanged(current, previous)
        if self._is_offered(current):
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keep the input method where the focus comes back."""
        super().focusInEvent(event)
        if self._is_offered(self.currentIndex()):
            self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)

    def _stops(self, index: Index) -> list[int]:
        """The columns of a row that take typing."""
        facts = self.facts(index)
        if facts is None or facts.indicator is None:
            return [0]
        row = facts.indicator
        return [at for at, column in enumerate(self._model.columns) if is_editable(row, column)]

    def _lines(self, index: QModelIndex, *, up: bool = False) -> Iterator[QModelIndex]:
        """The visible lines after (or before) one."""
        end = -1 if up else self._model.rowCount()
        step = -1 if up else 1
        return (self._model.index(at, 0) for at in range(index.row() + step, end, step))

    def _is_row(self, index: Index) -> bool:
        return index.isValid() and self._model.row_of(index) >= 0

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
                return self._model.parent_index(index)
            if action == Action.MoveRight:
                return index
        elif action in (Action.MoveLeft, Action.MoveRight):
            return self._turn_by_key(index, fold=back)
        line = next((line for line in self._lines(index, up=back) if self._is_row(line)), QModelIndex())
        return line.siblingAtColumn(self._stops(line)[-1 if back else 0]) if line.isValid() else QModelIndex()

    def _turn_by_key(self, index: QModelIndex, *, fold: bool) -> QModelIndex:
        """Left folds a line and then goes to the one above it; right unfolds it and then goes into it."""
        facts = self.facts(index)
        if facts is not None and facts.is_folded != fold:
            self._model.fold(index, folded=fold)
            return index
        if fold:
            above = self._model.parent_index(index)
            return above if above.isValid() else index
        below = self._model.index(index.row() + 1, 0)
        return below if below.isValid() else index

    def _go_on(self, how: str, *, typed: bool = True) -> None:
        """Go on from the cell that was just left."""
        index = self.currentIndex()
        if how in ("next", "previous"):
            action = Action.MoveNext if how == "next" else Action.MovePrevious
            self._go_if_valid(self.moveCursor(action, Qt.KeyboardModifier.NoModifier))
        elif how == "list":
            self._open_list(index.siblingAtColumn(self._model.columns.index("sign")))
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
        blank = not (row.name or row.target or row.mid_target or row.actual)
        right = [at for at in range(index.column() + 1, len(columns)) if columns[at] in _ENTER_STOPS]
        if right and not (blank and index.column() == 0):
            self._go_if_valid(index.siblingAtColumn(right[0]))
            return
        below = next(self._lines(index), QModelIndex())
        last = not self._is_row(below)
        if last and not blank and (typed or not below.isValid()):
            self.add_wanted.emit(index)
        elif last and not typed and row == Indicator(row.l1, row.l2):
            self._pass_over(index)
        else:
            self._go_if_valid(below.siblingAtColumn(0))

    def _pass_over(self, index: QModelIndex) -> None:
        """Leave the blank row that Enter made behind the last one: it goes, and the cursor goes on to what follows."""
        below, count = index.row() + 1, self._model.rowCount()
        self.drop_wanted.emit(index)
        self._go_if_valid(self._model.index(below - (count - self._model.rowCount()), 0))

    def _go_if_valid(self, index: QModelIndex) -> None:
        if index.isValid():
            self.go_to(index)

    def _opens_list(self, event: QKeyEvent) -> bool:
        """Whether it is Alt+↓ on a cell that has a list."""
        index = self.currentIndex()
        has_list = (
            self._is_row(index) and self.column(index) in ("sign", "unit") and index.column() in self._stops(index)
        )
        return has_list and is_alt_down(event)

    def _open_list(self, index: QModelIndex) -> None:
        """Edit a cell with its list open."""
        if index.column() in self._stops(index):
            self.go_to(index)
            self.edit(index)
            if isinstance(self.delegate.editor, SignCell | UnitCell):
                self.delegate.editor.show_list()

    # ---------------------------------------------------------------- typing

    def commit(self) -> None:
        """Hand over what is being typed."""
        self.delegate.commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, and makes what is offered; a typed character opens the cell that takes it."""
        index = self.currentIndex()
        editor = self.delegate.editor
        if editor is not None and editor.composing:
            return  # until its first word is complete Qt leaves the focus here: the key is the input method's
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not _modified(event):
            if self._is_offered(index):
                self.add_wanted.emit(index)
            elif self._is_row(index):
                self._go_on("enter", typed=False)
            else:
                self._model.fold(index, folded=False)
                self._go_on("down")
            return
        if self._opens_list(event):
            self._open_list(index)
            return
        typed = event.text()
        if typed and typed.isprintable() and not _modified(event):
            self._make_row_for(typed)
            self._turn_to_cell_for(typed)
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the list of signs at once."""
        super().mouseDoubleClickEvent(event)
        if isinstance(self.delegate.editor, SignCell):
            self.delegate.editor.showPopup()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """The first key of an input method opens the cell too."""
        typed = event.commitString() or event.preeditString()
        self._make_row_for(typed)
        self._turn_to_cell_for(typed)
        was_open = self.delegate.editor is not None
        super().inputMethodEvent(event)
        editor = self.delegate.editor
        # Punctuation, handwriting and speech are committed without being composed: Qt opens the cell, and loses them.
        if editor is None or was_open or not event.commitString():
            return
        if editor.value() == str(self.currentIndex().data(Qt.ItemDataRole.EditRole)):
            QApplication.sendEvent(editor, event)

    def _is_offered(self, index: Index) -> bool:
        """Whether it is a 二级指标 that the edition asks for and that has no row yet."""
        facts = self.facts(index)
        return facts is not None and facts.standing == "offered" and facts.depth == 2

    def _make_row_for(self, typed: str) -> None:
        """What is typed on what is offered is the name of its first row."""
        index = self.currentIndex()
        if typed.strip() and self._is_offered(index):
            self.add_wanted.emit(index)

    def _turn_to_cell_for(self, typed: str) -> None:
        """What is typed on 符号 and is no sign, or beside words, belongs into 数值."""
        index = self.currentIndex()
        if not typed or not self._is_row(index) or self.column(index) not in ("sign", "unit"):
            return
        editable = index.column() in self._stops(index)
        if not editable or (self.column(index) == "sign" and typed[0] not in _SIGN_KEYS):
            self.go_to(index.siblingAtColumn(self._model.columns.index("number")))


def _modified(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier))
