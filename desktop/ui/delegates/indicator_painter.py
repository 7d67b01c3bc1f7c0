"""How the cells of the indicator tree look, and how much height their texts need."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.presenters.indicator_cells import VALUE_COLUMNS, Column, parts, text_of
from desktop.presenters.indicator_tree import Facts, signs
from desktop.texts import text
from desktop.ui.theme import GRID, colours, severity_colour

if TYPE_CHECKING:
    from desktop.ui.widgets.indicator_view import IndicatorView

PAD = 6
INDENT = 4 * GRID
LEAST_HEIGHT = 7 * GRID
_TINT = 40
_LINE_END = "\u2028"
_CACHED = 20_000
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_ALIGN: dict[Column, Qt.AlignmentFlag] = {
    "sign": Qt.AlignmentFlag.AlignHCenter,
    "number": Qt.AlignmentFlag.AlignRight,
    "points": Qt.AlignmentFlag.AlignRight,
    "score": Qt.AlignmentFlag.AlignRight,
    "hint": Qt.AlignmentFlag.AlignHCenter,
}


def alignment(column: Column) -> Qt.AlignmentFlag:
    """The side that a column's texts keep to; words always keep to the left."""
    return _ALIGN.get(column, Qt.AlignmentFlag.AlignLeft)


class IndicatorPainter:
    """Draws cells; the ground of a line is the view's. Heights are remembered, so that thousands of rows stay quick."""

    def __init__(self, view: IndicatorView) -> None:
        self._view = view
        self._heights: dict[tuple[str, int, int], int] = {}

    def height(self, shown: str, width: int) -> int:
        """The height of a cell for a text, in px, at a width of the cell."""
        metrics = self._view.fontMetrics()
        key = (shown, width, metrics.height())
        height = self._heights.get(key)
        if height is None:
            if len(self._heights) > _CACHED:
                self._heights.clear()
            needed = self._text_height(shown, width - 2 * PAD)
            height = self._heights[key] = max(self.least_height(), needed + 2 * PAD)
        return height

    def least_height(self) -> int:
        """The height of a line with a short text."""
        return max(LEAST_HEIGHT, self._view.fontMetrics().height() + 2 * PAD)

    def ground(self, painter: QPainter, option: QStyleOptionViewItem, facts: Facts) -> None:
        """Shade the lines of the first two levels, tint those that are chosen, and rule below each line."""
        rect: QRect = option.rect
        if facts.depth < 3:
            shade = QColor(colours().label)
            shade.setAlpha(255 if facts.depth == 1 else 140)
            painter.fillRect(rect, shade)
        if option.state & QStyle.StateFlag.State_Selected:
            tint = QColor(colours().select)
            tint.setAlpha(_TINT)
            painter.fillRect(rect, tint)
        painter.setPen(colours().line)
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _text_height(self, shown: str, width: int) -> int:
        layout = QTextLayout(_drawable(shown), self._view.font())
        layout.setTextOption(_wrapping(Qt.AlignmentFlag.AlignLeft))
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            height += line.height()  # where the font lacks characters, those of another one may be taller
        layout.endLayout()
        return ceil(height)

    def row(self, painter: QPainter, option: QStyleOptionViewItem, facts: Facts, column: Column) -> None:
        """Draw a cell of a row. Words stand across 符号, 数值 and 单位."""
        if facts.indicator is None:
            return
        shown, align, rect = text_of(facts.indicator, column), alignment(column), option.rect
        if column == "l3":
            rect = rect.adjusted(3 * INDENT, 0, 0, 0)
        if column in VALUE_COLUMNS and parts(facts.indicator.target).words:
            shown, align, rect = facts.indicator.target, Qt.AlignmentFlag.AlignLeft, self._view.value_rect(rect)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        if column == "hint" and facts.marks:
            shown = signs(facts.marks)
            self._take_mark_pen(painter, facts)
        room = QRectF(rect.adjusted(PAD, 0, -PAD, -1))
        painter.drawText(room, _drawable(shown), _wrapping(align | _MIDDLE))

    def level(self, painter: QPainter, option: QStyleOptionViewItem, facts: Facts, column: Column) -> None:
        """Draw a cell of a line of the first two levels."""
        rect = option.rect.adjusted(PAD, 0, -PAD, -1)
        painter.setPen(option.palette.color(QPalette.ColorRole.Text))
        painter.setFont(self._font(bold=facts.depth == 1))
        if column == "l3":
            self._arrow(painter, option, facts)
            self._level_name(painter, option, facts, rect.adjusted(facts.depth * INDENT, 0, 0, 0))
        elif column in ("points", "score"):
            total = facts.points if column == "points" else facts.score
            painter.drawText(rect, _MIDDLE | Qt.AlignmentFlag.AlignRight, total)
        elif column == "hint" and facts.marks:
            self._take_mark_pen(painter, facts)
            painter.drawText(rect, _MIDDLE | Qt.AlignmentFlag.AlignHCenter, facts.marks[0].sign)

    def _arrow(self, painter: QPainter, option: QStyleOptionViewItem, facts: Facts) -> None:
        """Draw the arrow of the system's trees."""
        arrow = self.arrow_rect(facts, option.rect)
        if arrow.isEmpty():
            return
        branch = QStyleOptionViewItem(option)
        branch.rect = arrow
        branch.state = QStyle.StateFlag.State_Children | QStyle.StateFlag.State_Enabled
        if not facts.is_folded:
            branch.state |= QStyle.StateFlag.State_Open
        self._view.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorBranch, branch, painter, self._view)

    def arrow_rect(self, facts: Facts, name_cell: QRect) -> QRect:
        """Where the arrow of a line of the first two levels stands; empty where it has nothing to fold."""
        if facts.depth == 3 or (facts.depth == 2 and not facts.rows):
            return QRect()
        left = name_cell.left() + PAD + (facts.depth - 1) * INDENT - 2
        return QRect(left, name_cell.top(), INDENT, name_cell.height() - 1)

    def _level_name(self, painter: QPainter, option: QStyleOptionViewItem, facts: Facts, rect: QRect) -> None:
        if facts.standing == "offered":
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
        name = _level_text(facts)
        painter.drawText(rect, _MIDDLE, name)
        rest = rect.adjusted(QFontMetrics(painter.font()).horizontalAdvance(name) + 3 * GRID, 0, 0, 0)
        painter.setFont(self._font(bold=False))
        if facts.standing in ("outside", "displaced"):
            painter.setPen(colours().confirm)
            painter.drawText(rest, _MIDDLE, text(f"indicators.{facts.standing}"))
        elif facts.depth == 2:
            painter.setPen(colours().select)
            painter.drawText(rest, _MIDDLE, _plus(facts))

    def plus_rect(self, facts: Facts, name_cell: QRect) -> QRect:
        """Where the ＋ of a 二级指标 can be clicked; empty where there is none."""
        if facts.depth != 2 or facts.standing in ("outside", "displaced"):
            return QRect()
        metrics = self._view.fontMetrics()
        left = name_cell.left() + PAD + facts.depth * INDENT + metrics.horizontalAdvance(_level_text(facts)) + GRID
        return QRect(left, name_cell.top(), metrics.horizontalAdvance(_plus(facts)) + 4 * GRID, name_cell.height())

    def focus(self, painter: QPainter, rect: QRect) -> None:
        """Draw the frame of the cell at hand."""
        painter.setPen(QPen(colours().select, 2))
        painter.drawRect(rect.adjusted(1, 1, -1, -2))

    def _take_mark_pen(self, painter: QPainter, facts: Facts) -> None:
        painter.setPen(severity_colour(facts.marks[0].severity))
        painter.setFont(self._font(bold=True))

    def _font(self, *, bold: bool) -> QFont:
        font = QFont(self._view.font())
        font.setBold(bold)
        return font


def _level_text(facts: Facts) -> str:
    return facts.name or text("indicators.unnamed_level")


def _plus(facts: Facts) -> str:
    return text("indicators.offered") if facts.standing == "offered" else "＋"


def _drawable(shown: str) -> str:
    """A text of which Qt draws the line feeds as such."""
    return shown.replace("\n", _LINE_END)


def _wrapping(align: Qt.AlignmentFlag) -> QTextOption:
    option = QTextOption(align)
    # No line begins with 、 or ends with （; a long word without blanks is broken where the cell ends.
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
