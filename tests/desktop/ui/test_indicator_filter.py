"""Words typed to narrow the list of indicators."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.presenters.indicator_filter import wanted_by
from forms.documents import Indicator
from tests.desktop.ui.test_indicator_page import COUNT, CTRL, QUALITY, TIME, Desk, Key, declared

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", "grabbing the keyboard")
ROWS = (
    Indicator(*COUNT, "培训场次", "≥10.00(场)"),
    Indicator(*COUNT, "培训人次", "≥300(人次)"),
    Indicator(*QUALITY, "合格率", "≥85％"),
    Indicator(*TIME, "完成时间", "2025年12月31日前"),
)


@pytest.fixture
def desk(qtbot: QtBot) -> Callable[..., Desk]:
    return lambda *rows: Desk(qtbot, declared(*rows))


def shown(d: Desk) -> list[str]:
    found = [d.model.index(line, 0) for line in range(d.model.rowCount())]
    return [str(index.data()) for index in found if d.model.row_of(index) >= 0]


def test_words_of_any_cell_width_and_case_do_not_count() -> None:
    assert [row.l3 for row in ROWS if (wanted_by("培训 次") or bool)(row)] == ["培训场次", "培训人次"]
    assert [row.l3 for row in ROWS if (wanted_by("85%") or bool)(row)] == ["合格率"]
    assert [row.l3 for row in ROWS if (wanted_by("时效") or bool)(row)] == ["完成时间"]
    assert wanted_by(" 　") is None


def test_the_list_is_narrowed_at_every_key_and_keeps_the_cursor(desk: Callable[..., Desk]) -> None:
    d = desk(*ROWS)
    d.go(1, "l3")
    d.key(Key.Key_Slash, CTRL)
    words = d.page.filter.words
    assert words.hasFocus()
    words.setText("培训")
    assert shown(d) == ["培训场次", "培训人次"]
    assert d.at == (1, "l3")
    assert d.page.filter.count.text() == "2 / 4 条"
    words.setText("培训人")
    assert shown(d) == ["培训人次"]
    QTest.keyClick(words, Key.Key_Return)
    assert d.tree.hasFocus()
    d.type("x")
    d.key(Key.Key_Return)
    assert d.rows[1].l3 == "x"
    assert shown(d) == ["x"], "what is worked on stays in sight"
    d.key(Key.Key_D, CTRL)
    assert shown(d) == ["x", "x"]
    d.undo()
    words.setFocus()
    QTest.keyClick(words, Key.Key_Escape)
    assert len(shown(d)) == 4
    assert d.page.filter.isHidden()
    assert d.tree.hasFocus()


def test_a_new_row_or_a_place_asked_for_shows_everything_again(desk: Callable[..., Desk]) -> None:
    d = desk(*ROWS)
    d.page.actions_by_name["filter"].trigger()
    d.page.filter.words.setText("培训")
    d.go(3, "target")
    assert len(shown(d)) == 4
    assert d.page.filter.isHidden()
    d.page.filter.begin()
    d.page.filter.words.setText("合格")
    d.go(2, "l3")
    d.page.actions_by_name["add"].trigger()
    assert shown(d) == ["合格率", ""]
    assert d.at == (3, "l3")
    d.page.filter.begin()
    d.page.filter.words.setText("没有这样的")
    assert d.model.rowCount() == 0
    d.page.grab()
    QTest.keyClick(d.page.filter.words, Key.Key_Escape)
    assert len(shown(d)) == 5


def test_another_project_is_shown_whole(desk: Callable[..., Desk]) -> None:
    d = desk(*ROWS)
    d.page.filter.begin()
    d.page.filter.words.setText("培训")
    d.page.show_project(declared(*ROWS[2:]), {})
    assert shown(d) == ["合格率", "完成时间"]
    assert d.page.filter.words.text() == ""
