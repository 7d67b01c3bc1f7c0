"""The widths of the columns of the indicator tree: remembered form by form, the name taking what is left."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableView

from desktop.presenters.indicator_cells import Column
from desktop.ui.theme import GRID

_USUAL: dict[str, dict[Column, int]] = {
    "declaration": {"l3": 190, "sign": 44, "number": 104, "unit": 80, "hint": 52},
    "halves": {"l3": 150, "sign": 30, "number": 70, "unit": 48, "mid_l3": 140, "mid_target": 84, "hint": 34},
    "evaluation": {
        "l3": 136,
        "sign": 28,
        "number": 70,
        "unit": 46,
        "actual": 76,
        "points": 40,
        "score": 54,
        "reason": 92,
        "hint": 32,
    },
}
"""By the kind of form: a declaration, one with a half for the medium term, an evaluation.

The name has at least so much; together they have room beside the paper on a panel of 1366 pixels."""
_USUAL_TEXT = 14
"""Width of a character at the size of text for which the widths are meant."""


class IndicatorWidths(QObject):
    """Widths in px. A width that the clerk set by hand holds; the name follows the window until it was set so."""

    changed = Signal()
    """Heights follow widths."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._columns: tuple[Column, ...] = ()
        self._kind = "declaration"
        self._by_hand: dict[str, int] = {}
        self._fitting = False
        header = view.horizontalHeader()
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(8 * GRID)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionResized.connect(self._resized)

    def use(self, columns: tuple[Column, ...]) -> None:
        """Give the columns of a form their widths."""
        self._columns = columns
        self._kind = "evaluation" if "actual" in columns else "halves" if "mid_l3" in columns else "declaration"
        self._fitting = True
        for at, column in enumerate(columns):
            self._view.setColumnWidth(at, self._by_hand.get(self._name(column), self._width(column)))
        self._fitting = False
        self.fit_name()
        self.changed.emit()

    def _width(self, column: Column) -> int:
        """The usual width of a column, at the size that the text has."""
        return round(
            _USUAL[self._kind][column] * max(1.0, self._view.fontMetrics().horizontalAdvance("国") / _USUAL_TEXT)
        )

    def kept(self) -> dict[str, int]:
        """The widths set by hand, to be remembered: ``declaration.unit`` …"""
        return dict(self._by_hand)

    def restore(self, widths: dict[str, int]) -> None:
        """Give the columns remembered widths; senseless ones are left out."""
        self._by_hand = {column: min(width, 2000) for column, width in widths.items() if width >= 8 * GRID}
        self.use(self._columns)

    def fit_name(self) -> None:
        """Give the name what the other columns leave."""
        if self._name("l3") in self._by_hand or not self._columns:
            return
        others = sum(self._view.columnWidth(at) for at in range(1, len(self._columns)))
        width = max(_USUAL[self._kind]["l3"], self._view.viewport().width() - others)
        if width != self._view.columnWidth(0):
            self._fitting = True
            self._view.setColumnWidth(0, width)
            self._fitting = False
            self.changed.emit()

    def _name(self, column: Column) -> str:
        """A column of a kind of form, as it is remembered."""
        return f"{self._kind}.{column}"

    def _resized(self, column: int, _old: int, new: int) -> None:
        if not self._fitting and column < len(self._columns):
            self._by_hand[self._name(self._columns[column])] = new
            self.fit_name()
            self.changed.emit()
