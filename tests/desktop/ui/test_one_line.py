"""A text on one line in a window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.one_line import OneLine

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LONG = "资金来源合计与预算不一致，请核对。" * 9


class Layouts(QObject):
    """Counts how often a widget is asked to lay out what is in it."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count."""
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def window(qtbot: QtBot) -> tuple[QWidget, OneLine]:
    top = QWidget()
    layout = QVBoxLayout(top)
    line = OneLine()
    layout.addWidget(line)
    qtbot.addWidget(top)
    top.resize(300, 60)
    top.show()
    QApplication.processEvents()
    return top, line


def test_what_has_no_room_is_cut_and_stands_in_the_tip(qtbot: QtBot) -> None:
    top, line = window(qtbot)
    line.say("短")
    assert (line.text(), line.shown(), line.toolTip()) == ("短", "短", "")
    line.say(LONG)
    assert line.text() == line.toolTip() == LONG
    assert line.shown().endswith("…")
    narrow = len(line.shown())
    top.resize(600, 60)
    assert len(line.shown()) > narrow, "it follows the width"
    line.say(LONG, "别的话")
    assert line.toolTip() == "别的话"
    line.say("")
    assert (line.shown(), line.toolTip()) == ("", "")


def test_it_follows_the_size_of_the_text(qtbot: QtBot) -> None:
    top, line = window(qtbot)
    line.say(LONG)
    height, shown = line.height(), line.shown()
    font = top.font()
    font.setPointSizeF(2 * font.pointSizeF())
    top.setFont(font)
    QApplication.processEvents()
    assert line.height() > height
    assert len(line.shown()) < len(shown)


def test_what_it_says_moves_nothing_in_the_window(qtbot: QtBot) -> None:
    top, line = window(qtbot)
    layouts = Layouts()
    top.installEventFilter(layouts)
    for words in ("短", LONG, "", "又短"):
        line.say(words)
        QApplication.processEvents()
    assert layouts.count == 0
