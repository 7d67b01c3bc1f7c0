"""Indicators copied into another project or year."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from desktop.presenters.branch_copy import copying
from desktop.ui.dialogs.choose_project import ChooseProjectDialog
from desktop.ui.pages.indicators import IndicatorsPage
from forms.documents import Declaration, Evaluation, Indicator, Narrative, Project
from forms.edits import Edit
from forms.known_editions import Editions
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise", "grabbing the keyboard")
EDITIONS = Editions()
COUNT, QUALITY, TIME = (("产出指标", name) for name in ("数量指标", "质量指标", "时效指标"))
A, B = Indicator(*COUNT, "a", "≥1.00(场)", extra={"id": 7}), Indicator(*QUALITY, "b", "完成")


def declared(name: str, *rows: Indicator, year: int = 2025) -> Project:
    return Project(declaration=Declaration("sh-songjiang-declaration-2025", year, {"项目名称": name}, indicators=rows))


def rows_after(edit: Edit | None, project: Project) -> tuple[Indicator, ...]:
    assert edit is not None
    return edit.apply(project).forms[0][1].indicators


def test_rows_go_where_the_other_edition_has_them() -> None:
    target = declared("去年", Indicator(*COUNT, "x"), Indicator(*TIME, "y"))
    found = copying(target, "declaration", [A, B], EDITIONS)
    assert [row.l3 for row in rows_after(found.edit, target)] == ["x", "a", "b", "y"]
    assert rows_after(found.edit, target)[1].extra == {}, "what must be unique is not copied"
    assert found.sentence == "已复制 2 条指标到“去年”"


def test_what_is_there_is_not_put_there_again() -> None:
    target = declared("去年", A)
    found = copying(target, "declaration", [A, B, B], EDITIONS)
    assert [row.l3 for row in rows_after(found.edit, target)] == ["a", "b", "b"]
    assert "1 条那里已有" in found.sentence
    again = copying(target, "declaration", [A], EDITIONS)
    assert again.edit is None
    assert "没有重复复制" in again.sentence


def test_between_kinds_of_forms_and_strange_levels() -> None:
    odd = Indicator("怪指标", "甲", "o", "1", "2", "3", "4", "5")
    target = declared("申报")
    found = copying(target, "evaluation", [odd], EDITIONS)
    assert rows_after(found.edit, target) == (Indicator("怪指标", "甲", "o", "1"),)
    assert "不在该版表样内" in found.sentence
    evaluated = Project(evaluation=Evaluation("sh-evaluation-2025", 2025))
    assert rows_after(copying(evaluated, "declaration", [odd], EDITIONS).edit, evaluated) == (odd,)
    for none in (Project(narrative=Narrative(())), Project(declaration=Declaration("?", 2025))):
        assert copying(none, "declaration", [A], EDITIONS).edit is None


def test_a_project_is_chosen_and_the_step_is_undone_there(robot: Robot) -> None:
    own, other, _ = robot.session.add(
        [declared("今年的项目", A, B), declared("去年的项目", year=2024), declared("另一个项目", year=2023)]
    )
    robot.session.open(own)
    robot.settle()
    robot.window.view.go_to("declaration.indicators[0].l2")
    page = robot.window.editor.page
    assert isinstance(page, IndicatorsPage)
    page.tree.select_rows([0, 1])

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, ChooseProjectDialog)
        assert dialog.list.count() == 2
        assert dialog.list.item(0).text().startswith("2024 年")
        robot.qtbot.keyClick(dialog.filter, Qt.Key.Key_Down)
        assert dialog.list.currentRow() == 1
        dialog.filter.setText("没有这样的")
        assert not dialog.accept_button.isEnabled()
        dialog.filter.setText("去年")
        robot.qtbot.keyClick(dialog.filter, Qt.Key.Key_Return)

    robot.in_dialog(ChooseProjectDialog, choose, then=page.actions_by_name["copy_to"].trigger)
    assert "已复制 2 条指标到“去年的项目”" in robot.shell.statusBar().currentMessage()
    assert len(robot.project.forms[0][1].indicators) == 2, "the open project stays as it is"
    robot.session.open(other)
    assert [row.l3 for row in robot.project.forms[0][1].indicators] == ["a", "b"]
    assert robot.session.undo_name == "复制 2 条指标进来"
    robot.do("undo")
    assert robot.project.forms[0][1].indicators == ()


def test_leaving_the_dialog_or_no_other_project_changes_nothing(robot: Robot) -> None:
    robot.session.open(robot.session.add([declared("唯一", A)])[0])
    robot.settle()
    robot.window.view.go_to("declaration.indicators[0].l3")
    page = robot.window.editor.page
    assert isinstance(page, IndicatorsPage)
    page.actions_by_name["copy_to"].trigger()
    assert "没有其他项目" in robot.shell.statusBar().currentMessage()
    number = robot.session.add([declared("别的")])[0]
    robot.in_dialog(ChooseProjectDialog, QDialog.reject, then=page.actions_by_name["copy_to"].trigger)
    assert robot.session.peek(number).forms[0][1].indicators == ()
