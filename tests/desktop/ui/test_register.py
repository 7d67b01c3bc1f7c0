"""The register in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QInputDialog, QMessageBox

from desktop.ui.dialogs.register import BUDGET, RegisterWindow
from desktop.ui.dialogs.table_window import TableWindow
from forms.first_level import first_level_of
from tests.robot.window import Robot

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "does not support raise", extend=True
)  # the offscreen platform, on dialogs


def opened(robot: Robot) -> RegisterWindow:
    robot.do("register")
    robot.settle()
    return robot.window.shell.findChildren(RegisterWindow)[0]


def button(shown: RegisterWindow, words: str) -> QAbstractButton:
    return next(one for one in shown.buttons.buttons() if one.text() == words)


def cells(shown: RegisterWindow, column: int) -> list[str]:
    model = shown.model
    return [model.index(row, column).data() for row in range(model.rowCount())]


def test_all_projects_are_listed_found_sorted_and_opened(with_samples: Robot) -> None:
    robot = with_samples
    shown = opened(robot)
    count = shown.model.rowCount()
    assert count == len(robot.session.rows())
    assert shown.sums.rowCount() >= 2
    shown.table.sortByColumn(6, Qt.SortOrder.DescendingOrder)
    amounts = [float(one.replace(",", "") or -1) for one in cells(shown, 6)]
    assert amounts == sorted(amounts, reverse=True)
    shown.words.setText(cells(shown, 3)[1])
    assert 1 <= shown.model.rowCount() < count
    shown.table.selectRow(0)
    name = cells(shown, 3)[0]
    button(shown, "打开").click()
    assert robot.project.name == name
    shown.words.clear()
    assert len(shown.chosen()) == 1
    shown.close()
    robot.settle()
    assert robot.window.shell.findChildren(RegisterWindow) == []


def test_selected_projects_are_summed_up_in_the_window(with_samples: Robot) -> None:
    robot = with_samples
    shown = opened(robot)
    shown.table.selectAll()
    button(shown, "申报汇总表").click()
    robot.settle()
    table = robot.window.shell.findChildren(TableWindow)[0]
    assert len(robot.window.projects.selected()) == shown.model.rowCount()
    table.close()
    shown.table.clearSelection()
    button(shown, "打开").click()
    shown.close()
    robot.settle()


def test_projects_become_parts_of_a_first_level(with_samples: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    robot = with_samples
    shown = opened(robot)
    shown.table.selectRow(0)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("业务发展", True))
    button(shown, "归入一级项目…").click()
    robot.settle()
    assert cells(shown, 2)[0] == "业务发展"
    number = shown.model.number_at(0)
    assert first_level_of(robot.session.peek(number)) == "业务发展"
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("", False))
    button(shown, "归入一级项目…").click()
    assert first_level_of(robot.session.peek(number)) == "业务发展"
    shown.close()
    robot.settle()


def test_a_budget_is_kept_and_compared(with_samples: Robot, monkeypatch: pytest.MonkeyPatch) -> None:
    robot = with_samples
    shown = opened(robot)
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    shown.sums.item(0, BUDGET).setText("很多")
    assert told
    assert shown.sums.item(0, BUDGET).text() == ""
    shown.sums.item(0, BUDGET).setText("0.01")
    assert shown.sums.item(0, BUDGET).text() == "0.01"
    assert shown.sums.item(0, BUDGET + 1).text().startswith("超 ")
    shown.sums.item(0, BUDGET).setText("")
    assert shown.sums.item(0, BUDGET + 1).text() == ""
    shown.close()
    robot.settle()
