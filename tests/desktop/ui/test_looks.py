"""Undo and redo bring back what was chosen, and where it stood on the screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.presenters.shell import Tab
from desktop.ui.looks import MOST, Look, Looks
from desktop.ui.pages.indicators import IndicatorsPage
from forms.documents import Declaration, Indicator, Project
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", "grabbing the keyboard")
COUNT, TIME = (("产出指标", name) for name in ("数量指标", "时效指标"))
TAB = Tab("declaration", "basics")


@pytest.fixture
def page(open_window: Callable[..., Robot]) -> tuple[Robot, IndicatorsPage]:
    robot = open_window()
    rows = (*(Indicator(*COUNT, f"a{at}") for at in range(60)), *(Indicator(*TIME, f"t{at}") for at in range(60)))
    form = Declaration("sh-songjiang-declaration-2025", 2025, indicators=rows)
    robot.session.open(robot.session.add([Project(declaration=form)])[0])
    robot.settle()
    robot.window.editor.show_tab("indicators")
    page = robot.window.editor.page
    assert isinstance(page, IndicatorsPage)
    return robot, page


def standing(page: IndicatorsPage) -> tuple[object, ...]:
    QApplication.processEvents()
    tree = page.tree
    return tree.selected_rows(), tree.current_cell(), tree.visualRect(tree.currentIndex()).top()


def test_choice_and_place_come_back(page: tuple[Robot, IndicatorsPage]) -> None:
    robot, shown = page
    shown.tree.select_rows([70, 71, 75], (75, "l3"))
    before = standing(shown)
    assert before[:2] == ([70, 71, 75], (75, "l3"))
    shown.actions_by_name["delete"].trigger()
    after = standing(shown)
    robot.window.view.go_to("declaration.fields.项目名称")
    robot.do("undo")
    assert robot.window.editor.page is shown
    assert standing(shown) == before
    shown.focus_path("declaration.indicators[0].l3")
    robot.do("redo")
    assert standing(shown) == after
    robot.do("undo")
    assert standing(shown) == before


def test_a_chosen_level_comes_back(page: tuple[Robot, IndicatorsPage]) -> None:
    robot, shown = page
    assert shown.focus_path("declaration.indicators[60].l2")
    shown.actions_by_name["delete"].trigger()
    assert shown.tree.selected_rows() == []
    shown.focus_path("declaration.indicators[3].l3")
    robot.do("undo")
    assert shown.tree.selected_rows(parents=True) == list(range(60, 120))
    assert shown.tree.currentIndex().data() == "时效指标"


def test_what_was_folded_meanwhile_is_unfolded(page: tuple[Robot, IndicatorsPage]) -> None:
    robot, shown = page
    shown.focus_path("declaration.indicators[70].l3")
    shown.actions_by_name["up"].trigger()
    shown.tree.collapse_all()
    robot.do("undo")
    assert standing(shown)[:2] == ([70], (70, "l3"))


def test_a_field_is_gone_back_to(page: tuple[Robot, IndicatorsPage]) -> None:
    robot, shown = page
    robot.type("declaration.fields.项目名称", "新", leave=False)
    robot.window.editor.commit()
    robot.window.editor.show_tab("indicators")
    robot.do("undo")
    assert robot.window.editor.page is not shown
    assert robot.window.view.path == "declaration.fields.项目名称"


def test_the_steps_are_named_in_menu_and_tooltip(page: tuple[Robot, IndicatorsPage]) -> None:
    robot, shown = page
    shown.focus_path("declaration.indicators[1].l3")
    shown.tree.select_rows([1, 2, 3])
    robot.press(Qt.Key.Key_Delete)
    undo = robot.window.actions_["undo"]
    assert "删除 3 条指标" in undo.text()
    assert "删除 3 条指标" in undo.toolTip()
    robot.do("undo")
    assert "删除 3 条指标" in robot.window.actions_["redo"].text()


def test_looks_belong_to_their_step() -> None:
    looks, one, other = Looks(), Look(TAB, "a", None), Look(TAB, "b", None)
    looks.note((1, 1), "x", one, other)
    assert looks.before((1, 1), "x") == one
    assert looks.after((1, 1), "x") == other
    assert looks.before((1, 1), "y") is None, "another step has come in its place"
    assert looks.before(None, "x") is looks.after((1, 2), "x") is None
    looks.note(None, "x", one, other)
    looks.note((1, 1), "x", other, one)
    assert looks.before((1, 1), "x") == one, "typing that goes on keeps its beginning"
    for at in range(MOST):
        looks.note((2, at), "x", one, other)
    assert looks.after((1, 1), "x") is None
