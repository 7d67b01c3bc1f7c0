"""How the cells of the indicator tree are drawn, measured and edited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.presenters.completing import wanted_for
from desktop.presenters.indicator_cells import Column, parts, text_of, units_for
from desktop.texts import text
from desktop.ui.delegates.cell_editors import SignCell, TextCell, UnitCell
from desktop.ui.delegates.indicator_painter import LEAST_HEIGHT, PAD, IndicatorPainter
from desktop.ui.models.column_sides import alignment
from desktop.ui.widgets.completion import Completion
from forms.values import SIGNS

if TYPE_CHECKING:
    from desktop.ui.widgets.indicator_table import IndicatorTable

Index = QModelIndex | QPersistentModelIndex
CellEditor = TextCell | UnitCell | SignCell


class IndicatorDelegate(QStyledItemDelegate):
    """Draws words across 符号, 数值 and 单位, lets rows grow with long texts, and edits as a spreadsheet does."""

    add_wanted = Signal(QModelIndex)
    """The ＋ of a 二级指标 was clicked."""
    fold_wanted = Signal(QModelIndex)
    """The arrow of a line of the first two levels was clicked."""
    left = Signal(str)
    """An editor was closed by ``enter``, ``next``, ``previous``, ``up`` or ``down``; its text is handed over."""

    typing = Signal(str)
    """What stands in the editor, at every key."""
    left_off = Signal()
    """An editor is gone."""

    def __init__(self, view: IndicatorTable) -> None:
        super().__init__(view)
        self._view = view
        self.editor: CellEditor | None = None
        self._begun: CellEditor | None = None
        self._handing_over = False
        self.painter = IndicatorPainter(view)
        self.completion = Completion(self)
        self.completion.picked.connect(lambda: self._leave("enter"))

    # ---------------------------------------------------------------- drawing

    def least_height(self) -> int:
        """Return the height of a line with short texts."""
        return self.painter.least_height()

    def height(self, index: Index) -> int:
        """Return the height that the texts of a line need at the widths they have."""
        facts = self._view.facts(index)
        if facts is None or facts.indicator is None:
            return self.painter.least_height()
        row, columns = facts.indicator, self._view.columns
        measured: list[Column] = ["l3", "unit", "mid_l3", "mid_target", "actual", "reason"]
        if parts(row.target).words:
            measured.append("number")
        wide = [(column, self._view.text_width(column)) for column in measured if column in columns]
        return max(self.painter.height(self.painter.shown(row, column, width), width) for column, width in wide)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size that a double click between two columns gives."""
        facts = self._view.facts(index)
        shown = "" if facts is None or facts.indicator is None else text_of(facts.indicator, self._view.column(index))
        return QSize(option.fontMetrics.horizontalAdvance(shown) + 4 * PAD, LEAST_HEIGHT)

    def plus_rect(self, index: Index) -> QRect:
        """Where the ＋ of a 二级指标 can be clicked; empty where there is none."""
        facts = self._view.facts(index)
        name_cell = self._view.visualRect(index.sibling(index.row(), 0))
        return QRect() if facts is None else self.painter.plus_rect(facts, name_cell)

    def arrow_rect(self, index: Index) -> QRect:
        """Where the arrow of a line of the first two levels can be clicked; empty where there is none."""
        facts = self._view.facts(index)
        name_cell = self._view.visualRect(index.sibling(index.row(), 0))
        return QRect() if facts is None else self.painter.arrow_rect(facts, name_cell)

    def cell_rect(self, index: Index, rect: QRect) -> QRect:
        """The place of a cell; words have the width of 符号, 数值 and 单位."""
        return self._view.value_rect(rect) if self._has_words(index) else rect

    def _has_words(self, index: Index) -> bool:
        """Whether it is a cell of 数值 that has the place of 符号 and 单位 too."""
        facts = self._view.facts(index)
        is_value = facts is not None and index.isValid() and self._view.column(index) == "number"
        return is_value and facts is not None and facts.indicator is not None and parts(facts.indicator.target).words

    # ---------------------------------------------------------------- editing

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Take clicks on the ＋ and on the arrow that folds."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
        ):
            place = event.position().toPoint()
            for rect, wanted in ((self.plus_rect, self.add_wanted), (self.arrow_rect, self.fold_wanted)):
                if rect(index).contains(place):
                    wanted.emit(index)
                    return True
        return super().editorEvent(event, model, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002 - Qt's signature
        """Return the editor of a column."""
        column = self._view.column(index)
        if column == "sign":
            self.editor = SignCell(parent, SIGNS)
            self.editor.activated.connect(lambda _at: self._leave("enter"))
        elif column == "unit":
            facts = self._view.facts(index)
            units = units_for(facts.indicator) if facts is not None and facts.indicator is not None else ()
            self.editor = UnitCell(parent, units)
            self.editor.entered.connect(lambda: self._leave("enter"))  # Enter while the list of units is open
        else:
            align = Qt.AlignmentFlag.AlignLeft if self._has_words(index) else alignment(column)
            self.editor = cell = TextCell(parent, align)
            cell.typed.connect(lambda: self.typing.emit(cell.value()))
            row = self._view.row(index)
            self.completion.attach(self.editor, lambda typed: wanted_for(self._view.shown, row, column, typed))
        self.editor.setAccessibleName(text(f"indicators.column_{column}"))
        self.editor.setAutoFillBackground(True)
        return self.editor

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Forget the editor."""
        if editor is self.editor:
            self.completion.detach()
            self.editor = self._begun = None
            self.left_off.emit()
        super().destroyEditor(editor, index)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill an editor once; what is half typed stays when the form changes under it."""
        if isinstance(editor, CellEditor) and editor is not self._begun:
            self._begun = editor
            editor.begin(str(index.data(Qt.ItemDataRole.EditRole)))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Hand over what was typed."""
        if isinstance(editor, CellEditor):
            model.setData(index, editor.value(), Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002 - Qt's signature
        """Put the editor over its cell."""
        if isinstance(editor, CellEditor):
            editor.place(self._view.visualRect(index))

    def commit(self) -> None:
        """Hand over and close what is being typed."""
        self._close(hand_over=True)

    def _leave(self, how: str) -> None:
        self._close(hand_over=True)
        self.left.emit(how)

    def _close(self, *, hand_over: bool) -> None:
        editor = self.editor
        if editor is None:
            return
        if hand_over:
            self._handing_over = True
            self.commitData.emit(editor)
            self._handing_over = False
            if self.editor is not editor:
                return  # its line went with what was handed over
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave a cell by Enter, Tab, arrows and Esc, but never while an input method composes."""
        if self._handing_over and event.type() == QEvent.Type.FocusOut:
            return False  # an editor that goes with its line has handed over already
        if not isinstance(watched, CellEditor) or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            return self._keep_from_actions(event)
        if event.type() == QEvent.Type.KeyPress and self.completion.takes(event):
            return True
        how = _way_out(watched, event) if event.type() == QEvent.Type.KeyPress else ""
        if how == "" or watched.composing:
            return how != ""
        if how == "escape":
            self._close(hand_over=False)
        elif how == "line":
            watched.insertPlainText("\n") if isinstance(watched, TextCell) else None
        elif how == "list" and not isinstance(watched, TextCell):
            watched.show_list()
        else:
            self._leave(how)
        return True

    @staticmethod
    def _keep_from_actions(event: QKeyEvent) -> bool:
        """Keys that mean something else in a cell than in the tree."""
        own = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Insert, Qt.Key.Key_Escape)
        if own or _is_alt_enter(event) or is_alt_down(event):
            event.accept()
            return True
        return False


def _is_alt_enter(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bool(
        event.modifiers() & Qt.KeyboardModifier.AltModifier
    )


def is_alt_down(event: QKeyEvent) -> bool:
    """Whether it is Alt+↓, which opens the list of a cell."""
    alt = Qt.KeyboardModifier.AltModifier
    return event.key() == Qt.Key.Key_Down and (event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier) == alt


def _way_out(editor: Any, event: QKeyEvent) -> str:
    """How a key leaves the editor; blank: it does not."""
    if _is_alt_enter(event):
        return "line"
    if is_alt_down(event):
        return "list"
    simple = {
        Qt.Key.Key_Return: "enter",
        Qt.Key.Key_Enter: "enter",
        Qt.Key.Key_Tab: "next",
        Qt.Key.Key_Backtab: "previous",
        Qt.Key.Key_Escape: "escape",
    }.get(Qt.Key(event.key()), "")
    if simple or not isinstance(editor, TextCell) or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return simple
    if event.key() == Qt.Key.Key_Up and not editor.can_move(QTextCursor.MoveOperation.Up):
        return "up"
    if event.key() == Qt.Key.Key_Down and not editor.can_move(QTextCursor.MoveOperation.Down):
        return "down"
    return ""
