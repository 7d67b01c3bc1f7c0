"""A project carried into another year, in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QTreeWidgetItem

from desktop.ui.dialogs.carry import CarryDialog
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)  # the offscreen platform, on dialogs


def lines(dialog: CarryDialog) -> list[QTreeWidgetItem]:
    return list(dialog._items())


def test_a_project_is_carried_checked_and_confirmed(with_samples: Robot) -> None:
    robot = with_samples
    count, old = len(robot.listed()), robot.project
    assert old.declaration is not None
    year = old.declaration.year

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, CarryDialog)
        assert dialog.year.currentText() == str(year + 1)
        assert dialog.accept_button.isEnabled()
        assert any(one.text(2) == f"{year + 1}-01-01" for one in lines(dialog))
        dialog.accept_button.click()

    robot.in_dialog(CarryDialog, fill, then=lambda: robot.do("carry"))
    robot.settle()
    assert len(robot.listed()) == count + 1
    assert robot.project.year == year + 1
    assert robot.project.declaration is not None
    assert robot.project.declaration.fields["计划开始日期"].startswith(str(year + 1))
    assert "待核对" in robot.window.findings.counts.text()
    robot.window.editor.go_to("declaration.indicators[0].target")
    before = len(robot.project.confirmations)
    robot.do("confirm_here")
    assert len(robot.project.confirmations) == before + 1
    robot.do("confirm_all")
    robot.settle()
    assert "待核对" not in robot.window.findings.counts.text()
    robot.do("undo")
    robot.settle()
    assert "待核对" in robot.window.findings.counts.text()


def test_without_marks_there_is_nothing_to_confirm(with_samples: Robot) -> None:
    robot = with_samples
    before = robot.project
    robot.do("confirm_here")
    robot.do("confirm_all")
    assert robot.project == before
    assert robot.window.shell.statusBar().currentMessage() == "这里没有待核对的内容。"


def test_parts_and_moves_can_be_left_out_and_nothing_happens_on_cancel(with_samples: Robot) -> None:
    robot = with_samples
    count = len(robot.listed())
    old = robot.project.declaration
    assert old is not None

    def leave_out(dialog: QDialog) -> None:
        assert isinstance(dialog, CarryDialog)
        for box in dialog.parts.values():
            box.setChecked(False)
        dialog.indicators.setCurrentIndex(2)
        for item in lines(dialog):
            item.setCheckState(0, Qt.CheckState.Unchecked)
        dialog.year.setCurrentIndex(1)
        dialog.accept_button.click()

    robot.in_dialog(CarryDialog, lambda dialog: dialog.reject(), then=lambda: robot.do("carry"))
    assert len(robot.listed()) == count
    robot.in_dialog(CarryDialog, leave_out, then=lambda: robot.do("carry"))
    new = robot.project.declaration
    assert new is not None
    assert new.year == old.year + 2
    assert new.indicators == ()
    assert new.annual_goal == ""
    assert new.fields["项目名称"] == ""
