"""分值 on the page of indicators of an evaluation."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from forms.documents import Evaluation, Indicator, Project
from tests.desktop.ui.test_indicator_page import COUNT, CTRL, QUALITY, A, Desk, Key, choose, declared

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", "grabbing the keyboard")
EDITION = "sh-evaluation-2025"


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    rows = (Indicator(*COUNT, "a", points="40"), Indicator(*COUNT, "b"), Indicator(*QUALITY, "c", points="20"))
    form = Evaluation(EDITION, 2025, funds=({"row": "年度资金总额", "分值": "10"},), indicators=rows)
    return Desk(qtbot, Project(evaluation=form))


def points(d: Desk) -> list[str]:
    return [row.points for row in d.rows]


def test_points_left_are_told_while_typing(desk: Desk) -> None:
    words = desk.page.weights.line.words
    assert words.text() == "分值：已分 70 分（含预算执行率 10 分），还可分 30 分"
    desk.go(1, "points")
    desk.type("3")
    assert "还可分 27 分" in words.text()
    desk.type("0")
    assert "合计 100 分" in words.text()
    desk.key(Key.Key_Escape)
    assert "还可分 30 分" in words.text()
    desk.type("50")
    desk.key(Key.Key_Return)
    assert "多出 20 分" in words.text()
    assert desk.head("数量指标").siblingAtColumn(5).data() == "90"
    assert desk.head("产出指标").siblingAtColumn(5).data() == "110"


def test_spread_lock_and_keep_proportions_by_keys(desk: Desk) -> None:
    desk.go(2, "points")
    desk.key(Key.Key_3, CTRL)
    assert desk.model.locked_rows() == {2}
    desk.page.grab()
    desk.key(Key.Key_1, CTRL)
    assert points(desk) == ["35", "35", "20"]
    assert desk.names == ["平均分配分值"]
    desk.key(Key.Key_3, CTRL)
    assert desk.model.locked_rows() == set()
    desk.key(Key.Key_2, CTRL)
    assert len(desk.names) == 1, "they come to 100 already"
    desk.go(0, "points")
    desk.type("5")
    desk.key(Key.Key_2, CTRL)
    assert sum(map(int, points(desk))) == 90, "what is typed is handed over first"
    desk.undo()
    desk.undo()
    desk.undo()
    assert points(desk) == ["40", "", "20"]


def test_a_lock_stays_with_its_row(desk: Desk) -> None:
    desk.go(2, "l3")
    desk.page.actions_by_name["lock"].trigger()
    desk.go(0, "l3")
    desk.key(Key.Key_D, CTRL)
    assert desk.model.locked_rows() == {3}
    desk.page.show_project(desk.project, {})
    assert desk.model.locked_rows() == set()


def test_presets_of_the_edition_are_offered(desk: Desk) -> None:
    choose(desk, "preset", "2021年版，无成本指标")
    assert points(desk) == ["30", "30", "30"]
    assert "合计 100 分" in desk.page.weights.line.words.text()


def test_the_line_has_words_and_keyboard(desk: Desk) -> None:
    buttons = desk.page.weights.line.findChildren(QToolButton)
    assert [button.text() for button in buttons] == ["平均分配分值", "按比例凑满", "按方案分配", "锁定分值"]
    assert all(button.focusPolicy() & Qt.FocusPolicy.TabFocus for button in buttons)


def test_a_declaration_has_no_points(qtbot: QtBot) -> None:
    d = Desk(qtbot, declared(A))
    assert d.page.weights.line.isHidden()
    assert not d.page.actions_by_name["evenly"].isVisible()
    d.page.weights.evenly()
    assert d.done == []


def test_in_a_narrow_window_the_words_stay_and_the_buttons_go(qtbot: QtBot, desk: Desk) -> None:
    line = desk.page.weights.line
    for width, are_there in ((800, True), (460, False), (800, True)):
        desk.page.resize(width, 400)
        QApplication.processEvents()
        assert [button.isVisible() for button in line.buttons] == [are_there] * 4
        qtbot.waitUntil(lambda: line.words.height() <= 2 * line.words.heightForWidth(9999))
