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
    QPainter,
    QTextCursor,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.presenters.completing import wanted_for
from desktop.presenters.indicator_cells import parts, text_of
from desktop.texts import text
from desktop.ui.delegates.cell_editors import SignCell, TextCell, UnitCell
from desktop.ui.delegates.indicator_painter import LEAST_HEIGHT, IndicatorPainter, alignment
from desktop.ui.widgets.completion import Completion
from forms.units import UNITS
from forms.values import SIGNS

if TYPE_CHECKING:
    from desktop.ui.widgets.indicator_view import IndicatorView

Index = QModelIndex | QPersistentModelIndex
CellEditor = TextCell | UnitCell | SignCell


class IndicatorDelegate(QStyledItemDelegate):
    """Draws words across 符号, 数值 and 单位, lets rows grow with long texts, and edits as a spreadsheet does."""

    add_wanted = Signal(QModelIndex)
    """The ＋ of a 二级指标 was clicked."""
    left = Signal(str)
    """An editor was closed by ``enter``, ``next``, ``previous``, ``up`` or ``down``; its text is handed over."""

    def __init__(self, view: IndicatorView) -> None:
        super().__init__(view)
        self._view = view
        self.editor: CellEditor | None = None
        self._begun: CellEditor | None = None
        self._painter = IndicatorPainter(view)
        self.completion = Completion(self)
        self.completion.picked.connect(lambda: self._leave("enter"))

    # ---------------------------------------------------------------- drawing

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002 - Qt's signature
        """Return the height that the cell's text needs at the width it has."""
        facts = self._view.facts(index)
        column = self._view.column(index)
        if facts is None or facts.indicator is None or column not in ("l3", "number", "actual", "reason"):
            return QSize(0, LEAST_HEIGHT)
        if column == "number" and not parts(facts.indicator.target).words:
            return QSize(0, LEAST_HEIGHT)
        return QSize(0, self._painter.height(text_of(facts.indicator, column), self._view.text_width(column)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw a cell; the ground of the line is the view's."""
        facts = self._view.facts(index)
        if facts is None:
            return
        painter.save()
        draw = self._painter.level if facts.indicator is None else self._painter.row
        draw(painter, option, facts, self._view.column(index))
        if option.state & QStyle.StateFlag.State_HasFocus:
            self._painter.focus(painter, self.cell_rect(index, option.rect))
        painter.restore()

    def plus_rect(self, index: Index) -> QRect:
        """Where the ＋ of a 二级指标 can be clicked; empty where there is none."""
        facts = self._view.facts(index)
        name_cell = self._view.visualRect(index.sibling(index.row(), 0))
        return QRect() if facts is None else self._painter.plus_rect(facts, name_cell)

    def cell_rect(self, index: Index, rect: QRect) -> QRect:
        """The place of a cell; words have the width of 符号, 数值 and 单位."""
        facts = self._view.facts(index)
        if facts is None or facts.indicator is None or self._view.column(index) != "number":
            return rect
        return self._view.value_rect(rect) if parts(facts.indicator.target).words else rect

    # ---------------------------------------------------------------- editing

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        """Take clicks on the ＋."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
            and self.plus_rect(index).contains(event.position().toPoint())
        ):
            self.add_wanted.emit(index)
            return True
        return super().editorEvent(event, model, option, index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return the editor of a column."""
        column = self._view.column(index)
        if column == "sign":
            self.editor = SignCell(parent, SIGNS)
            self.editor.activated.connect(lambda _at: self._leave("enter"))
        elif column == "unit":
            self.editor = UnitCell(parent, [unit for units in UNITS.values() for unit in units])
            self.editor.entered.connect(lambda: self._leave("enter"))  # Enter while the list of units is open
        else:
            words = self.cell_rect(index, option.rect) != option.rect
            align = Qt.AlignmentFlag.AlignLeft if words else alignment(column)
            self.editor = TextCell(parent, align)
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

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Put the editor over its cell."""
        if isinstance(editor, CellEditor):
            editor.place(self.cell_rect(index, option.rect))

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
            self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave a cell by Enter, Tab, arrows and Esc, but never while an input method composes."""
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
        else:
            self._leave(how)
        return True

    @staticmethod
    def _keep_from_actions(event: QKeyEvent) -> bool:
        """Keys that mean something else in a cell than in the tree."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Insert, Qt.Key.Key_Escape) or _is_alt_enter(event):
            event.accept()
            return True
        return False


def _is_alt_enter(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bool(
        event.modifiers() & Qt.KeyboardModifier.AltModifier
    )


def _way_out(editor: Any, event: QKeyEvent) -> str:
    """How a key leaves the editor; blank: it does not."""
    if _is_alt_enter(event):
        return "line"
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
