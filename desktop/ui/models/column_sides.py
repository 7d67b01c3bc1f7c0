"""The side that the texts of a column of indicators keep to."""

from __future__ import annotations

from PySide6.QtCore import Qt

from desktop.presenters.indicator_cells import Column

_SIDES: dict[Column, Qt.AlignmentFlag] = {
    **dict.fromkeys(("number", "points", "score"), Qt.AlignmentFlag.AlignRight),
    **dict.fromkeys(("sign", "hint"), Qt.AlignmentFlag.AlignHCenter),
}


def alignment(column: Column) -> Qt.AlignmentFlag:
    """Return the side; words of a value always keep to the left."""
    return _SIDES.get(column, Qt.AlignmentFlag.AlignLeft)


def head_alignment(column: Column) -> Qt.AlignmentFlag:
    """Return the side of the head of a column; that of numbers stands in the middle, apart from the next one."""
    side = alignment(column)
    return Qt.AlignmentFlag.AlignHCenter if side == Qt.AlignmentFlag.AlignRight else side
