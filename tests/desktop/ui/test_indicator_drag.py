"""Rows dragged with the mouse."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.widgets.indicator_drag import ROWS
from forms.documents import Indicator
from tests.desktop.ui.test_indicator_page import COUNT, CTRL, QUALITY, A, B, C, Desk, declared

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", "grabbing the keyboard")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def desk(qtbot: QtBot) -> Callable[..., Desk]:
    return lambda *rows: Desk(qtbot, declared(*rows))


def middle(d: Desk, row: int, *, low: bool = False) -> QPoint:
    rect = d.tree.visualRect(d.model.row_index(row))
    return QPoint(rect.left() + 80, rect.bottom() - 3 if low else rect.top() + 3)


def drag(
    d: Desk, begin: QPoint, *stations: QPoint, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> list[bool]:
    """Begin on a row, move over the stations, let go at the last one; return which of them would take a drop.

    The platform without a display cannot drag, so the events come from here, with what the view lets drag.
    """
    if not d.tree.selected_rows():
        QTest.mouseClick(d.tree.viewport(), LEFT, pos=begin)
    return carry(d, d.tree.drag.carried(), *stations, held=held)


def carry(
    d: Desk, data: QMimeData, *stations: QPoint, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> list[bool]:
    takes = []
    what = (Qt.DropAction.MoveAction | Qt.DropAction.CopyAction, data, LEFT, held)
    QApplication.sendEvent(d.tree.viewport(), QDragEnterEvent(QPointF(stations[0]), *what))
    for station in stations:
        over = QDragMoveEvent(QPointF(station), *what)
        QApplication.sendEvent(d.tree.viewport(), over)
        takes.append(over.isAccepted())
        d.tree.viewport().grab()
    if takes[-1]:
        QApplication.sendEvent(d.tree.viewport(), QDropEvent(QPointF(stations[-1]), *what))
    else:
        QApplication.sendEvent(d.tree.viewport(), QDragLeaveEvent())
    return takes


def names(d: Desk) -> str:
    return " ".join(f"{row.l2[0]}{row.l3}" for row in d.rows)


def test_a_row_is_dragged_within_its_level(desk: Callable[..., Desk]) -> None:
    d = desk(A, B, C)
    drag(d, middle(d, 0), middle(d, 1, low=True))
    assert names(d) == "数b 数a 质c"
    assert d.names == ["移动指标“a”"]
    assert d.at == (1, "l3"), "the cursor goes with its row"
    d.undo()
    assert d.rows == (A, B, C)


def test_several_rows_go_under_another_level(desk: Callable[..., Desk]) -> None:
    d = desk(A, B, C)
    d.tree.select_rows([0, 1])
    drag(d, middle(d, 0), middle(d, 2))
    assert names(d) == "质a 质b 质c"
    assert d.names == ["移动 2 条指标"]


def test_with_ctrl_rows_are_copied(desk: Callable[..., Desk]) -> None:
    d = desk(A, B, C)
    d.tree.select_rows([0, 1])
    drag(d, middle(d, 0), middle(d, 2, low=True), held=CTRL)
    assert names(d) == "数a 数b 质c 质a 质b"
    assert d.names == ["复制 2 条指标"]
    assert d.at == (3, "l3"), "the cursor goes to the copies"
    drag(d, middle(d, 0), d.tree.visualRect(d.head("时效指标")).center(), held=CTRL)
    assert names(d) == "数a 数b 质c 质a 质b 时a"
    d.undo()
    d.undo()
    assert d.rows == (A, B, C)


def test_a_row_goes_to_a_level_that_is_offered(desk: Callable[..., Desk]) -> None:
    d = desk(A, B)
    head = d.tree.visualRect(d.head("质量指标")).center()
    drag(d, middle(d, 0), head)
    assert names(d) == "数b 质a"


def test_places_that_are_refused_are_told_and_change_nothing(desk: Callable[..., Desk]) -> None:
    odd = Indicator("产出指标", "怪指标", "x")
    d = desk(A, odd)
    said: list[str] = []
    d.page.said.connect(said.append)
    places = d.tree.visualRect(d.head("产出指标")).center(), middle(d, 0), middle(d, 1)
    assert drag(d, middle(d, 0), *places) == [False, True, False]
    assert d.rows == (A, odd)
    assert "请放到“产出指标”下面的二级指标中" in said
    assert any("怪指标" in sentence for sentence in said)
    assert d.done == []


def test_levels_are_not_dragged(desk: Callable[..., Desk]) -> None:
    d = desk(A)
    said: list[str] = []
    d.page.said.connect(said.append)
    d.tree.go_to(d.head("数量指标"))
    d.tree.startDrag(Qt.DropAction.MoveAction)
    assert "由表样规定" in said[0]
    assert d.model.flags(d.tree.currentIndex()) & Qt.ItemFlag.ItemIsDragEnabled, "else nothing would be said"


def test_what_another_program_drags_is_refused_with_a_sentence(desk: Callable[..., Desk]) -> None:
    d = desk(A)
    said: list[str] = []
    d.page.said.connect(said.append)
    for form in ("text/plain", ROWS):  # another window of this program is another program, too
        data = QMimeData()
        data.setData(form, b"0")
        assert carry(d, data, middle(d, 0)) == [False]
    assert d.done == []
    assert len(said) == 2
    assert "其他程序" in said[0]


def test_files_are_left_to_the_window(desk: Callable[..., Desk]) -> None:
    d = desk(A)
    data = QMimeData()
    data.setUrls(["file:///a.json"])
    event = QDragEnterEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(d.tree.viewport(), event)
    assert not event.isAccepted()


def test_the_list_scrolls_at_its_edges(desk: Callable[..., Desk]) -> None:
    d = desk(*(Indicator(*COUNT, f"a{at}") for at in range(60)))
    d.go(0, "l3")
    bar, room = d.tree.verticalScrollBar(), d.tree.viewport().height()
    drag(d, middle(d, 0), *[QPoint(90, room - 3)] * 5, QPoint(90, room // 2))
    assert bar.value() > 0
    assert sorted(row.l3 for row in d.rows) == sorted(f"a{at}" for at in range(60)), "none is lost or doubled"
    assert d.rows[0].l3 == "a1"
    drag(d, middle(d, d.at[0]), *[QPoint(90, 3)] * 30)
    assert bar.value() == 0


@pytest.mark.skipif(os.environ["QT_QPA_PLATFORM"] == "offscreen", reason="the platform without a display cannot drag")
def test_a_real_drag(desk: Callable[..., Desk]) -> None:
    d = desk(A, B, Indicator(*QUALITY, "e"))
    window = d.page.window().windowHandle()

    def at(place: QPoint) -> QPoint:
        return d.tree.viewport().mapTo(d.page.window(), place)

    end = middle(d, 1, low=True)
    for number, place in enumerate((end - QPoint(0, 2), end)):
        QTimer.singleShot(100 + 60 * number, d.page, lambda place=place: QTest.mouseMove(window, at(place)))
    QTimer.singleShot(400, d.page, lambda: QTest.mouseRelease(window, LEFT, pos=at(end)))
    QTest.mousePress(window, LEFT, pos=at(middle(d, 0)))
    QTest.mouseMove(window, at(middle(d, 0) + QPoint(0, 4)))
    QTest.mouseMove(window, at(middle(d, 0) + QPoint(0, 30)))
    QTest.qWait(600)
    assert names(d) == "数b 数a 质e"
