"""Find and replace in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.ui.dialogs.find_replace import FindReplaceDialog
from desktop.ui.models.match_model import COLUMNS
from tests.robot.window import Robot

# What the platform without a display cannot do, and says so each time.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")


class Finder:
    def __init__(self, robot: Robot, action: str = "search") -> None:
        self.robot = robot
        robot.do(action)
        dialog = robot.window.commands.searching.dialog
        assert dialog is not None
        self.dialog: FindReplaceDialog = dialog

    def look(self, words: str, scope: int = 1) -> None:
        self.dialog.scope.setCurrentIndex(scope)
        self.dialog.words.setText(words)
        QTest.keyClick(self.dialog.words, Qt.Key.Key_Return)
        self.robot.settle()

    def cell(self, row: int, column: str) -> str:
        return str(self.dialog.model.index(row, [*COLUMNS].index(column)).data())  # type: ignore[arg-type]

    def close(self) -> None:
        self.dialog.close()


@pytest.fixture
def finder(with_samples: Robot) -> Finder:
    return Finder(with_samples)


def texts(robot: Robot) -> str:
    return str(robot.project)


def test_matches_are_listed_with_what_stands_around(finder: Finder) -> None:
    finder.look("讲座")
    count = finder.dialog.model.rowCount()
    assert count > 3
    assert f"找到 {count} 处，选中 {count} 处" in finder.dialog.summary.text()
    assert finder.cell(0, "found") == "讲座"
    assert finder.cell(0, "where").startswith("申报表")
    assert finder.dialog.view.isColumnHidden(1)
    finder.look("没有这样的话")
    assert finder.dialog.summary.text() == "没有找到“没有这样的话”。"
    assert not finder.dialog.do.isEnabled()
    finder.look("")
    assert "输入" in finder.dialog.summary.text()
    finder.close()


def test_typing_searches_by_itself(finder: Finder) -> None:
    QTest.keyClicks(finder.dialog.words, "12000")
    finder.dialog.scope.setCurrentIndex(1)
    finder.robot.wait(lambda: finder.dialog.model.rowCount() > 0)
    finder.close()


def test_what_was_found_for_other_words_is_neither_told_nor_replaced(finder: Finder) -> None:
    finder.look("讲座")
    finder.dialog.new.setText("课程")
    assert finder.dialog.do.isEnabled()
    finder.dialog.words.setText("没有这样的话")
    assert finder.dialog.summary.text() == "正在查找…"
    finder.dialog.new.setText("别的")
    assert finder.dialog.summary.text() == "正在查找…"
    assert not finder.dialog.do.isEnabled()
    finder.robot.wait(lambda: finder.dialog.summary.text() == "没有找到“没有这样的话”。")
    finder.close()


def test_only_what_is_checked_is_replaced_and_can_be_undone(finder: Finder) -> None:
    robot, before = finder.robot, finder.robot.project
    finder.look("讲座")
    count = finder.dialog.model.rowCount()
    finder.dialog.none.click()
    assert not finder.dialog.do.isEnabled()
    finder.dialog.all.click()
    first = finder.dialog.model.index(0, 0)
    assert finder.dialog.model.setData(first, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole)
    assert first.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    finder.dialog.new.setText("课程")
    finder.dialog.do.click()
    robot.wait(lambda: "已替换" in finder.dialog.summary.text())
    robot.settle()
    assert f"已替换 {count - 1} 处，涉及 1 个项目" in finder.dialog.summary.text()
    assert texts(robot).count("讲座") == str(before).count("讲座") - (count - 1)
    assert robot.session.undo_name == f"替换为“课程”（{count - 1} 处）"
    robot.do("undo")
    assert robot.project == before
    robot.wait(lambda: finder.dialog.model.rowCount() == count)  # it looks again by itself
    finder.close()


def test_all_projects_one_step_each(finder: Finder) -> None:
    robot = finder.robot
    finder.look("2025年", scope=2)
    assert not finder.dialog.view.isColumnHidden(1)
    touched = {match.project for match in finder.dialog.model.matches}
    assert len(touched) > 2
    assert finder.cell(0, "project") in robot.listed()
    finder.dialog.new.setText("２０２５年")
    finder.dialog.loose.setChecked(False)
    robot.settle()
    finder.dialog.do.click()
    robot.wait(lambda: "已替换" in finder.dialog.summary.text())
    for number in touched:
        declaration = robot.session.peek(number).declaration
        assert declaration is None or "2025年" not in declaration.annual_goal
    other = next(number for number in touched if number != robot.session.project_id)
    robot.session.open(other)
    assert str(robot.session.undo_name).startswith("替换为")
    finder.close()


def test_a_match_leads_to_its_place_in_another_project(finder: Finder) -> None:
    robot = finder.robot
    finder.look("讲座", scope=2)
    here = robot.session.project_id
    found = enumerate(finder.dialog.model.matches)
    at = next(n for n, match in found if match.project != here and "indicators" in match.path)
    match = finder.dialog.model.matches[at]
    finder.dialog.view.setCurrentIndex(finder.dialog.model.index(at, 0))
    finder.dialog.go.click()
    robot.settle()
    assert robot.session.project_id == match.project
    assert robot.window.view.path.startswith(f"{match.path[0]}.indicators[{match.path[2]}]")
    finder.close()


def test_what_was_changed_meanwhile_is_left(finder: Finder) -> None:
    robot = finder.robot
    finder.look("讲座")
    matches = finder.dialog.model.matches
    finder.dialog.new.setText("课程")
    finder.dialog.do.click()
    robot.wait(lambda: "已替换" in finder.dialog.summary.text())
    robot.settle()
    finder.dialog.model.show(matches)  # as if the list were an old one
    finder.dialog.do.click()
    robot.wait(lambda: "没有替换" in finder.dialog.summary.text())
    finder.close()


def test_ctrl_h_goes_to_the_field_of_the_new_words(with_samples: Robot) -> None:
    finder = Finder(with_samples, "replace")
    assert finder.dialog.words.hasFocus() or not finder.dialog.isActiveWindow()
    finder.look("讲座")
    again = Finder(with_samples, "replace")
    assert again.dialog is finder.dialog
    assert finder.dialog.focusWidget() is finder.dialog.new
    finder.close()


def test_what_is_not_on_the_page_of_indicators_is_looked_for_in_all_of_the_project(with_samples: Robot) -> None:
    with_samples.window.editor.show_tab("indicators")
    finder = Finder(with_samples)
    assert finder.dialog.query.scope == "indicators"
    finder.close()
    with_samples.window.editor.show_tab("goals")
    Finder(with_samples)
    assert finder.dialog.query.scope == "project"
    finder.close()
    finder.dialog.scope.setCurrentIndex(2)
    Finder(with_samples)
    assert finder.dialog.query.scope == "all", "what the clerk chose stays"
    finder.close()
