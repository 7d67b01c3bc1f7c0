"""The page of indicators used as a clerk uses it: keys, an input method, the mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop.presenters.findings import PlaceMarks, marks_by_path
from desktop.ui.delegates.cell_editors import SignCell, TextCell, UnitCell
from desktop.ui.pages.indicators import IndicatorsPage
from forms.checks import Finding, Severity, check_project
from forms.documents import Declaration, Evaluation, Indicator, Project
from forms.edits import Edit
from forms.known_editions import Editions
from forms.package import read_package
from tests.published import each_published

Key = Qt.Key
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
EDITIONS = Editions()
COUNT, QUALITY, TIME = (("产出指标", name) for name in ("数量指标", "质量指标", "时效指标"))
# What the platform without a display cannot do, and says so each time.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", "grabbing the keyboard")


class Desk:
    """A page with a project; edits are applied at once, as the window does, and can be taken back."""

    editions = EDITIONS

    def __init__(self, qtbot: QtBot, project: Project) -> None:
        self.project = project
        self.marks: PlaceMarks = {}
        self.done: list[Edit] = []
        self.places: list[str] = []
        self.page = IndicatorsPage(self)
        qtbot.addWidget(self.page)
        self.tree, self.model = self.page.tree, self.page.model
        self.page.edit_made.connect(self.do)
        self.page.path_focused.connect(self.places.append)
        self.page.resize(640, 560)
        self.page.show_project(project, {})
        self.page.show()
        self.page.activateWindow()
        self.tree.setFocus()
        qtbot.waitUntil(self.tree.hasFocus)

    def do(self, edit: Edit) -> None:
        self.project = edit.apply(self.project)
        self.done.append(edit)
        self.page.refresh(self.project, self.marks)

    def undo(self) -> None:
        self.project = self.done.pop().inverse().apply(self.project)
        self.page.refresh(self.project, self.marks)

    @property
    def rows(self) -> tuple[Indicator, ...]:
        return self.project.forms[0][1].indicators

    @property
    def names(self) -> list[str]:
        return [edit.name for edit in self.done]

    @property
    def at(self) -> tuple[int, str]:
        """Row and column of the cursor; of a line without a row -1 or the first row beneath."""
        index = self.tree.currentIndex()
        facts = self.model.facts(index)
        return (-2 if facts is None else facts.row), self.model.column(index)

    def head(self, name: str, nth: int = 0) -> QModelIndex:
        """The line of a 一级 or 二级指标."""
        lines = (self.model.index(at, 0) for at in range(self.model.rowCount()))
        return [line for line in lines if line.data() == name and self.model.row_of(line) < 0][nth]

    def go(self, row: int, key: str) -> None:
        assert self.page.focus_path(f"{self.project.forms[0][0]}.indicators[{row}].{key}")

    @property
    def editor(self) -> TextCell | UnitCell | SignCell:
        editor = self.tree.delegate.editor
        assert editor is not None, "no cell is being edited"
        return editor

    @property
    def editing(self) -> bool:
        return self.tree.delegate.editor is not None

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key goes to whatever has the focus."""
        QTest.keyClick(self._target(), key, modifiers)

    def type(self, text: str) -> None:
        """ASCII comes as keys, anything else as an input method sends it."""
        for char in text:
            if char.isascii():
                QTest.keyClicks(self._target(), char)
            else:
                self.compose("x")
                self.compose("", char)

    def compose(self, preedit: str, commit: str = "") -> None:
        event = QInputMethodEvent(preedit, [])
        if commit:
            event.setCommitString(commit)
        QApplication.sendEvent(self._target(), event)

    def _target(self) -> QWidget:
        return self.tree.delegate.editor or self.tree


def choose(d: Desk, action: str, label: str) -> None:
    """Take an entry of the menu of an action."""
    menu = d.page.actions_by_name[action].menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    next(one for one in menu.actions() if one.text() == label).trigger()


def declared(*rows: Indicator) -> Project:
    return Project(declaration=Declaration("sh-songjiang-declaration-2025", 2025, indicators=rows))


@pytest.fixture
def desk(qtbot: QtBot) -> Callable[..., Desk]:
    return lambda *rows: Desk(qtbot, declared(*rows))


A = Indicator(*COUNT, "a", "≥3.00(场)")
B = Indicator(*COUNT, "b", "完成")
C = Indicator(*QUALITY, "c")


class TestTyping:
    def test_the_first_key_opens_the_cell_and_is_kept(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.go(0, "l3")
        d.type("new")
        assert d.editor.value() == "new"
        d.key(Key.Key_Return)
        assert d.rows[0].l3 == "new"
        assert d.names == ["修改指标“a”的名称"]
        assert d.at == (0, "number")

    def test_the_first_key_of_an_input_method_opens_the_cell_and_is_kept(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.go(0, "l3")
        d.compose("ren")
        assert isinstance(d.editor, TextCell)
        assert d.editor.composing
        d.compose("", "人数")
        assert not d.editor.composing
        d.key(Key.Key_Return)
        assert d.rows[0].l3 == "人数"

    @pytest.mark.parametrize("key", ["l3", "target"])
    def test_what_is_committed_without_being_composed_is_kept_from_the_first_character_on(
        self, desk: Callable[..., Desk], key: str
    ) -> None:
        d = desk(A, B)
        d.go(1, key)
        d.compose("", "采")
        d.compose("", "购")
        d.page.commit()
        assert (d.rows[1].l3 if key == "l3" else d.rows[1].target) == "采购"

    @pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Tab, Key.Key_Up, Key.Key_Down, Key.Key_Escape])
    def test_nothing_is_handed_over_while_an_input_method_composes(
        self, desk: Callable[..., Desk], key: Qt.Key
    ) -> None:
        d = desk(A, B)
        d.go(1, "l3")
        d.compose("ren")
        d.key(key)
        assert d.editing
        assert d.done == []
        d.compose("", "人")
        d.page.commit()
        assert d.rows[1].l3.strip() == "人"

    def test_escape_leaves_the_cell_as_it_was(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.go(0, "l3")
        d.type("xyz")
        d.key(Key.Key_Escape)
        assert not d.editing
        assert d.done == []
        assert d.at == (0, "l3")

    def test_f2_edits_what_is_there_and_an_untouched_text_keeps_its_characters(self, desk: Callable[..., Desk]) -> None:
        odd = "甲\u00a0乙\u2028丙\r\n丁　"
        d = desk(Indicator(*COUNT, odd, "完成"))
        d.go(0, "l3")
        d.key(Key.Key_F2)
        assert d.editing
        d.key(Key.Key_Return)
        assert d.done == []
        assert d.rows[0].l3 == odd

    def test_a_line_break_is_typed_with_alt_enter(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.go(0, "l3")
        d.type("x")
        d.key(Key.Key_Return, ALT)
        d.type("y")
        d.key(Key.Key_Return)
        assert d.rows[0].l3 == "x\ny"

    @pytest.mark.parametrize("value", [">=85%", "≥85.00(%)", "不低于85％", "完成", "2025年12月31日前"])
    def test_a_whole_value_goes_into_one_cell(self, desk: Callable[..., Desk], value: str) -> None:
        d = desk(Indicator(*COUNT, "a"))
        d.go(0, "target")
        d.type(value)
        d.key(Key.Key_Return)
        assert d.rows[0].target == value

    def test_a_number_beside_sign_and_unit_is_written_as_the_edition_does(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.go(0, "target")
        d.type("12")
        d.key(Key.Key_Return)
        assert d.rows[0].target == "≥12.00(场)"

    def test_half_typed_text_survives_a_change_from_elsewhere(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, B)
        d.go(1, "l3")
        d.type("half")
        d.page.refresh(declared(C, A, B), {})
        assert d.editor.value() == "half"
        d.project = declared(C, A, B)
        d.page.commit()
        assert d.rows[2].l3 == "half"

    def test_an_editor_grows_with_its_text(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, B)
        d.go(0, "l3")
        d.type("x")
        before = d.editor.height()
        d.type("long name " * 12)
        assert d.editor.height() > before

    def test_delete_in_a_cell_deletes_a_character(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.go(0, "l3")
        d.type("xy")
        d.key(Key.Key_Left)
        d.key(Key.Key_Delete)
        d.key(Key.Key_Return)
        assert d.rows[0].l3 == "x"


class TestSignAndUnit:
    def test_signs_are_chosen_by_keys(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.go(0, "l3")
        d.key(Key.Key_Right)
        assert d.at == (0, "sign")
        d.type("<")
        assert isinstance(d.editor, SignCell)
        d.type("=")
        assert d.editor.value() == "≤"
        d.key(Key.Key_Return)
        assert d.rows[0].target == "≤3.00(场)"

    def test_full_width_signs_and_no_sign(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.go(0, "l3")
        d.key(Key.Key_Right)
        d.key(Key.Key_F2)
        d.type("＞＝")
        assert d.editor.value() == "≥"
        d.type("?")
        d.key(Key.Key_Delete)
        d.key(Key.Key_Tab)
        assert d.rows[0].target == "3.00(场)"
        assert d.at == (0, "number")

    def test_a_unit_is_completed_and_enter_takes_it_once(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.go(0, "target")
        d.key(Key.Key_Right)
        d.key(Key.Key_F2)
        d.type("%")
        assert isinstance(d.editor, UnitCell)
        popup = d.editor.completer().popup()
        QTest.keyClick(popup if popup.isVisible() else d.editor, Key.Key_Return)
        assert not d.editing
        assert d.rows[0].target == "≥3.00(%)"

    def test_what_is_typed_beside_words_goes_into_the_value(self, desk: Callable[..., Desk]) -> None:
        d = desk(B)
        d.tree.setCurrentIndex(d.model.row_index(0, 1))
        d.type("5")
        assert d.at == (0, "number")
        d.key(Key.Key_Return)
        assert d.rows[0].target == "5"

    def test_digits_typed_on_the_sign_go_into_the_value(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.go(0, "l3")
        d.key(Key.Key_Right)
        d.compose("liu")
        assert d.at == (0, "number")
        d.key(Key.Key_Escape)

    def test_a_double_click_opens_the_list_of_signs(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        place = d.tree.visualRect(d.model.row_index(0, 1)).center()
        QTest.mouseClick(d.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(d.tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert isinstance(d.editor, SignCell)
        assert d.editor.view().isVisible()
        d.editor.hidePopup()
        d.page.commit()


class TestLists:
    def test_alt_down_opens_the_signs_from_the_sign_and_from_the_value(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, B)
        d.tree.go_to(d.model.row_index(0, 1))
        d.key(Key.Key_Down, ALT)
        assert isinstance(d.editor, SignCell)
        assert d.editor.view().isVisible()
        d.editor.hidePopup()
        d.key(Key.Key_Escape)
        d.go(0, "target")
        d.type("7")
        d.key(Key.Key_Down, ALT)
        assert d.rows[0].target == "≥7.00(场)", "what was typed is handed over"
        assert isinstance(d.editor, SignCell)
        d.editor.hidePopup()
        d.type("<")
        d.key(Key.Key_Return)
        assert d.rows[0].target == "<7.00(场)"
        assert [row.l3 for row in d.rows] == ["a", "b"], "no row was moved"

    def test_words_have_no_sign_to_choose(self, desk: Callable[..., Desk]) -> None:
        d = desk(B)
        d.go(0, "target")
        d.key(Key.Key_F2)
        d.key(Key.Key_Down, ALT)
        assert not d.editing

    def test_units_come_by_what_the_name_suggests(self, desk: Callable[..., Desk]) -> None:
        d = desk(Indicator(*COUNT, "编制调研报告", "≥3.00(项)"))
        d.tree.go_to(d.model.row_index(0, 3))
        d.key(Key.Key_Down, ALT)
        assert isinstance(d.editor, UnitCell)
        completer = d.editor.completer()
        assert completer.popup().isVisible()
        model = completer.completionModel()
        assert [model.index(at, 0).data() for at in range(2)] == ["份", "篇"]
        assert completer.completionCount() > 40
        completer.popup().hide()
        d.key(Key.Key_Escape)

    def test_several_suggestions_are_shown_and_each_can_be_taken(self, desk: Callable[..., Desk]) -> None:
        d = desk(Indicator(*COUNT, "编制调研报告", "=3"), Indicator(*COUNT, "开展活动", "10-15场"))
        d.go(0, "target")
        line = d.page.line
        assert "=3.00(份)" in line.offer.text()
        assert [other.text() for other in line.others if not other.isHidden()] == ["或 =3.00(篇)"]
        QTest.mouseClick(line.others[0], Qt.MouseButton.LeftButton)
        assert d.rows[0].target == "=3.00(篇)"
        d.go(1, "target")
        choose(d, "accept_one", "≤15.00(场)　指标值宜只写一个界限：取上限")
        assert d.rows[1].target == "≤15.00(场)"
        assert line.offer.isHidden()


class TestMovingAbout:
    def test_enter_at_the_end_of_the_last_row_makes_a_sibling(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, C)
        d.go(0, "target")
        d.type("5")
        d.key(Key.Key_Return)
        assert d.names == ["修改指标“a”的指标值", "增加 1 条指标"]
        assert d.rows[1] == Indicator(*COUNT)
        assert d.at == (1, "l3")
        d.key(Key.Key_Return)  # on the blank row: it goes, and on to what follows
        assert d.tree.currentIndex() == d.head("质量指标")
        assert d.rows == (A._replace(target="≥5.00(场)"), C)
        d.undo()
        assert d.rows[1] == Indicator(*COUNT)

    def test_enter_walks_past_what_is_offered_and_leaves_nothing_blank_behind(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.tree.go_to(d.head("质量指标"))
        d.key(Key.Key_Return)
        assert d.rows[-1] == Indicator(*QUALITY)
        d.key(Key.Key_Return)
        assert d.rows == (A,)
        assert d.tree.currentIndex() == d.head("时效指标")

    def test_a_blank_row_that_holds_anything_stays(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, Indicator(*COUNT, reason="x"), C)
        d.go(1, "l3")
        d.key(Key.Key_Return)
        assert len(d.rows) == 3
        assert d.tree.currentIndex() == d.head("质量指标")

    def test_a_blank_row_of_a_level_that_is_not_offered_takes_it_along(self, desk: Callable[..., Desk]) -> None:
        benefit = Indicator("效益指标", "经济效益指标")
        d = desk(A, benefit)
        d.go(1, "l3")
        d.key(Key.Key_Return)
        assert d.rows == (A,)
        assert d.tree.currentIndex() == d.head("社会效益指标")

    def test_enter_without_typing_only_goes_on(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, B, C)
        d.go(0, "target")
        d.key(Key.Key_Return)
        assert d.at == (1, "l3")
        d.key(Key.Key_Return)
        d.key(Key.Key_Return)
        assert d.tree.currentIndex() == d.head("质量指标")
        assert d.done == []

    def test_a_blank_row_typed_at_by_enter_is_not_followed_by_another(self, desk: Callable[..., Desk]) -> None:
        d = desk(Indicator(*COUNT))
        d.go(0, "l3")
        d.key(Key.Key_F2)
        d.key(Key.Key_Return)
        assert len(d.rows) == 1

    def test_tab_goes_from_cell_to_cell_and_row_to_row_and_back(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, B)
        d.go(0, "l3")
        seen = [d.at]
        for _ in range(5):
            d.key(Key.Key_Tab)
            seen.append(d.at)
        assert seen == [(0, "l3"), (0, "sign"), (0, "number"), (0, "unit"), (1, "l3"), (1, "number")]
        for _ in range(5):
            d.key(Key.Key_Backtab)
        assert d.at == (0, "l3")

    def test_tab_in_an_editor_hands_over_and_goes_on(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, B)
        d.go(1, "target")
        d.type("x")
        d.key(Key.Key_Backtab, SHIFT)
        assert d.at == (1, "l3")
        d.type("y")
        d.key(Key.Key_Down)
        assert (d.rows[1].l3, d.rows[1].target) == ("y", "x")
        assert d.tree.currentIndex().siblingAtColumn(0) == d.head("质量指标")

    def test_arrows_go_through_cells_and_fold_lines(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.go(0, "l3")
        d.key(Key.Key_Right)
        d.key(Key.Key_Right)
        d.key(Key.Key_Right)
        d.key(Key.Key_Right)
        assert d.at == (0, "unit")
        for _ in range(4):
            d.key(Key.Key_Left)
        twig = d.tree.currentIndex()
        assert twig.data() == "数量指标"
        d.key(Key.Key_Left)
        assert d.model.is_folded(twig)
        d.key(Key.Key_Return)
        assert not d.model.is_folded(twig)
        assert d.at == (0, "l3")

    def test_tab_leaves_the_tree_behind_the_last_cell(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.go(0, "target")
        d.key(Key.Key_Tab)
        assert d.at == (0, "unit")
        d.key(Key.Key_Tab)
        assert d.at == (0, "unit")


class TestSteps:
    def test_an_offered_level_is_made_by_enter_insert_or_its_plus(self, desk: Callable[..., Desk]) -> None:
        d = desk()
        d.tree.setCurrentIndex(d.head("数量指标"))
        d.key(Key.Key_Return)
        assert d.rows == (Indicator(*COUNT),)
        assert d.at == (0, "l3")
        d.tree.go_to(d.head("质量指标"))
        d.key(Key.Key_Insert)
        assert [row.l2 for row in d.rows] == ["数量指标", "质量指标"]
        index = d.head("时效指标")
        d.tree.scrollTo(index)
        QTest.mouseClick(d.tree.viewport(), Qt.MouseButton.LeftButton, pos=d.tree.delegate.plus_rect(index).center())
        assert [row.l2 for row in d.rows] == ["数量指标", "质量指标", "时效指标"]
        assert d.at == (2, "l3")

    @pytest.mark.parametrize(("typed", "name"), [("ab", "ab"), ("讲座场次", "讲座场次")])
    def test_typing_on_an_offered_level_makes_its_first_row(
        self, desk: Callable[..., Desk], typed: str, name: str
    ) -> None:
        d = desk(A)
        d.tree.go_to(d.head("质量指标"))
        assert d.tree.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        d.key(Key.Key_Space)
        assert d.done == []
        d.type(typed)
        d.key(Key.Key_Return)
        assert [(row.l2, row.l3) for row in d.rows] == [("数量指标", "a"), ("质量指标", name)]
        assert d.at == (1, "number")

    def test_what_is_committed_at_once_on_an_offered_level_is_kept(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.tree.go_to(d.head("时效指标"))
        d.compose("", "完")
        d.compose("", "成")
        d.page.commit()
        assert d.rows[-1] == Indicator("产出指标", "时效指标", "完成")

    def test_the_input_method_is_off_again_on_a_line_that_takes_no_typing(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.tree.go_to(d.head("质量指标"))
        d.tree.clearFocus()
        d.tree.setFocus()
        assert d.tree.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        d.tree.go_to(d.head("产出指标"))
        assert not d.tree.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        d.type("x")
        assert d.done == []

    def test_the_plus_of_a_filled_level_adds_behind_its_last_row(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, C, B)  # 数量指标 stands twice
        index = d.head("数量指标")
        QTest.mouseClick(d.tree.viewport(), Qt.MouseButton.LeftButton, pos=d.tree.delegate.plus_rect(index).center())
        assert [row.l3 for row in d.rows] == ["a", "", "c", "b"]

    def test_keys_for_rows(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, B, C)
        d.go(0, "l3")
        d.key(Key.Key_Down, ALT)
        assert [row.l3 for row in d.rows] == ["b", "a", "c"]
        assert d.at == (1, "l3"), "the cursor goes with its row"
        d.key(Key.Key_Down, ALT)
        assert [row.l2 for row in d.rows] == ["数量指标", "质量指标", "质量指标"]
        d.key(Key.Key_Up, ALT)
        d.key(Key.Key_D, CTRL)
        assert [row.l3 for row in d.rows] == ["b", "a", "a", "c"]
        d.key(Key.Key_Return, CTRL)
        assert d.rows[2] == Indicator(*COUNT)
        assert d.at == (2, "l3")
        d.key(Key.Key_Delete)
        assert [row.l3 for row in d.rows] == ["b", "a", "a", "c"]
        assert d.names[-1] == "删除 1 条指标"
        while d.done:
            d.undo()
        assert d.rows == (A, B, C)

    def test_several_rows_and_whole_levels_are_deleted_at_once(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, B, C)
        d.go(0, "l3")
        d.key(Key.Key_Down, SHIFT)
        d.key(Key.Key_Delete)
        assert d.names == ["删除 2 条指标"]
        d.undo()
        d.tree.go_to(d.head("产出指标"))
        d.key(Key.Key_Delete)
        assert d.names == ["删除 3 条指标"]
        assert d.rows == ()

    def test_a_row_step_in_the_middle_of_typing_hands_over_first(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.go(0, "l3")
        d.type("x")
        d.key(Key.Key_Return, CTRL)
        assert [row.l3 for row in d.rows] == ["x", ""]

    def test_a_suggestion_is_offered_and_taken_by_a_key_only(self, desk: Callable[..., Desk]) -> None:
        d = desk(Indicator(*COUNT, "a", "35家以上"), Indicator(*COUNT, "b", "≥35家，≥3场"))
        d.go(0, "target")
        assert "≥35.00(家)" in d.page.line.offer.text()
        assert d.rows[0].target == "35家以上"
        d.key(Key.Key_Return, ALT)
        assert d.rows[0].target == "≥35.00(家)"
        assert d.page.line.offer.isHidden()
        d.go(1, "target")
        QTest.mouseClick(d.page.line.button, Qt.MouseButton.LeftButton)
        assert [row.target for row in d.rows] == ["≥35.00(家)", "≥35家", "≥3场"]

    def test_rows_are_put_under_another_level_from_the_menu(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, B, C)
        d.go(0, "l3")
        choose(d, "assign", "产出指标 – 时效指标")
        assert [(row.l2, row.l3) for row in d.rows] == [("数量指标", "b"), ("质量指标", "c"), ("时效指标", "a")]

    def test_absent_levels_are_added_from_the_menu(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        choose(d, "add_level", "效益指标 – 经济效益指标")
        assert d.rows[1] == Indicator("效益指标", "经济效益指标")
        assert d.at == (1, "l3")

    def test_a_form_out_of_order_is_sorted(self, desk: Callable[..., Desk]) -> None:
        d = desk(C, A)
        sort = d.page.actions_by_name["sort"]
        assert sort.isEnabled()
        sort.trigger()
        assert d.rows == (A, C)
        assert not sort.isEnabled()

    def test_rows_are_copied_as_a_table(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, B)
        d.go(0, "l3")
        d.key(Key.Key_Down, SHIFT)
        d.key(Key.Key_C, CTRL)
        assert QGuiApplication.clipboard().text() == "产出指标\t数量指标\ta\t≥3.00(场)\n产出指标\t数量指标\tb\t完成\n"

    def test_every_action_has_words_and_is_in_the_menu(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        actions = [action for action in d.page.actions_for_menu() if not action.isSeparator()]
        assert all(action.text() for action in actions)
        keys = [keys.toString() for action in actions for keys in action.shortcuts()]
        assert len(keys) == len(set(keys))
        d.tree.customContextMenuRequested.emit(QPoint(5, 5))
        menu = next(child for child in d.page.findChildren(QMenu) if child.isVisible())
        assert len(menu.actions()) == len(d.page.actions_for_menu())
        menu.close()


class TestPage:
    def test_the_place_of_the_cursor_is_told_as_a_path(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, B)
        for path in (
            "declaration.indicators[1].l3",
            "declaration.indicators[0].target",
            "declaration.indicators[0].l2",
            "declaration.indicators[0].l1",
        ):
            assert d.page.focus_path(path)
            assert d.places[-1] == path
        d.tree.setCurrentIndex(d.model.index(0, 0))
        assert d.places[-1] == "", "nothing is printed of what is only offered"

    def test_places_that_the_page_does_not_have(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        assert d.page.focus_path("declaration.indicators")
        for path in (
            "declaration.indicators[1].target",
            "declaration.indicators[0].actual",
            "evaluation.indicators[0].target",
            "declaration.fields.项目名称",
            "",
        ):
            assert not d.page.focus_path(path)

    def test_folds_choice_and_scrolling_survive_a_change_and_its_undo(self, desk: Callable[..., Desk]) -> None:
        d = desk(*(Indicator(*COUNT, f"a{at}") for at in range(40)), C, Indicator(*TIME, "t"))
        d.model.fold(d.head("质量指标"))
        d.go(30, "l3")
        QApplication.processEvents()
        bar = d.tree.verticalScrollBar()
        scrolled = bar.value()
        assert scrolled > 0
        change = Edit("x", d_insert(d, 0))
        d.do(change)
        QApplication.processEvents()
        assert d.at == (31, "l3")
        assert d.model.is_folded(d.head("质量指标"))
        assert bar.value() > 0
        d.undo()
        QApplication.processEvents()
        assert d.at == (30, "l3")
        assert d.tree.selected_rows() == [30]
        assert bar.value() == scrolled

    def test_findings_show_as_marks_and_sentences(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, B)
        d.marks = marks_by_path(
            [
                Finding("V12", Severity.CONFIRM, 0, "declaration", "indicators[1].target", "太笼统", "", ()),
                Finding("V13", Severity.ERROR, 0, "declaration", "indicators[1].l3", "没有名称", "", ()),
            ]
        )
        d.page.refresh(d.project, d.marks)
        d.go(1, "l3")
        index = d.tree.currentIndex()
        assert index.siblingAtColumn(4).data() == "■ 2"
        assert index.data(Qt.ItemDataRole.AccessibleDescriptionRole) == "■ 没有名称\n▲ 太笼统"
        assert index.data(Qt.ItemDataRole.ToolTipRole) == "<p>■ 没有名称<br>▲ 太笼统</p>"
        assert "没有名称" in d.page.line.findings.text()
        d.go(0, "l3")
        assert d.page.line.findings.text() == ""
        d.tree.collapse_all()
        d.page.grab()

    def test_rows_grow_with_their_texts(self, desk: Callable[..., Desk]) -> None:
        d = desk(A, Indicator(*COUNT, "很长的指标名称" * 12), Indicator(*COUNT, "w", "写得很长的目标" * 9))
        heights = [d.tree.visualRect(d.model.row_index(row)).height() for row in range(3)]
        assert heights[1] > 1.5 * heights[0]
        assert heights[2] > heights[0]
        d.tree.setColumnWidth(0, 600)
        QApplication.processEvents()
        assert d.tree.visualRect(d.model.row_index(1)).height() < heights[1]

    def test_widths_are_kept(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        assert d.page.widths() == {}
        d.tree.setColumnWidth(3, 120)
        kept = d.page.widths()
        assert kept == {"declaration.unit": 120}
        d.page.restore_widths(
            {"declaration.unit": 90, "declaration.l3": 250, "evaluation.unit": 50, "declaration.sign": -4}
        )
        assert (d.tree.columnWidth(3), d.tree.columnWidth(0), d.tree.columnWidth(1)) == (90, 250, 44)
        d.page.resize(900, 560)
        QApplication.processEvents()
        assert d.tree.columnWidth(0) == 250

    def test_the_name_takes_the_room_that_is_left(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.page.resize(1000, 560)
        QApplication.processEvents()
        assert d.tree.horizontalHeader().length() == d.tree.viewport().width()

    def test_strangers_are_marked_and_can_be_moved_home(self, desk: Callable[..., Desk]) -> None:
        d = desk(C, Indicator("产出指标", "成本指标", "s"), Indicator("", "", "t"), A)
        d.page.grab()
        stranger = d.head("成本指标", 1)
        assert d.model.parent_index(stranger).data() == "产出指标"
        assert "按表样重排" not in stranger.data(Qt.ItemDataRole.ToolTipRole)
        assert "移到" in stranger.data(Qt.ItemDataRole.ToolTipRole)
        assert d.tree.delegate.plus_rect(stranger).isEmpty()
        d.tree.go_to(stranger)
        d.key(Key.Key_Return, CTRL)  # still a row of its own can be added there
        assert d.rows[2].l2 == "成本指标"

    def test_a_form_turned_upside_down_is_shown_anew(self, desk: Callable[..., Desk]) -> None:
        rows = [Indicator(*COUNT, f"a{at}") for at in range(700)]
        d = desk(*rows)
        d.page.refresh(declared(*reversed(rows)), {})
        assert [d.model.row_index(row).data() for row in range(700)] == [row.l3 for row in reversed(rows)]

    def test_an_unknown_edition_shows_nothing(self, desk: Callable[..., Desk]) -> None:
        d = desk(A)
        d.page.refresh(Project(declaration=Declaration("?", 2025, indicators=(A,))), {})
        assert d.model.rowCount() == 0
        assert d.places[-1] == ""
        d.page.show_project(Project(), {})
        assert not d.page.focus_path("declaration.indicators[0].l3")
        d.page.actions_by_name["sort"].trigger()
        d.page.actions_by_name["add"].trigger()
        assert d.done == []

    def test_a_page_of_one_form_leaves_the_other_alone(self, qtbot: QtBot) -> None:
        project = Project(
            declaration=Declaration("sh-declaration-2025", 2025, indicators=(A,)),
            evaluation=Evaluation("sh-evaluation-2025", 2025, indicators=(B, A)),
        )
        page = IndicatorsPage(Desk, "evaluation")
        qtbot.addWidget(page)
        page.show_project(project, {})
        assert page.model.shown is not None
        assert page.model.shown.rows == (B, A)
        assert page.focus_path("evaluation.indicators[1].actual")
        assert not page.focus_path("declaration.indicators[0].l3")

    def test_an_evaluation_is_filled_along_its_row(self, qtbot: QtBot) -> None:
        row = Indicator(*COUNT, "a", ">=10次")
        d = Desk(qtbot, Project(evaluation=Evaluation("sh-evaluation-2022", 2023, indicators=(row,))))
        d.go(0, "actual")
        for text in ("12次", "20", "19.5", "无"):
            d.type(text)
            d.key(Key.Key_Return)
        assert (d.rows[0].actual, d.rows[0].points, d.rows[0].score, d.rows[0].reason) == ("12次", "20", "19.5", "无")
        assert len(d.rows) == 2
        twig = d.head("数量指标")
        assert [twig.siblingAtColumn(at).data() for at in (5, 6)] == ["20", "19.5"]
        d.page.grab()


def d_insert(d: Desk, at: int) -> tuple:  # type: ignore[type-arg]
    from forms.indicators import insert

    return insert("declaration", d.rows, at, [Indicator(*COUNT, "new")]).changes


@pytest.mark.published
@each_published()
def test_published_forms_are_shown_row_by_row(qtbot: QtBot, path: Path) -> None:
    project = read_package(path, EDITIONS).projects[0]
    form, document = project.forms[0]
    page = IndicatorsPage(Desk)
    qtbot.addWidget(page)
    page.resize(640, 560)
    page.show_project(project, marks_by_path(check_project(project, EDITIONS)))
    page.grab()
    assert [page.model.row_index(at).data() for at in range(len(document.indicators))] == [
        row.l3 for row in document.indicators
    ]
    for row in range(len(document.indicators)):
        assert page.focus_path(f"{form}.indicators[{row}].target")
