"""How the lines of the indicator tree look, and how much height their texts need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette, QPen, QStaticText, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from desktop.presenters.indicator_cells import VALUE_COLUMNS, Column, parts, text_of
from desktop.presenters.indicator_tree import Facts, signs
from desktop.texts import text
from desktop.ui.models.column_sides import alignment
from desktop.ui.theme import GRID, Colours, colours

if TYPE_CHECKING:
    from desktop.ui.widgets.indicator_table import IndicatorTable
    from forms.documents import Indicator

_K = TypeVar("_K")
_V = TypeVar("_V")

PAD = 6
INDENT = 4 * GRID
LEAST_HEIGHT = 7 * GRID
_TINT = 40
_LINE_END = "\u2028"
_CACHED = 20_000
_DRAWN = 2_000
_MOST_LINES = 4
"""Lines of a reason that the table shows, so that rows stay in sight together; the paper and the tip have all."""
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_LEFT, _RIGHT, _CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class Look:
    """Fonts and colours of one painting."""

    plain: QFont
    bold: QFont
    metrics: QFontMetrics
    ink: QColor
    faint: QColor
    known: Colours
    shades: tuple[QColor, QColor]
    """Grounds of the lines of the first and the second level."""
    tint: QColor


class IndicatorPainter:
    """Draws lines. Heights and widths of texts are remembered, so that thousands of rows stay quick."""

    def __init__(self, view: IndicatorTable) -> None:
        self._view = view
        self._heights: dict[tuple[str, int, int], int] = {}
        self._widths: dict[tuple[str, int], int] = {}
        self._shortened: dict[tuple[str, int, int], str] = {}
        self._drawn: dict[tuple[str, int], QStaticText] = {}

    # ---------------------------------------------------------------- measuring

    def height(self, shown: str, width: int) -> int:
        """The height of a cell for a text, in px, at a width of the cell."""
        metrics = self._view.fontMetrics()
        if "\n" not in shown and self._width(shown, metrics) <= width - 2 * PAD:
            return self.least_height()
        key = (shown, width, metrics.height())
        return _known(self._heights, key, lambda: self._needed(shown, width))

    def shown(self, row: Indicator, column: Column, width: int) -> str:
        """The text of a cell of a width, in px; as much of a reason as has room."""
        return self._shorter(row.reason, width) if column == "reason" else text_of(row, column)

    def _shorter(self, reason: str, width: int) -> str:
        key = (reason, width, self._view.fontMetrics().height())
        return _known(self._shortened, key, lambda: self._cut(reason, width - 2 * PAD))

    def _cut(self, reason: str, width: int) -> str:
        layout, _ = self._laid_out(reason, width)
        if layout.lineCount() <= _MOST_LINES:
            return reason
        last = layout.lineAt(_MOST_LINES - 1)
        start, metrics = last.textStart(), self._view.fontMetrics()
        rest = reason[start:].replace("\n", " ")
        return reason[:start] + metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)

    def least_height(self) -> int:
        """The height of a line with a short text."""
        return max(LEAST_HEIGHT, self._view.fontMetrics().height() + 2 * PAD)

    def _needed(self, shown: str, width: int) -> int:
        return max(self.least_height(), ceil(self._laid_out(shown, width - 2 * PAD)[1]) + 2 * PAD)

    def _laid_out(self, shown: str, width: int) -> tuple[QTextLayout, float]:
        """A text in lines of a width, and their height in px."""
        layout = QTextLayout(_drawable(shown), self._view.font())
        layout.setTextOption(_wrapping(_LEFT))
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            height += line.height()  # where the font lacks characters, those of another one may be taller
        layout.endLayout()
        return layout, height

    def _width(self, shown: str, metrics: QFontMetrics) -> int:
        return _known(self._widths, (shown, metrics.height()), lambda: metrics.horizontalAdvance(shown))

    # ---------------------------------------------------------------- drawing

    def look(self) -> Look:
        """The fonts and colours as they are now."""
        view, known = self._view, colours()
        palette = view.palette()
        bold = QFont(view.font())
        bold.setBold(True)
        shades = QColor(known.label), QColor(known.label)
        shades[1].setAlpha(140)
        tint = QColor(known.select)
        tint.setAlpha(_TINT)
        ink, faint = (palette.color(role) for role in (QPalette.ColorRole.Text, QPalette.ColorRole.PlaceholderText))
        return Look(
            QFont(view.font()),
            bold,
            view.fontMetrics(),
            ink,
            faint,
            known,
            shades,
            tint,
        )

    def line(self, painter: QPainter, look: Look, facts: Facts, cells: dict[Column, QRect], *, chosen: bool) -> None:
        """Draw a line with its ground."""
        left, right = cells["l3"], cells["hint"]
        whole = QRect(left.left(), left.top(), right.right() - left.left() + 1, left.height())
        if facts.depth < 3:
            painter.fillRect(whole, look.shades[facts.depth - 1])
        if chosen:
            painter.fillRect(whole, look.tint)
        painter.setPen(look.known.line)
        painter.drawLine(whole.bottomLeft(), whole.bottomRight())
        painter.setPen(look.ink)
        if facts.indicator is None:
            self._level(painter, look, facts, cells)
        else:
            self._row(painter, look, facts, cells)

    def focus(self, painter: QPainter, rect: QRect) -> None:
        """Draw the frame of the cell at hand."""
        painter.setPen(QPen(colours().select, 2))
        painter.drawRect(rect.adjusted(1, 1, -1, -2))

    def drop_line(self, painter: QPainter, y: int, width: int) -> None:
        """Draw where dragged rows would go."""
        painter.setPen(QPen(colours().select, 3))
        painter.drawLine(3 * INDENT, y, width, y)

    def _row(self, painter: QPainter, look: Look, facts: Facts, cells: dict[Column, QRect]) -> None:
        row = facts.indicator
        if row is None:
            return
        proposed = self._view.proposed(row)
        if proposed:
            row = row._replace(target=proposed)
        words = parts(row.target).words
        painter.setFont(look.plain)
        for column, rect in cells.items():
            painter.setPen(look.faint if proposed and column in VALUE_COLUMNS else look.ink)
            if column == "hint":
                if facts.marks:
                    painter.setPen(look.known.severity(facts.marks[0].severity))
                    painter.setFont(look.bold)
                    painter.drawText(rect, _MIDDLE | _CENTRE, signs(facts.marks))
            elif column == "points" and facts.is_locked:
                self._text(painter, look, text_of(row, column), rect, _RIGHT)
                painter.setPen(look.faint)
                painter.drawText(rect.adjusted(2, 0, 0, -1), _MIDDLE, text("indicators.lock_sign"))
            elif column == "l3":
                self._text(painter, look, row.l3, rect.adjusted(3 * INDENT, 0, 0, 0), _LEFT)
            elif words and column in VALUE_COLUMNS:
                if column == "sign":  # words stand across all three
                    self._text(painter, look, row.target, rect.united(cells["unit"]), _LEFT)
            else:
                self._text(painter, look, self.shown(row, column, rect.width()), rect, alignment(column))

    def _text(self, painter: QPainter, look: Look, shown: str, cell: QRect, align: Qt.AlignmentFlag) -> None:
        if not shown:
            return
        room = cell.adjusted(PAD, 0, -PAD, -1)
        width = self._width(shown, look.metrics)
        if "\n" in shown or width > room.width():
            painter.drawText(QRectF(room), _drawable(shown), _wrapping(align | _MIDDLE))
            return
        spare = room.width() - width
        left = room.left() + (spare if align == _RIGHT else spare // 2 if align == _CENTRE else 0)
        top = room.top() + (room.height() - look.metrics.height()) // 2
        painter.drawStaticText(QPoint(left, top), self._on_a_line(shown, look.metrics))

    def _on_a_line(self, shown: str, metrics: QFontMetrics) -> QStaticText:
        """A text with its characters in their places: to find these takes longer than to draw it."""
        return _known(self._drawn, (shown, metrics.height()), lambda: _static(shown), most=_DRAWN)

    def _level(self, painter: QPainter, look: Look, facts: Facts, cells: dict[Column, QRect]) -> None:
        font = look.bold if facts.depth == 1 else look.plain
        painter.setFont(font)
        name_cell = cells["l3"]
        self._arrow(painter, facts, name_cell)
        rect = name_cell.adjusted(PAD + facts.depth * INDENT, 0, -PAD, -1)
        if facts.standing == "offered":
            painter.setPen(look.faint)
        name = _level_text(facts)
        painter.drawText(rect, _MIDDLE, name)
        rest = rect.adjusted(QFontMetrics(font).horizontalAdvance(name) + 3 * GRID, 0, 0, 0)
        if facts.standing in ("outside", "displaced"):
            painter.setFont(look.plain)
            painter.setPen(look.known.confirm)
            painter.drawText(rest, _MIDDLE, text(f"indicators.{facts.standing}"))
        elif facts.depth == 2:
            painter.setPen(look.known.select)
            painter.drawText(rest, _MIDDLE, _plus(facts))
        painter.setPen(look.ink)
        for column in ("points", "score"):
            total = facts.points if column == "points" else facts.score
            if total and column in cells:
                painter.drawText(cells[column].adjusted(PAD, 0, -PAD, -1), _MIDDLE | _RIGHT, total)
        if facts.marks:
            painter.setPen(look.known.severity(facts.marks[0].severity))
            painter.setFont(look.bold)
            painter.drawText(cells["hint"], _MIDDLE | _CENTRE, facts.marks[0].sign)

    def _arrow(self, painter: QPainter, facts: Facts, name_cell: QRect) -> None:
        """Draw the arrow of the system's trees."""
        branch = QStyleOptionViewItem()
        branch.rect = self.arrow_rect(facts, name_cell)
        if branch.rect.isEmpty():
            return
        branch.palette = self._view.palette()
        branch.state = QStyle.StateFlag.State_Children | QStyle.StateFlag.State_Enabled
        if not facts.is_folded:
            branch.state |= QStyle.StateFlag.State_Open
        self._view.style().drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorBranch, branch, painter, self._view)

    # ---------------------------------------------------------------- what can be clicked

    def arrow_rect(self, facts: Facts, name_cell: QRect) -> QRect:
        """Where the arrow of a line of the first two levels stands; empty where it has nothing to fold."""
        if facts.depth == 3 or (facts.depth == 2 and not facts.rows):
            return QRect()
        left = name_cell.left() + PAD + (facts.depth - 1) * INDENT - 2
        return QRect(left, name_cell.top(), INDENT, name_cell.height() - 1)

    def plus_rect(self, facts: Facts, name_cell: QRect) -> QRect:
        """Where the ＋ of a 二级指标 can be clicked; empty where there is none."""
        if facts.depth != 2 or facts.standing in ("outside", "displaced"):
            return QRect()
        metrics = self._view.fontMetrics()
        left = name_cell.left() + PAD + facts.depth * INDENT + metrics.horizontalAdvance(_level_text(facts)) + GRID
        return QRect(left, name_cell.top(), metrics.horizontalAdvance(_plus(facts)) + 4 * GRID, name_cell.height())


def _known(known: dict[_K, _V], key: _K, make: Callable[[], _V], most: int = _CACHED) -> _V:
    """What is remembered under a key, or made now; of too much all is forgotten."""
    found = known.get(key)
    if found is None:
        if len(known) > most:
            known.clear()
        found = known[key] = make()
    return found


def _static(shown: str) -> QStaticText:
    made = QStaticText(shown)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


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
