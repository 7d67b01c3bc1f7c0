"""Offers while a cell of the tree is typed: what the keys do, and what an input method is spared."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.presenters.completing import Answer, Offer, Wanted
from desktop.ui.delegates.cell_editors import TextCell
from forms.documents import Indicator
from tests.desktop.ui.test_indicator_page import Desk, Key, declared

COUNT, QUALITY = ("产出指标", "数量指标"), ("产出指标", "质量指标")
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")


class Words:
    """A helper that knows some words, and answers at once or when told to."""

    def __init__(self, *known: Offer) -> None:
        self.known, self.asked, self.late = known, list[Wanted](), False
        self.waiting: list[Callable[[], None]] = []

    def ask(self, wanted: Wanted, answer: Answer) -> None:
        self.asked.append(wanted)
        found = [one for one in self.known if wanted.typed in one.text]
        self.waiting.append(lambda: answer(found))
        if not self.late:
            self.waiting.pop()()


@pytest.fixture
def words() -> Words:
    return Words(Offer("abc meetings", "≥(场)"), Offer("abd visitors", "≥(人次)"), Offer("财务审批及时率", "=100%"))


@pytest.fixture
def desk(qtbot: QtBot, words: Words) -> Desk:
    desk = Desk(qtbot, declared(Indicator(*COUNT, "a", "≥3.00(场)"), Indicator(*QUALITY, "b")))
    desk.tree.delegate.completion.helper = words
    return desk


def offers(desk: Desk) -> list[str]:
    return desk.tree.delegate.completion.offers


def test_what_fits_is_offered_while_typing(desk: Desk, words: Words) -> None:
    desk.go(0, "l3")
    desk.type("ab")
    assert offers(desk) == ["abc meetings", "abd visitors"]
    desk.type("d")
    assert offers(desk) == ["abd visitors"]
    desk.type("x")
    assert offers(desk) == []
    last = words.asked[-1]
    assert (last.column, last.typed, last.l2, last.name, last.year) == ("l3", "abdx", "数量指标", "a", 2025)


def test_down_and_enter_take_an_offer_and_go_on(desk: Desk) -> None:
    desk.go(0, "l3")
    desk.type("ab")
    desk.key(Key.Key_Down)
    desk.key(Key.Key_Down)
    desk.key(Key.Key_Return)
    assert desk.rows[0].l3 == "abd visitors"
    assert desk.at == (0, "number")
    assert offers(desk) == []


def test_tab_takes_an_offer_and_goes_on(desk: Desk) -> None:
    desk.go(0, "l3")
    desk.type("ab")
    desk.key(Key.Key_Up)
    desk.key(Key.Key_Tab)
    assert desk.rows[0].l3 == "abd visitors"
    assert desk.at == (0, "sign")


@pytest.mark.parametrize(("key", "then"), [(Key.Key_Return, "number"), (Key.Key_Tab, "sign")])
def test_keys_are_the_cells_own_while_nothing_is_chosen(desk: Desk, key: Qt.Key, then: str) -> None:
    desk.go(0, "l3")
    desk.type("ab")
    assert offers(desk)
    desk.key(key)
    assert desk.rows[0].l3 == "ab"
    assert desk.at == (0, then)
    assert offers(desk) == []


def test_beyond_the_last_offer_none_is_chosen_again(desk: Desk) -> None:
    desk.go(0, "l3")
    desk.type("abc")
    desk.key(Key.Key_Down)
    desk.key(Key.Key_Down)
    desk.key(Key.Key_Return)
    assert desk.rows[0].l3 == "abc"


def test_escape_first_closes_the_list_and_then_leaves_the_cell(desk: Desk) -> None:
    desk.go(0, "l3")
    desk.type("ab")
    desk.key(Key.Key_Escape)
    assert desk.editing
    assert offers(desk) == []
    desk.key(Key.Key_Escape)
    assert not desk.editing
    assert desk.done == []


def test_a_shortcut_is_left_alone(desk: Desk) -> None:
    desk.go(0, "l3")
    desk.type("ab")
    desk.key(Key.Key_Down)
    desk.key(Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert isinstance(desk.editor, TextCell)
    assert desk.editor.value() == "ab\n"


def test_an_input_method_that_composes_is_not_disturbed(desk: Desk, words: Words) -> None:
    desk.go(0, "l3")
    desk.type("ab")
    asked = len(words.asked)
    desk.compose("cai")
    assert offers(desk) == []
    assert len(words.asked) == asked
    for key in (Key.Key_Down, Key.Key_Return, Key.Key_Tab, Key.Key_Escape):
        desk.key(key)
    assert desk.editing
    desk.compose("", "财")
    assert words.asked[-1].typed == "ab财"


def test_an_answer_that_comes_while_composing_is_not_shown(desk: Desk, words: Words) -> None:
    words.late = True
    desk.go(0, "l3")
    desk.type("ab")
    desk.compose("cai")
    words.waiting.pop()()
    assert offers(desk) == []


def test_an_answer_to_an_older_text_is_not_shown(desk: Desk, words: Words) -> None:
    words.late = True
    desk.go(0, "l3")
    desk.type("ab")
    late, last = words.waiting[-2:]
    last()
    assert len(offers(desk)) == 2
    desk.type("c")
    late()
    assert len(offers(desk)) == 2, "the list stays as it is until the answer to the newest text is there"


def test_an_answer_after_the_cell_was_left_is_not_shown(desk: Desk, words: Words) -> None:
    words.late = True
    desk.go(0, "l3")
    desk.type("ab")
    desk.key(Key.Key_Return)
    words.waiting.pop()()
    assert offers(desk) == []


def test_an_offer_can_be_clicked(desk: Desk) -> None:
    desk.go(0, "l3")
    desk.type("ab")
    shown = desk.tree.delegate.completion._list
    assert shown is not None
    place = shown.visualItemRect(shown.item(1)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.rows[0].l3 == "abd visitors"
    assert desk.at == (0, "number")


def test_signs_units_and_points_are_not_asked_for(desk: Desk, words: Words) -> None:
    desk.go(0, "target")
    desk.key(Key.Key_Tab)
    desk.type("m")
    assert words.asked == []


def test_the_list_keeps_within_the_window(desk: Desk) -> None:
    desk.page.resize(420, 200)
    desk.go(1, "l3")
    desk.type("ab")
    shown = desk.tree.delegate.completion._list
    assert shown is not None
    assert desk.page.rect().contains(shown.geometry())
    assert not shown.geometry().intersects(desk.editor.geometry().translated(desk.tree.pos()))


def test_a_blank_cell_shows_at_once_what_is_usual(qtbot: QtBot, words: Words) -> None:
    desk = Desk(qtbot, declared(Indicator(*COUNT, "")))
    desk.tree.delegate.completion.helper = words
    desk.go(0, "l3")
    desk.key(Key.Key_F2)
    assert offers(desk) == ["abc meetings", "abd visitors", "财务审批及时率"]
    desk.key(Key.Key_Return)
    assert desk.rows[0].l3 == ""


def test_in_a_low_window_the_list_shows_fewer_and_never_covers_what_is_typed(desk: Desk, words: Words) -> None:
    words.known = [Offer(f"ab{at}", "") for at in range(8)]
    desk.page.resize(640, 220)
    desk.go(0, "l3")
    desk.type("ab")
    shown = desk.tree.delegate.completion._list
    assert shown is not None
    assert shown.count() == 8
    assert desk.page.rect().contains(shown.geometry())
    place = desk.editor.rect().translated(desk.editor.mapTo(desk.page, desk.editor.rect().topLeft()))
    assert not shown.geometry().intersects(place)
    for _ in range(8):
        desk.key(Key.Key_Down)
    assert shown.viewport().rect().contains(shown.visualItemRect(shown.item(7))), "the last one comes into sight"
