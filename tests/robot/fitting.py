"""Words that are cut off on the screen."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)


def cut_off(window: QWidget) -> Iterator[str]:
    """What a clerk cannot read whole in a window: the widget, its words, the room they need and have, in px."""
    for one in window.findChildren(QWidget):
        if one.isVisible() and one.window() is window.window():
            for words, needed, room in _words(one):
                if needed.width() > room.width() or needed.height() > room.height():
                    yield f"{type(one.parent()).__name__}/{type(one).__name__} {words!r}: {needed} > {room}"


def _words(one: QWidget) -> Iterator[tuple[str, QSize, QSize]]:
    metrics = one.fontMetrics()
    if isinstance(one, QLabel):
        wrapped = QSize(0, one.heightForWidth(one.width())) if one.wordWrap() else one.sizeHint()
        yield one.text(), wrapped if one.text() else QSize(), one.size()
    elif isinstance(one, QComboBox):
        option = QStyleOptionComboBox()
        one.initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = one.style().subControlRect(control, option, part, one).size()
        yield one.currentText(), QSize(metrics.horizontalAdvance(one.currentText()), 0), room
    elif isinstance(one, QAbstractButton):
        yield one.text(), QSize(metrics.horizontalAdvance(one.text().replace("&", "")), 0), one.size()
    elif isinstance(one, QLineEdit):
        words = one.text() or one.placeholderText()
        yield words, QSize(metrics.horizontalAdvance(words), 0), one.size()
    elif isinstance(one, QTabBar):
        for at in range(one.count()):
            yield one.tabText(at), QSize(one.tabRect(at).right(), 0), one.size()
    elif isinstance(one, QHeaderView) and one.orientation() == Qt.Orientation.Horizontal:
        for at in range(one.count()):
            words = str(one.model().headerData(at, Qt.Orientation.Horizontal) or "")
            if not one.isSectionHidden(at):
                yield words, QSize(metrics.horizontalAdvance(words), 0), QSize(one.sectionSize(at), one.height())
