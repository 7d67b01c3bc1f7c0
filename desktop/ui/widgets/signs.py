"""Marks of findings as small pictures for lists."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from desktop.presenters.findings import Mark
from desktop.ui.theme import GRID, severity_colour


def sign_icon(mark: Mark, widget: QWidget) -> QIcon:
    """Return the shape of a mark in its colour."""
    side, ratio = 4 * GRID, widget.devicePixelRatioF()
    picture = QPixmap(int(side * ratio), int(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setFont(widget.font())
    painter.setPen(severity_colour(mark.severity))
    painter.drawText(QRect(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, mark.sign)
    painter.end()
    return QIcon(picture)
