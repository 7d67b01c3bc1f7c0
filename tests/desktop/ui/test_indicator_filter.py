"""Words typed to narrow the list of indicators."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.presenters.indicator_filter import RowTexts
from desktop.ui.commands.filter_steps import READ_AT_ONCE
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
    texts = RowTexts()
    assert texts.read(ROWS, 10)
    assert texts.rows_with("培训 次") == [0, 1]
    assert texts.rows_with("85%") == [2]
    assert texts.rows_with("时效") == [3]
    assert texts.rows_with(" 　") is None


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(0, 4), st.integers(1, 9)), max_size=12))
def test_rows_are_read_in_stretches_while_they_come_and_go(steps: list[tuple[int, int, int, int]]) -> None:
    texts, rows = RowTexts(), tuple(Indicator(*COUNT, f"第{at}条") for at in range(9))
    names = itertools.count(100)
    for start, length, new, most in steps:
        texts.read(rows, most)
        rows = (*rows[:start], *(Indicator(*COUNT, f"第{next(names)}条") for _ in range(new)), *rows[start + length :])
    while not texts.read(rows, 2):
        pass
    for at, row in enumerate(rows):
        assert texts.rows_with(f"{row.l3}|") == [at]
    assert texts.rows_with("第") == list(range(len(rows)))


def test_many_rows_are_read_between_two_keys(desk: Callable[..., Desk], qtbot: QtBot) -> None:
    many = tuple(Indicator(*COUNT, f"第{at}条") for at in range(2 * READ_AT_ONCE + 10))
    d = desk(*many)
    d.page.filter.begin()
    words = d.page.filter.words
    words.setText("第7")
    words.setText("第77条")
    assert not d.model.is_filtered
    d.go(5, "l3")
    d.page.actions_by_name["add"].trigger()  # what is done meanwhile is done to all of it
    assert d.rows[6].l3 == ""
    qtbot.waitUntil(lambda: d.model.is_filtered)
    assert shown(d) == ["第77条"]
    assert d.page.filter.count.text() == f"1 / {len(many) + 1} 条"
    words.setText("第78条")
    assert shown(d) == ["第78条"], "once read, at every key"
    words.setText("")
    assert len(shown(d)) == len(many) + 1


def test_words_are_forgotten_with_the_project_they_were_typed_for(desk: Callable[..., Desk], qtbot: QtBot) -> None:
    d = desk(*(Indicator(*COUNT, f"第{at}条") for at in range(2 * READ_AT_ONCE)))
    d.page.filter.begin()
    d.page.filter.words.setText("第7条")
    d.page.show_project(declared(*ROWS), {})
    qtbot.wait(20)
    assert len(shown(d)) == len(ROWS)
    assert d.page.filter.isHidden()


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
