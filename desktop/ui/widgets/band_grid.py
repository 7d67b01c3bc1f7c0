"""A band of the form on screen: the same cells at the same places, with light rules between them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.presenters.entries import Entry, EntryKind
from desktop.presenters.form_grid import Grid, GridCell
from desktop.texts import text
from desktop.ui.theme import GRID, colours
from desktop.ui.widgets.field import Field

_LEAST = {
    EntryKind.AMOUNT: 25,
    EntryKind.DATE: 30,
    EntryKind.CHOICE: 30,
    EntryKind.LONG: 45,
    EntryKind.LINE: 12,
    EntryKind.DERIVED: 18,
    EntryKind.YEAR: 12,
}
"""Least width of a cell, in steps of the 4-px grid."""


class BandGrid(QWidget):
    """The cells of one band. Fields are made by the page, which also listens to them."""

    def __init__(
        self, grid: Grid, make: Callable[[Entry], Field], parent: QWidget | None = None, *, last: bool = False
    ) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, colours().line)
        self.setPalette(palette)
        layout = QGridLayout(self)
        layout.setContentsMargins(1, 1, 1, 1 if last else 0)
        layout.setSpacing(1)
        for column, width in enumerate(grid.widths):
            layout.setColumnStretch(column, int(width * 10))
        for cell in sorted(grid.cells, key=lambda one: (one.row, one.column)):
            widget = make_cell(cell, make)
            layout.addWidget(widget, cell.row, cell.column, cell.rows, cell.columns)
            if cell.entry is not None:
                tall = cell.entry.kind is EntryKind.LONG
                layout.setRowStretch(cell.row, 1 if tall else 0)


def make_cell(cell: GridCell, make: Callable[[Entry], Field]) -> QWidget:
    """Return the widget of a cell."""
    if cell.entry is not None:
        field = make(cell.entry)
        least = _LEAST[cell.entry.kind] * GRID
        if cell.entry.kind is EntryKind.CHOICE:
            measure = field.fontMetrics().horizontalAdvance
            least = max([least, *(min(measure(one), 40 * GRID) + 14 * GRID for one in cell.entry.choices[:2])])
        field.setMinimumWidth(least)
        field.setMinimumHeight(10 * GRID)
        return field
    if cell.period is not None:
        return _period_cell(cell.label, cell.period, make)
    return _label_cell(_upright(cell.label, cell.upright), 6 if cell.rows == 1 else 4)


def _period_cell(label: str, years: tuple[Entry, Entry], make: Callable[[Entry], Field]) -> QWidget:
    """A label with the two years that it prints."""
    frame = _label_frame()
    box = QVBoxLayout(frame)
    box.setContentsMargins(GRID, GRID, GRID, GRID)
    box.setSpacing(GRID)
    box.addWidget(_label(label, 6))
    row = QHBoxLayout()
    row.setSpacing(GRID)
    row.addStretch(1)
    for entry, following in zip(years, (text("pages.year_to"), text("pages.year")), strict=True):
        field = make(entry)
        field.setFixedWidth(16 * GRID)
        field.setFrameShape(QFrame.Shape.StyledPanel)
        row.addWidget(field)
        row.addWidget(QLabel(following))
    row.addStretch(1)
    box.addLayout(row)
    return frame


def _label_cell(words: str, least: int) -> QWidget:
    frame = _label_frame()
    box = QVBoxLayout(frame)
    box.setContentsMargins(GRID, GRID, GRID, GRID)
    box.addWidget(_label(words, least))
    return frame


def _label_frame() -> QFrame:
    frame = QFrame()
    frame.setAutoFillBackground(True)
    palette = QPalette(frame.palette())
    palette.setColor(QPalette.ColorRole.Window, colours().label)
    frame.setPalette(palette)
    return frame


def _label(words: str, least: int) -> QLabel:
    label = QLabel(words)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    widest = max((len(line) for line in words.split("\n")), default=0)
    # At least ``least`` characters a line, so that labels break as on paper and never one character at a time.
    label.setMinimumWidth(label.fontMetrics().horizontalAdvance("\u56fd") * min(widest, least) + GRID)
    return label


def _upright(words: str, characters: int) -> str:
    """A vertical label has so many characters a line."""
    if not characters:
        return words
    return "\n".join(words[at : at + characters] for at in range(0, len(words), characters))
